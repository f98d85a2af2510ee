package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// access says what a route answers to each kind of visitor. The post in
// question stands on line 3.
type access struct {
	path   string // with a post's id for {id}
	body   any
	nobody int
	in     int // the operator of line 3
	out    int // staff of a store elsewhere
	admin  int // of the plant: reads, but neither writes nor handles
}

type fields map[string]any

var trial = fields{"rules": "rules: []", "from": "2026-11-01T00:00:00Z", "to": "2026-11-08T00:00:00Z"}

var routes = map[string]access{
	"GET /healthz":                 {nobody: 200, in: 200, out: 200, admin: 200},
	"GET /readyz":                  {nobody: 200, in: 200, out: 200, admin: 200},
	"GET /api/v1/session":          {nobody: 401, in: 200, out: 200, admin: 200},
	"POST /api/v1/session":         {body: fields{"member": "nobody", "pin": "0000"}, nobody: 401, in: 401, out: 401, admin: 401},
	"GET /api/v1/session/members":  {nobody: 404, in: 404, out: 404, admin: 404},
	"DELETE /api/v1/session":       {nobody: 204, in: 204, out: 204, admin: 204},
	"GET /api/v1/posts":            {path: "/api/v1/posts?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"POST /api/v1/posts":           {body: fields{"kind": "idea", "territory": line3, "text": "x"}, nobody: 401, in: 201, out: 404, admin: 403},
	"GET /api/v1/posts/{id}":       {nobody: 401, in: 200, out: 404, admin: 200},
	"POST /api/v1/posts/{id}/take": {nobody: 401, in: 200, out: 404, admin: 403},

	"POST /api/v1/posts/{id}/comments":               {body: fields{"text": "x"}, nobody: 401, in: 201, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/onsite":                 {nobody: 401, in: 200, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/resolve":                {body: fields{"cause": "x"}, nobody: 401, in: 200, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/release":                {nobody: 401, in: 200, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/assign":                 {body: fields{"role": "maintenance"}, nobody: 401, in: 403, out: 403, admin: 403},
	"POST /api/v1/posts/{id}/shelve":                 {body: fields{"minutes": 60, "reason": "x"}, nobody: 401, in: 200, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/out-of-service":         {body: fields{"reason": "x"}, nobody: 401, in: 403, out: 403, admin: 403},
	"POST /api/v1/posts/{id}/in-service":             {nobody: 401, in: 403, out: 403, admin: 403},
	"POST /api/v1/posts/{id}/unshelve":               {nobody: 401, in: 200, out: 404, admin: 403},
	"PUT /api/v1/posts/{id}/noise":                   {nobody: 401, in: 200, out: 404, admin: 403},
	"DELETE /api/v1/posts/{id}/noise":                {nobody: 401, in: 200, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/reset":                  {nobody: 401, in: 200, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/reopen":                 {nobody: 401, in: 200, out: 404, admin: 403},
	"PUT /api/v1/posts/{id}/reactions/{reaction}":    {nobody: 401, in: 200, out: 404, admin: 403},
	"DELETE /api/v1/posts/{id}/reactions/{reaction}": {nobody: 401, in: 200, out: 404, admin: 403},

	"PATCH /api/v1/posts/{id}":                     {body: fields{"text": "x"}, nobody: 401, in: 403, out: 404, admin: 403},
	"PATCH /api/v1/posts/{id}/comments/{comment}":  {body: fields{"text": "x"}, nobody: 401, in: 404, out: 404, admin: 403},
	"DELETE /api/v1/posts/{id}/comments/{comment}": {nobody: 401, in: 404, out: 404, admin: 403},
	"PUT /api/v1/posts/{id}/accepted":              {body: fields{"comment": "none"}, nobody: 401, in: 404, out: 404, admin: 403},
	"DELETE /api/v1/posts/{id}/accepted":           {body: fields{"comment": "none"}, nobody: 401, in: 404, out: 404, admin: 403},
	"GET /api/v1/posts/{id}/versions":              {nobody: 401, in: 403, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/recommend":            {body: fields{"people": []string{"manager"}}, nobody: 401, in: 200, out: 404, admin: 403},
	"GET /api/v1/posts/{id}/mentionable":           {nobody: 401, in: 200, out: 404, admin: 403},
	"PUT /api/v1/posts/{id}/hidden":                {body: fields{"reason": "x"}, nobody: 401, in: 403, out: 403, admin: 403},
	"DELETE /api/v1/posts/{id}/hidden":             {body: fields{}, nobody: 401, in: 403, out: 403, admin: 403},
	"POST /api/v1/posts/{id}/contest":              {body: fields{"text": "x"}, nobody: 401, in: 403, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/flags":                {body: fields{"reason": "x"}, nobody: 401, in: 409, out: 404, admin: 403},
	"GET /api/v1/posts/{id}/guests":                {nobody: 401, in: 403, out: 403, admin: 403},
	"POST /api/v1/posts/{id}/guests":               {body: fields{"name": "x", "days": 1}, nobody: 401, in: 403, out: 403, admin: 403},
	"DELETE /api/v1/posts/{id}/guests/{guest}":     {nobody: 401, in: 403, out: 403, admin: 403},
	"GET /api/v1/guests/{token}":                   {nobody: 410, in: 410, out: 410, admin: 410},

	"GET /api/v1/photos/{id}":           {nobody: 401, in: 404, out: 404, admin: 404}, // there is none of that id; see TestAPhotoIsShownToWhoMayReadItsPost
	"POST /api/v1/deliveries":           {body: fields{"seal": "none", "iv": "AA==", "data": "AA=="}, nobody: 410, in: 410, out: 410, admin: 410},
	"POST /api/v1/session/badge":        {body: fields{"badge": "UNKNOWN-0001"}, nobody: 403, in: 403, out: 403, admin: 403},
	"POST /api/v1/device":               {body: fields{"code": "0000-0000"}, nobody: 401, in: 401, out: 401, admin: 401},
	"GET /api/v1/devices":               {nobody: 401, in: 403, out: 403, admin: 200},
	"POST /api/v1/devices":              {body: fields{"name": "Tablette", "place": line3, "kind": "station"}, nobody: 401, in: 403, out: 403, admin: 201},
	"POST /api/v1/devices/{id}/code":    {path: "/api/v1/devices/tablet/code", nobody: 401, in: 403, out: 403, admin: 200},
	"DELETE /api/v1/devices/{id}":       {path: "/api/v1/devices/lost", nobody: 401, in: 403, out: 403, admin: 204},
	"GET /api/v1/members":               {nobody: 401, in: 403, out: 403, admin: 200},
	"PUT /api/v1/members/{id}/badge":    {path: "/api/v1/members/admin/badge", body: fields{"badge": "ROOT-0001"}, nobody: 401, in: 403, out: 403, admin: 204},
	"DELETE /api/v1/members/{id}/badge": {path: "/api/v1/members/operator/badge", nobody: 401, in: 403, out: 403, admin: 204},

	"GET /api/v1/territories":              {nobody: 401, in: 200, out: 200, admin: 200},
	"GET /api/v1/place":                    {path: "/api/v1/place?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"GET /api/v1/neighbours":               {path: "/api/v1/neighbours?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"POST /api/v1/place":                   {body: fields{"parent": line3, "name": "Poste 1", "kind": "station"}, nobody: 401, in: 403, out: 403, admin: 201},
	"PUT /api/v1/place":                    {path: "/api/v1/place?territory=lyon/bottling/line-3", body: fields{"calendar": "3x8"}, nobody: 401, in: 403, out: 403, admin: 200},
	"POST /api/v1/place/move":              {path: "/api/v1/place/move?territory=lyon/bottling/line-3", body: fields{"parent": "lyon/bottling"}, nobody: 401, in: 403, out: 403, admin: 200},
	"DELETE /api/v1/place":                 {path: "/api/v1/place?territory=lyon/bottling/line-3", nobody: 401, in: 403, out: 403, admin: 409},
	"GET /api/v1/tree":                     {nobody: 401, in: 403, out: 403, admin: 200},
	"POST /api/v1/tree":                    {body: fields{"name": "a.csv", "data": "", "apply": false}, nobody: 401, in: 403, out: 403, admin: 200},
	"GET /api/v1/proposals":                {nobody: 401, in: 200, out: 200, admin: 200},
	"POST /api/v1/proposals":               {body: fields{"name": "Bouchons", "why": "x", "people": []any{"manager"}}, nobody: 401, in: 201, out: 201, admin: 403},
	"PUT /api/v1/proposals/{id}/answer":    {path: "/api/v1/proposals/none/answer", body: fields{"yes": true}, nobody: 401, in: 404, out: 404, admin: 403},
	"GET /api/v1/follows":                  {nobody: 401, in: 200, out: 200, admin: 200},
	"PUT /api/v1/follows":                  {path: "/api/v1/follows?kind=place&target=lyon/bottling/line-3", nobody: 401, in: 204, out: 404, admin: 204},
	"DELETE /api/v1/follows":               {path: "/api/v1/follows?kind=place&target=lyon/bottling/line-3", nobody: 401, in: 204, out: 204, admin: 204},
	"GET /api/v1/machines":                 {path: "/api/v1/machines?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"GET /api/v1/causes":                   {path: "/api/v1/causes?topic=quality&territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"GET /api/v1/sheet":                    {path: "/api/v1/sheet?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"POST /api/v1/posts/{id}/sign":         {body: fields{"side": "given"}, nobody: 401, in: 422, out: 404, admin: 403},
	"GET /api/v1/held":                     {path: "/api/v1/held?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"PUT /api/v1/rollout":                  {path: "/api/v1/rollout?territory=lyon/bottling/line-3", body: fields{"rollout": "pilot"}, nobody: 401, in: 403, out: 403, admin: 200},
	"GET /api/v1/pulse":                    {path: "/api/v1/pulse?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"POST /api/v1/posts/{id}/steps/{step}": {path: "/api/v1/posts/{id}/steps/backroom", nobody: 401, in: 409, out: 404, admin: 403},
	"POST /api/v1/posts/{id}/withdraw":     {nobody: 401, in: 200, out: 404, admin: 403},
	"GET /api/v1/articles":                 {path: "/api/v1/articles?q=sirop&territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"GET /api/v1/articles/{sku}":           {path: "/api/v1/articles/3760124500004", nobody: 401, in: 404, out: 404, admin: 404},

	"GET /api/v1/search":                               {path: "/api/v1/search?q=x&territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"GET /api/v1/people":                               {nobody: 401, in: 200, out: 200, admin: 200},
	"GET /api/v1/people/{id}":                          {path: "/api/v1/people/operator", nobody: 401, in: 200, out: 404, admin: 200},
	"PATCH /api/v1/people/{id}":                        {path: "/api/v1/people/operator", body: fields{"open": true}, nobody: 401, in: 200, out: 403, admin: 403},
	"GET /api/v1/skills":                               {nobody: 401, in: 200, out: 200, admin: 200},
	"PUT /api/v1/people/{id}/skills/{skill}":           {path: "/api/v1/people/operator/skills/soudure", body: fields{"level": 2}, nobody: 401, in: 200, out: 403, admin: 403},
	"DELETE /api/v1/people/{id}/skills/{skill}":        {path: "/api/v1/people/operator/skills/soudure", nobody: 401, in: 200, out: 403, admin: 403},
	"PUT /api/v1/people/{id}/appetences/{skill}":       {path: "/api/v1/people/operator/appetences/soudure", nobody: 401, in: 200, out: 403, admin: 403},
	"DELETE /api/v1/people/{id}/appetences/{skill}":    {path: "/api/v1/people/operator/appetences/soudure", nobody: 401, in: 200, out: 403, admin: 403},
	"POST /api/v1/people/{id}/suggestions/{skill}":     {path: "/api/v1/people/operator/suggestions/x", body: fields{"add": true}, nobody: 401, in: 404, out: 403, admin: 403},
	"POST /api/v1/people/{id}/skills/{skill}/validate": {path: "/api/v1/people/operator/skills/none/validate", body: fields{}, nobody: 401, in: 403, out: 404, admin: 404},
	"DELETE /api/v1/presence":                          {nobody: 401, in: 204, out: 204, admin: 204},
	"PUT /api/v1/absence":                              {body: fields{"from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}, nobody: 401, in: 422, out: 422, admin: 422},
	"DELETE /api/v1/absence":                           {nobody: 401, in: 204, out: 204, admin: 204},
	"GET /api/v1/delegates":                            {nobody: 401, in: 200, out: 200, admin: 200},
	"POST /api/v1/seen":                                {body: fields{"posts": []string{"none"}}, nobody: 401, in: 204, out: 204, admin: 204},
	"GET /api/v1/help":                                 {nobody: 401, in: 200, out: 200, admin: 200},
	"POST /api/v1/help/{id}/come":                      {nobody: 401, in: 404, out: 404, admin: 404},
	"GET /api/v1/reports/{period}":                     {path: "/api/v1/reports/week?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 403},
	"GET /api/v1/reports/{period}/posts":               {path: "/api/v1/reports/week/posts?territory=lyon/bottling/line-3&figure=alerts", nobody: 401, in: 200, out: 404, admin: 403},
	"GET /api/v1/reports/{period}/file":                {path: "/api/v1/reports/week/file?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 403},
	"PUT /api/v1/reports/subscriptions/{unit}":         {path: "/api/v1/reports/subscriptions/week?territory=lyon/bottling/line-3", nobody: 401, in: 204, out: 404, admin: 403},
	"DELETE /api/v1/reports/subscriptions/{unit}":      {path: "/api/v1/reports/subscriptions/week?territory=lyon/bottling/line-3", nobody: 401, in: 204, out: 204, admin: 403},
	"PUT /api/v1/costs":                                {path: "/api/v1/costs?territory=lyon/bottling/line-3", body: fields{"minute": 12, "part": 0.5, "shelf_empty": 0, "currency": "EUR"}, nobody: 401, in: 403, out: 403, admin: 204},
	"GET /api/v1/meeting":                              {path: "/api/v1/meeting?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
	"POST /api/v1/meeting":                             {path: "/api/v1/meeting?territory=lyon/bottling/line-3", body: fields{"raise": fields{"concern": "quality", "text": "x"}}, nobody: 401, in: 200, out: 404, admin: 403},

	"GET /api/v1/rules":             {nobody: 401, in: 403, out: 403, admin: 200},
	"GET /api/v1/rules/{id}/shadow": {path: "/api/v1/rules/weight-2/shadow", nobody: 401, in: 403, out: 403, admin: 200},
	"POST /api/v1/replays":          {body: trial, nobody: 401, in: 403, out: 403, admin: 202},
	"GET /api/v1/replays/{id}":      {path: "/api/v1/replays/run-1", nobody: 401, in: 403, out: 403, admin: 200},
	"DELETE /api/v1/replays/{id}":   {path: "/api/v1/replays/run-1", nobody: 401, in: 403, out: 403, admin: 204},

	"GET /api/v1/notifications":            {nobody: 401, in: 200, out: 200, admin: 200},
	"GET /api/v1/notifications/unread":     {nobody: 401, in: 200, out: 200, admin: 200},
	"POST /api/v1/notifications/{id}/read": {nobody: 401, in: 204, out: 204, admin: 204},
	"GET /api/v1/notifications/rules":      {nobody: 401, in: 200, out: 200, admin: 200},
	"PUT /api/v1/notifications/rules":      {body: fields{"mail": fields{"asked": "now"}, "urgent": true, "weekly": false}, nobody: 401, in: 200, out: 200, admin: 200},
	"POST /api/v1/notifications/test":      {nobody: 401, in: 200, out: 200, admin: 200},
	"POST /api/v1/notifications/read-all":  {nobody: 401, in: 204, out: 204, admin: 204},

	"GET /api/v1/sources": {nobody: 401, in: 403, out: 403, admin: 200},
	"GET /api/v1/stream":  {path: "/api/v1/stream?territory=lyon/bottling/line-3", nobody: 401, in: 200, out: 404, admin: 200},
}

func TestEveryRouteAnswersEveryVisitorAsItShould(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		for _, id := range []feed.DeviceID{"tablet", "lost"} {
			require.NoError(t, h.store.AddDevice(t.Context(), feed.Device{ID: id, Name: "Tablette", Place: line3, Kind: feed.StationDevice}, string(id)))
		}
		for name := range h.operations(t) {
			id := h.raise(t, name, time.Now())
			r, ok := routes[name]
			require.True(t, ok, "%s has no line in this table", name)
			method, path, _ := strings.Cut(name, " ")
			if r.path != "" {
				path = r.path
			}
			path = strings.NewReplacer("{id}", id, "{reaction}", "useful", "{comment}", "none", "{guest}", "none", "{token}", "none").Replace(path)
			if name == "DELETE /api/v1/session" {
				require.Equal(t, r.nobody, h.ask(t, "", method, path, nil).Status)
				continue // it would end the sessions that the others use
			}
			for _, v := range []struct {
				as   feed.MemberID
				want int
			}{{"", r.nobody}, {"operator", r.in}, {"staff", r.out}, {"admin", r.admin}} {
				got := h.ask(t, v.as, method, path, r.body)
				require.Equal(t, v.want, got.Status, "%s as %q: %s", name, v.as, got.Body)
				if got.Status >= 400 {
					require.NotEmpty(t, got.detail())
				}
			}
		}
	})
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
