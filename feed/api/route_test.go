package api_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// access says what a route answers to each kind of visitor, one letter for each
// in the order of visitors. The post in question stands on line 3, and each
// visitor has one of their own.
type access struct {
	path  string // with a post's id for {id}, and the visitor for {visitor}
	body  any
	ok    int    // what y stands for; 200 when it is left out
	cells string // see letters
}

// visitors are the columns of the table.
var visitors = []struct {
	name   string
	grants []feed.Grant
}{
	{name: "nobody"},
	{"inside", []feed.Grant{{Territory: line3, Role: feed.Operator}}},
	{"outside", []feed.Grant{{Territory: aisle1, Role: feed.Staff}}},
	{"lead", []feed.Grant{{Territory: "lyon/bottling", Role: feed.Lead}}},
	{"manager", []feed.Grant{{Territory: "lyon", Role: feed.Manager}}},
	{"animator", []feed.Grant{{Territory: "lyon", Role: feed.Animator}}},
	{"admin", []feed.Grant{{Territory: "lyon", Role: feed.Admin}}},
	{"auditor", []feed.Grant{{Territory: "lyon", Role: feed.Auditor}}},
	{"insider", []feed.Grant{{Territory: feed.Group("five-s"), Role: feed.Insider}}},
	{"keeper", []feed.Grant{{Territory: feed.Group("five-s"), Role: feed.Keeper}}},
	{name: "station"}, // paired with line 3
	{name: "wall"},
}

// letters are what the cells of the table stand for, besides y.
var letters = map[int]byte{401: '-', 403: 'x', 404: '0', 409: 'c', 410: 'g', 422: '!'}

type fields map[string]any

var trial = fields{"rules": "rules: []", "from": "2026-11-01T00:00:00Z", "to": "2026-11-08T00:00:00Z"}

var routes = map[string]access{
	"GET /healthz":                      {cells: "yyyyyyyyyyyy"},
	"GET /readyz":                       {cells: "yyyyyyyyyyyy"},
	"GET /api/v1/session":               {cells: "-yyyyyyyyyyy"},
	"POST /api/v1/session":              {body: fields{"member": "{visitor}", "pin": "0000"}, cells: "------------"},
	"GET /api/v1/session/members":       {cells: "0000000000y0"},
	"DELETE /api/v1/session":            {ok: 204, cells: "yyyyyyyyyyyy"},
	"GET /api/v1/session/company":       {cells: "yyyyyyyyyyyy"},
	"GET /api/v1/session/oidc":          {cells: "000000000000"}, // no account is configured there
	"GET /api/v1/session/oidc/callback": {cells: "000000000000"},
	"POST /api/v1/me/company":           {cells: "-000000000xx"},
	"GET /api/v1/posts":                 {path: "/api/v1/posts?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"POST /api/v1/posts":                {body: fields{"kind": "idea", "territory": line3, "text": "x"}, ok: 201, cells: "-y0yyyxx00xx"},
	"GET /api/v1/posts/{id}":            {cells: "-y0yyyxx00yy"},
	"POST /api/v1/posts/{id}/take":      {cells: "-y0yyxxxxxyx"},

	"POST /api/v1/posts/{id}/comments":               {body: fields{"text": "x"}, ok: 201, cells: "-y0yyyxx00xx"},
	"POST /api/v1/posts/{id}/onsite":                 {cells: "-y0yyxxxxxyx"},
	"POST /api/v1/posts/{id}/resolve":                {body: fields{"cause": "x"}, cells: "-y0yyxxxxxxx"},
	"POST /api/v1/posts/{id}/release":                {cells: "-y0yyxxxxxxx"},
	"POST /api/v1/posts/{id}/assign":                 {body: fields{"role": "maintenance"}, cells: "-xxyyxxxxxxx"},
	"POST /api/v1/posts/{id}/shelve":                 {body: fields{"minutes": 60, "reason": "x"}, cells: "-y0yyxxxxxxx"},
	"POST /api/v1/posts/{id}/out-of-service":         {body: fields{"reason": "x"}, cells: "-xxyyxxxxxxx"},
	"POST /api/v1/posts/{id}/in-service":             {cells: "-xxyyxxxxxxx"},
	"POST /api/v1/posts/{id}/unshelve":               {cells: "-y0yyxxxxxxx"},
	"PUT /api/v1/posts/{id}/noise":                   {cells: "-y0yyyxx00xx"},
	"DELETE /api/v1/posts/{id}/noise":                {cells: "-y0yyyxx00xx"},
	"POST /api/v1/posts/{id}/reset":                  {cells: "-y0yyxxxxxxx"},
	"POST /api/v1/posts/{id}/reopen":                 {cells: "-y0yyxxxxxxx"},
	"PUT /api/v1/posts/{id}/reactions/{reaction}":    {cells: "-y0yyyxx00xx"},
	"DELETE /api/v1/posts/{id}/reactions/{reaction}": {cells: "-y0yyyxx00xx"},

	"GET /api/v1/photos/{id}":              {cells: "-00000xx0000"}, // there is none of that id; see TestAPhotoIsShownToWhoMayReadItsPost
	"POST /api/v1/deliveries":              {body: fields{"seal": "none", "iv": "AA==", "data": "AA=="}, cells: "gggggggggggg"},
	"POST /api/v1/session/badge":           {body: fields{"badge": "UNKNOWN-0001"}, cells: "xxxxxxxxxx-x"},
	"POST /api/v1/device":                  {body: fields{"code": "0000-0000"}, cells: "------------"},
	"GET /api/v1/devices":                  {cells: "-xxxxxyxxxxx"},
	"POST /api/v1/devices":                 {body: fields{"name": "Tablette", "place": line3, "kind": "station"}, ok: 201, cells: "-xxxxxyxxxxx"},
	"POST /api/v1/devices/{id}/code":       {path: "/api/v1/devices/of-{visitor}/code", cells: "-xxxxxyxxxxx"},
	"DELETE /api/v1/devices/{id}":          {path: "/api/v1/devices/of-{visitor}", ok: 204, cells: "-xxxxxyxxxxx"},
	"GET /api/v1/members":                  {cells: "-xxyyxyxxxxx"},
	"POST /api/v1/members":                 {body: fields{"name": "a.csv", "data": "", "apply": false}, cells: "-xxxyxyxxxxx"},
	"GET /api/v1/members/template":         {cells: "-xxxyxyxxxxx"},
	"POST /api/v1/members/{id}/invitation": {path: "/api/v1/members/of-{visitor}/invitation", ok: 201, cells: "-xxxyxyxxxxx"},
	"PUT /api/v1/members/{id}/badge":       {path: "/api/v1/members/of-{visitor}/badge", body: fields{"badge": "ROOT-0001"}, ok: 204, cells: "-xxxxxyxxxxx"},
	"DELETE /api/v1/members/{id}/badge":    {path: "/api/v1/members/of-{visitor}/badge", ok: 204, cells: "-xxxxxyxxxxx"},

	"PUT /api/v1/members/{id}/roles":  {path: "/api/v1/members/of-{visitor}/roles", body: fields{"territory": line3, "role": "lead", "on": true}, ok: 204, cells: "-xxxyxyxxxxx"},
	"DELETE /api/v1/members/{id}":     {path: "/api/v1/members/of-{visitor}", ok: 204, cells: "-xxxyxyxxxxx"},
	"GET /api/v1/invitations":         {cells: "-xxyyxyxxxxx"},
	"POST /api/v1/invitations":        {body: fields{"name": "Zoé", "place": line3, "role": "operator"}, ok: 201, cells: "-xxyyxyxxxxx"},
	"DELETE /api/v1/invitations/{id}": {path: "/api/v1/invitations/none", cells: "-xx00x0xxxxx"},
	"POST /api/v1/welcome/look":       {body: fields{"code": "0000-0000"}, cells: "------------"},
	"POST /api/v1/welcome":            {body: fields{"code": "0000-0000", "name": "Zoé", "lang": "fr", "pin": "271828"}, cells: "------------"},
	"POST /api/v1/session/proof":      {body: fields{"pin": pin}, ok: 204, cells: "-yyyyyyyyyxx"},
	"GET /api/v1/audit":               {cells: "-xxxxxxyxxxx"},
	"GET /api/v1/audit.csv":           {cells: "-xxxxxxyxxxx"},
	"GET /api/v1/me/audit":            {cells: "-yyyyyyyyyxx"},
	"GET /api/v1/me/sessions":         {cells: "-yyyyyyyyyxx"},
	"DELETE /api/v1/me/sessions":      {ok: 204, cells: "-yyyyyyyyyxx"},
	"GET /api/v1/me/export":           {cells: "-yyyyyyyyyxx"},
	"PUT /api/v1/me/farewell":         {ok: 204, cells: "-yyyyyyyyyxx"},
	"DELETE /api/v1/me/farewell":      {ok: 204, cells: "-yyyyyyyyyxx"},
	"GET /api/v1/farewells":           {cells: "-xxxxxxyxxxx"},
	"POST /api/v1/farewells/{id}":     {path: "/api/v1/farewells/of-{visitor}", cells: "-xxxxxx0xxxx"},

	"GET /api/v1/territories":              {cells: "-yyyyyyyyyyy"},
	"GET /api/v1/machines":                 {path: "/api/v1/machines?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"GET /api/v1/causes":                   {path: "/api/v1/causes?topic=quality&territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"GET /api/v1/shifts":                   {path: "/api/v1/shifts?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"GET /api/v1/sheet":                    {path: "/api/v1/sheet?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"POST /api/v1/posts/{id}/sign":         {body: fields{"side": "given"}, cells: "-!0!!!xx00xx"},
	"GET /api/v1/held":                     {path: "/api/v1/held?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"PUT /api/v1/rollout":                  {path: "/api/v1/rollout?territory=lyon/bottling/line-3", body: fields{"rollout": "pilot"}, cells: "-xxxyyyxxxxx"},
	"GET /api/v1/pulse":                    {path: "/api/v1/pulse?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"GET /api/v1/territories/help":         {cells: "-xxxyyyxxxxx"},
	"POST /api/v1/posts/{id}/steps/{step}": {path: "/api/v1/posts/{id}/steps/backroom", cells: "-c0ccxxxxxxx"},
	"POST /api/v1/posts/{id}/withdraw":     {cells: "-y0yyyxx00xx"},
	"GET /api/v1/articles":                 {path: "/api/v1/articles?q=sirop&territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"GET /api/v1/articles/{sku}":           {path: "/api/v1/articles/3760124500004", cells: "-00000xx0000"},

	"PATCH /api/v1/posts/{id}":                         {body: fields{"text": "x"}, cells: "-x0xxxxx00xx"},
	"PATCH /api/v1/posts/{id}/comments/{comment}":      {body: fields{"text": "x"}, cells: "-00000xx00xx"},
	"DELETE /api/v1/posts/{id}/comments/{comment}":     {cells: "-00000xx00xx"},
	"PUT /api/v1/posts/{id}/accepted":                  {body: fields{"comment": "none"}, cells: "-00000xx00xx"},
	"DELETE /api/v1/posts/{id}/accepted":               {body: fields{"comment": "none"}, cells: "-00000xx00xx"},
	"GET /api/v1/posts/{id}/versions":                  {cells: "-x0yyyxx00xx"},
	"POST /api/v1/posts/{id}/recommend":                {body: fields{"people": []string{"manager"}}, cells: "-y0yyyxx00xx"},
	"GET /api/v1/posts/{id}/mentionable":               {cells: "-y0yyyxx00xx"},
	"PUT /api/v1/posts/{id}/hidden":                    {body: fields{"reason": "x"}, cells: "-xxcccxxx0xx"},
	"DELETE /api/v1/posts/{id}/hidden":                 {body: fields{}, cells: "-xxyyyxxx0xx"},
	"POST /api/v1/posts/{id}/contest":                  {body: fields{"text": "x"}, cells: "-x0xxxxx00xx"},
	"POST /api/v1/posts/{id}/flags":                    {body: fields{"reason": "x"}, cells: "-c0cccxx00xx"},
	"GET /api/v1/posts/{id}/guests":                    {cells: "-xxyyyxxx0xx"},
	"POST /api/v1/posts/{id}/guests":                   {body: fields{"name": "x", "days": 1}, ok: 201, cells: "-xxyyyxxx0xx"},
	"DELETE /api/v1/posts/{id}/guests/{guest}":         {cells: "-xx000xxx0xx"},
	"GET /api/v1/guests/{token}":                       {cells: "gggggggggggg"},
	"POST /api/v1/posts/{id}/practice":                 {body: fields{"cause": "x", "action": "y"}, cells: "-c0cccxx00xx"},
	"PUT /api/v1/posts/{id}/practice":                  {body: fields{"cause": "x", "action": "y"}, cells: "-c0cccxx00xx"},
	"POST /api/v1/posts/{id}/confirm":                  {cells: "-c0cccxx00xx"},
	"DELETE /api/v1/posts/{id}/confirm":                {cells: "-c0cccxx00xx"},
	"POST /api/v1/posts/{id}/retire":                   {body: fields{"reason": "x"}, cells: "-c0cccxx00xx"},
	"PUT /api/v1/posts/{id}/helped":                    {body: fields{"card": "none"}, cells: "-00000xx00xx"},
	"DELETE /api/v1/posts/{id}/helped":                 {body: fields{"card": "none"}, cells: "-00000xx00xx"},
	"GET /api/v1/practices/fitting":                    {path: "/api/v1/practices/fitting?posts={id}", cells: "-yyyyyxxyyyy"},
	"GET /api/v1/practices":                            {path: "/api/v1/practices?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"POST /api/v1/posts/{id}/decide":                   {body: fields{"outcome": "accepted", "reason": "x"}, cells: "-c0cccxxxxxx"},
	"POST /api/v1/posts/{id}/vote":                     {body: fields{"yes": true, "reason": "x"}, cells: "-c0cccxxxxxx"},
	"POST /api/v1/posts/{id}/done":                     {cells: "-c0cccxx00xx"},
	"POST /api/v1/posts/{id}/effect":                   {body: fields{"effect": "yes"}, cells: "-c0cccxx00xx"},
	"GET /api/v1/decisions":                            {path: "/api/v1/decisions?list=open&territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"GET /api/v1/place":                                {path: "/api/v1/place?territory=lyon/bottling/line-3", cells: "-y0yyyyy00yy"},
	"GET /api/v1/neighbours":                           {path: "/api/v1/neighbours?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"POST /api/v1/place":                               {body: fields{"parent": line3, "name": "Poste 1", "kind": "station"}, ok: 201, cells: "-xxxyccxxxxx"},
	"PUT /api/v1/place":                                {path: "/api/v1/place?territory=lyon/bottling/line-3", body: fields{"calendar": "3x8"}, cells: "-xxxyyyxxxxx"},
	"POST /api/v1/place/move":                          {path: "/api/v1/place/move?territory=lyon/bottling/line-3", body: fields{"parent": "lyon/bottling"}, cells: "-xxxyyyxxxxx"},
	"DELETE /api/v1/place":                             {path: "/api/v1/place?territory=lyon/bottling/line-3", cells: "-xxxcccxxxxx"},
	"GET /api/v1/tree":                                 {cells: "-xxxyyyxxxxx"},
	"POST /api/v1/tree":                                {body: fields{"name": "a.csv", "data": "", "apply": false}, cells: "-xxxyyyxxxxx"},
	"GET /api/v1/proposals":                            {cells: "-yyyyyxxyyyy"},
	"POST /api/v1/proposals":                           {body: fields{"name": "Bouchons", "why": "x", "people": []any{"manager"}}, ok: 201, cells: "-yyyyyxx!!xx"},
	"DELETE /api/v1/proposals/{id}":                    {path: "/api/v1/proposals/none", cells: "-00000xx00xx"},
	"PUT /api/v1/proposals/{id}/answer":                {path: "/api/v1/proposals/none/answer", body: fields{"yes": true}, cells: "-00000xx00xx"},
	"GET /api/v1/follows":                              {cells: "-yyyyyxxyyyy"},
	"PUT /api/v1/follows":                              {path: "/api/v1/follows?kind=place&target=lyon/bottling/line-3", ok: 204, cells: "-y0yyyxx00--"},
	"DELETE /api/v1/follows":                           {path: "/api/v1/follows?kind=place&target=lyon/bottling/line-3", ok: 204, cells: "-yyyyyxxyy--"},
	"GET /api/v1/people":                               {cells: "-yyyyyxxyyyy"},
	"GET /api/v1/people/{id}":                          {path: "/api/v1/people/operator", cells: "-y0yyyxx00yy"},
	"PATCH /api/v1/people/{id}":                        {path: "/api/v1/people/operator", body: fields{"open": true}, cells: "-xxxxxxxxx--"},
	"GET /api/v1/skills":                               {cells: "-yyyyyxxyyyy"},
	"PUT /api/v1/people/{id}/skills/{skill}":           {path: "/api/v1/people/operator/skills/soudure", body: fields{"level": 2}, cells: "-xxxxxxxxx--"},
	"DELETE /api/v1/people/{id}/skills/{skill}":        {path: "/api/v1/people/operator/skills/soudure", cells: "-xxxxxxxxx--"},
	"PUT /api/v1/people/{id}/appetences/{skill}":       {path: "/api/v1/people/operator/appetences/soudure", cells: "-xxxxxxxxx--"},
	"DELETE /api/v1/people/{id}/appetences/{skill}":    {path: "/api/v1/people/operator/appetences/soudure", cells: "-xxxxxxxxx--"},
	"POST /api/v1/people/{id}/suggestions/{skill}":     {path: "/api/v1/people/operator/suggestions/x", body: fields{"add": true}, cells: "-xxxxxxxxx--"},
	"POST /api/v1/people/{id}/skills/{skill}/validate": {path: "/api/v1/people/operator/skills/none/validate", body: fields{}, cells: "-x000x0000--"},
	"DELETE /api/v1/presence":                          {ok: 204, cells: "-yyyyyyyyy--"},
	"PUT /api/v1/absence":                              {body: fields{"from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}, cells: "-!!!!!!!!!--"},
	"DELETE /api/v1/absence":                           {ok: 204, cells: "-yyyyyyyyy--"},
	"GET /api/v1/delegates":                            {cells: "-yyyyyyyyyyy"},
	"POST /api/v1/seen":                                {body: fields{"posts": []string{"none"}}, ok: 204, cells: "-yyyyyyyyy--"},
	"GET /api/v1/help":                                 {cells: "-yyyyyyyyyyy"},
	"POST /api/v1/help/{id}/come":                      {cells: "-000000000--"},
	"GET /api/v1/reports/{period}":                     {path: "/api/v1/reports/week?territory=lyon/bottling/line-3", cells: "-y0yyyxyxxxx"},
	"GET /api/v1/reports/{period}/posts":               {path: "/api/v1/reports/week/posts?territory=lyon/bottling/line-3&figure=alerts", cells: "-y0yyyxyxxxx"},
	"GET /api/v1/reports/{period}/file":                {path: "/api/v1/reports/week/file?territory=lyon/bottling/line-3", cells: "-y0yyyxyxxxx"},
	"PUT /api/v1/reports/subscriptions/{unit}":         {path: "/api/v1/reports/subscriptions/week?territory=lyon/bottling/line-3", ok: 204, cells: "-y0yyyxyxxxx"},
	"DELETE /api/v1/reports/subscriptions/{unit}":      {path: "/api/v1/reports/subscriptions/week?territory=lyon/bottling/line-3", ok: 204, cells: "-yyyyyxyxxxx"},
	"PUT /api/v1/costs":                                {path: "/api/v1/costs?territory=lyon/bottling/line-3", body: fields{"minute": 12, "part": 0.5, "shelf_empty": 0, "currency": "EUR"}, ok: 204, cells: "-xxxyxyxxxxx"},
	"GET /api/v1/meeting":                              {path: "/api/v1/meeting?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"POST /api/v1/meeting":                             {path: "/api/v1/meeting?territory=lyon/bottling/line-3", body: fields{"raise": fields{"concern": "quality", "text": "x"}}, cells: "-y0yyxxxxxxx"},
	"GET /api/v1/groups":                               {cells: "-yyyyyxxyyxx"},
	"POST /api/v1/groups":                              {body: fields{"name": "Projet froid", "kind": "project", "join": "open", "home": line3}, ok: 201, cells: "-y0yyyxx00xx"},
	"GET /api/v1/groups/{id}":                          {path: "/api/v1/groups/nowhere", cells: "-00000xx00xx"},
	"PATCH /api/v1/groups/{id}":                        {path: "/api/v1/groups/nowhere", body: fields{"name": "x"}, cells: "-00000xx00xx"},
	"POST /api/v1/groups/{id}/join":                    {path: "/api/v1/groups/nowhere/join", cells: "-00000xx00xx"},
	"PUT /api/v1/groups/{id}/members/{member}":         {path: "/api/v1/groups/nowhere/members/staff", body: fields{"role": "member"}, cells: "-00000xx00xx"},
	"DELETE /api/v1/groups/{id}/members/{member}":      {path: "/api/v1/groups/nowhere/members/staff", cells: "-00000xx00xx"},
	"GET /api/v1/groups/{id}/candidates":               {path: "/api/v1/groups/nowhere/candidates", cells: "-00000xx00xx"},
	"GET /api/v1/notices":                              {cells: "-yyyyyxxyyyy"},
	"GET /api/v1/reach":                                {path: "/api/v1/reach?place=lyon/bottling/line-3", cells: "-xxyyyxxx0xx"},
	"POST /api/v1/posts/{id}/read":                     {cells: "-!0!!!xx00xx"},
	"GET /api/v1/posts/{id}/readers":                   {cells: "-!0!!!xx00xx"},
	"POST /api/v1/posts/{id}/remind":                   {cells: "-!0!!!xx00xx"},
	"POST /api/v1/posts/{id}/end":                      {cells: "-!0!!!xx00xx"},
	"PUT /api/v1/posts/{id}/choice":                    {body: fields{"choice": 1}, cells: "-!0!!!xx00xx"},
	"GET /api/v1/notifications":                        {cells: "-yyyyyyyyyxx"},
	"GET /api/v1/notifications/unread":                 {cells: "-yyyyyyyyyxx"},
	"POST /api/v1/notifications/{id}/read":             {ok: 204, cells: "-yyyyyyyyyxx"},
	"GET /api/v1/notifications/rules":                  {cells: "-yyyyyyyyyxx"},
	"PUT /api/v1/notifications/rules":                  {body: fields{"mail": fields{"asked": "now"}, "urgent": true, "weekly": false}, cells: "-yyyyyyyyyxx"},
	"POST /api/v1/notifications/test":                  {cells: "-yyyyyyyyyxx"},
	"POST /api/v1/notifications/read-all":              {ok: 204, cells: "-yyyyyyyyyxx"},

	"GET /api/v1/ambassadors":             {path: "/api/v1/ambassadors?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"PUT /api/v1/ambassadors/{member}":    {path: "/api/v1/ambassadors/operator?territory=lyon/bottling/line-3", ok: 204, cells: "-xxxyyxxxxxx"},
	"DELETE /api/v1/ambassadors/{member}": {path: "/api/v1/ambassadors/operator?territory=lyon/bottling/line-3", ok: 204, cells: "-x0xyyyx00xx"},
	"GET /api/v1/me/ambassador":           {cells: "-yyyyyyyyyxx"},
	"PUT /api/v1/me/ambassador":           {path: "/api/v1/me/ambassador?territory=lyon/bottling/line-3", body: fields{"yes": true}, cells: "-000000000xx"},
	"POST /api/v1/posts/{id}/nudge":       {cells: "-xxyyyxxxxxx"},
	"PUT /api/v1/posts/{id}/pin":          {cells: "-xxyyyxxxxxx"},
	"DELETE /api/v1/posts/{id}/pin":       {cells: "-xxyyyxxxxxx"},

	"GET /api/v1/search":            {path: "/api/v1/search?q=x&territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
	"GET /api/v1/rules":             {cells: "-xxxyyyxxxxx"},
	"GET /api/v1/rules/{id}/shadow": {path: "/api/v1/rules/weight-2/shadow", cells: "-xxxyyyxxxxx"},
	"POST /api/v1/replays":          {body: trial, ok: 202, cells: "-xxxyyyxxxxx"},
	"GET /api/v1/replays/{id}":      {path: "/api/v1/replays/run-1", cells: "-xxxyyyxxxxx"},
	"DELETE /api/v1/replays/{id}":   {path: "/api/v1/replays/run-1", ok: 204, cells: "-xxxyyyxxxxx"},

	"GET /api/v1/usages":           {cells: "-xxxyyyxxxxx"},
	"PUT /api/v1/usages/{name}":    {path: "/api/v1/usages/aic?territory=lyon/bottling/line-3", cells: "-xxxyyxxxxxx"},
	"DELETE /api/v1/usages/{name}": {path: "/api/v1/usages/watch?territory=lyon/bottling/line-3", ok: 204, cells: "-xxx000xxxxx"},

	"GET /api/v1/groups/{id}/checklists":                  {path: "/api/v1/groups/five-s/checklists", cells: "-00000xxyyxx"},
	"PUT /api/v1/groups/{id}/checklists/{list}/{item}":    {path: "/api/v1/groups/five-s/checklists/none/0", cells: "-00000xx00xx"},
	"DELETE /api/v1/groups/{id}/checklists/{list}/{item}": {path: "/api/v1/groups/five-s/checklists/none/0", cells: "-00000xx00xx"},
	"GET /api/v1/launch":                                  {path: "/api/v1/launch?territory=lyon/bottling/line-3", cells: "-xxxyyyxxxxx"},
	"POST /api/v1/launch":                                 {path: "/api/v1/launch?territory=lyon/bottling/line-3", body: fields{"step": "team", "done": true}, cells: "-xxxyyyxxxxx"},
	"GET /api/v1/me/charters":                             {cells: "-yyyyyyyyyxx"},
	"PUT /api/v1/me/charters":                             {path: "/api/v1/me/charters?territory=lyon/bottling/line-3", body: fields{"version": 1}, ok: 204, cells: "-000000000xx"},
	"GET /api/v1/charter/figures":                         {path: "/api/v1/charter/figures?territory=lyon/bottling/line-3", cells: "-xxx000xxxxx"},

	"GET /api/v1/sources": {cells: "-xxxyxyxxxxx"},
	"GET /api/v1/stream":  {path: "/api/v1/stream?territory=lyon/bottling/line-3", cells: "-y0yyyxx00yy"},
}

func TestEveryRouteAnswersEveryVisitorAsItShould(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		browsers := map[feed.DeviceKind]*browser{}
		for _, kind := range []feed.DeviceKind{feed.StationDevice, feed.WallDevice} {
			browsers[kind], _ = h.pair(t, kind)
		}
		for name := range h.operations(t) {
			r, ok := routes[name]
			require.True(t, ok, "%s has no line in this table", name)
			got := ""
			for i, v := range visitors {
				h.from = fmt.Sprintf("192.0.2.%d", i+1) // or all of them would be one address that tries too often
				a := h.visit(t, browsers[feed.DeviceKind(v.name)], v.name, v.grants, name, r)
				got += cell(a.Status, cmp.Or(r.ok, http.StatusOK))
				if a.Status >= 400 {
					require.NotEmpty(t, a.detail())
				}
			}
			assert.Equal(t, r.cells, got, name)
		}
	})
}

func cell(status, ok int) string {
	if status == ok {
		return "y"
	}
	if l, known := letters[status]; known {
		return string(l)
	}
	return fmt.Sprintf("(%d)", status)
}

// visit asks for a route as one of the visitors, about things of their own.
func (h *house) visit(t *testing.T, b *browser, visitor string, grants []feed.Grant, name string, r access) answer {
	t.Helper()
	method, path, _ := strings.Cut(name, " ")
	path = cmp.Or(r.path, path)
	if strings.Contains(path, "{id}") {
		path = strings.ReplaceAll(path, "{id}", h.raise(t, visitor+" "+name, time.Now()))
	}
	fill := strings.NewReplacer("{reaction}", "useful", "{visitor}", visitor, "{comment}", "none", "{guest}", "none", "{token}", "none")
	path = fill.Replace(path)
	body := r.body
	if f, ok := body.(fields); ok {
		text, err := json.Marshal(f)
		require.NoError(t, err)
		body = fill.Replace(string(text))
	}
	if strings.Contains(path, "of-"+visitor) {
		h.prepare(t, visitor)
		badge := "" // who has one is not invited
		if strings.HasSuffix(path, "/badge") {
			badge = "of-" + visitor // to be taken away
		}
		require.NoError(t, h.store.SetBadge(t.Context(), "", feed.MemberID("of-"+visitor), badge))
	}
	if b != nil {
		if method == http.MethodDelete && path == "/api/v1/session" {
			b = &browser{h: h, cookies: maps.Clone(b.cookies)}
		}
		return b.ask(t, method, path, body)
	}
	if grants != nil { // a session of its own, which the route may end
		h.join(t, feed.Member{ID: feed.MemberID("visiting-" + visitor), Name: "Visiteur", Lang: feed.French, Grants: grants})
		h.befriend(t, feed.MemberID("visiting-"+visitor), grants)
		return h.ask(t, feed.MemberID("visiting-"+visitor), method, path, body)
	}
	return h.ask(t, "", method, path, body)
}

// befriend takes a visitor into the groups in which they have a role.
func (h *house) befriend(t *testing.T, m feed.MemberID, grants []feed.Grant) {
	t.Helper()
	for _, g := range grants {
		id, group := strings.CutPrefix(string(g.Territory), "@")
		if !group {
			continue
		}
		require.NoError(t, h.store.InTx(t.Context(), func(tx feed.Tx) error {
			circle := feed.Circle{ID: id, Name: "5S", Kind: "team", Join: "asked", Home: line3, MadeAt: time.Now()}
			return errors.Join(tx.SaveCircle(t.Context(), circle), tx.SetFellow(t.Context(), id, feed.Fellow{Member: m, Role: g.Role, Since: time.Now()}))
		}))
	}
}

// prepare makes what a visitor may do something to besides a post: a device and
// a colleague.
func (h *house) prepare(t *testing.T, visitor string) {
	t.Helper()
	id := "of-" + visitor
	if _, err := h.store.Device(t.Context(), feed.DeviceID(id)); err != nil {
		require.NoError(t, h.store.AddDevice(t.Context(), "", feed.Device{ID: feed.DeviceID(id), Name: "Tablette", Place: line3, Kind: feed.StationDevice}, id))
	}
	require.NoError(t, h.store.AddMember(t.Context(), feed.Member{ID: feed.MemberID(id), Name: "Collègue", Lang: feed.French, Grants: []feed.Grant{{Territory: line3, Role: feed.Operator}}}, ""))
}

func TestOutOfScopeCannotBeToldFromWhatDoesNotExist(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.raise(t, "weight/filler", time.Now())
		for _, path := range []string{"/api/v1/posts/%s/comments", "/api/v1/posts/%s/take", "/api/v1/posts/%s"} {
			method, body := http.MethodPost, any(fields{"text": "x"})
			if !strings.HasSuffix(path, "comments") {
				body = nil
			}
			if strings.HasSuffix(path, "%s") {
				method = http.MethodGet
			}
			there := h.ask(t, "staff", method, fmt.Sprintf(path, id), body)
			nowhere := h.ask(t, "staff", method, fmt.Sprintf(path, "m000000000000000000000000"), body)
			require.Equal(t, http.StatusNotFound, there.Status)
			require.Equal(t, nowhere.Status, there.Status)
			require.JSONEq(t, string(nowhere.Body), string(there.Body))
		}
	})
}

// operations lists the routes of the OpenAPI document with their actions.
func (h *house) operations(t *testing.T) map[string]string {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			Action string `json:"x-action"`
		} `json:"paths"`
	}
	h.ask(t, "", http.MethodGet, "/api/openapi.json", nil).is(http.StatusOK).into(&doc)
	out := map[string]string{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			out[strings.ToUpper(method)+" "+path] = op.Action
		}
	}
	require.Len(t, out, len(routes))
	return out
}
