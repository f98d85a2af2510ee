package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the document that the app is typed by")

func TestTheDocumentIsOpenAPI31AndListsEveryRoute(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var doc map[string]any
	a := h.ask(t, "", http.MethodGet, "/api/openapi.json", nil).is(http.StatusOK)
	a.into(&doc)
	require.Regexp(t, `^3\.1\.\d+$`, doc["openapi"])
	require.NotEmpty(t, doc["info"].(map[string]any)["title"])
	require.NotEmpty(t, doc["info"].(map[string]any)["version"])
	require.NotContains(t, string(a.Body), "http://")

	known := []string{"anyone", "signed-in", "in-person", "read", "write", "report", "attend", "handle", "oversee", "operate", "animate", "administer", "publish", "moderate", "arrange", "invite", "decide", "audit", "weigh", "know", "appoint", "nudge", "pin"}
	for route, action := range h.operations(t) {
		require.Contains(t, known, action, route)
	}
	var ids []string
	inBraces := regexp.MustCompile(`\{(\w+)\}`)
	for path, methods := range doc["paths"].(map[string]any) {
		for method, v := range methods.(map[string]any) {
			op := v.(map[string]any)
			ids = append(ids, op["operationId"].(string))
			require.NotEmpty(t, op["summary"], path)
			require.NotEmpty(t, op["responses"], path)
			var params []string
			if list, ok := op["parameters"].([]any); ok {
				for _, p := range list {
					if p := p.(map[string]any); p["in"] == "path" {
						require.Equal(t, true, p["required"])
						params = append(params, p["name"].(string))
					}
				}
			}
			for _, m := range inBraces.FindAllStringSubmatch(path, -1) {
				require.Contains(t, params, m[1], "%s %s", method, path)
			}
			for status, r := range op["responses"].(map[string]any) {
				require.Regexp(t, `^[1-5]\d\d$`, status)
				require.NotEmpty(t, r.(map[string]any)["description"], "%s %s %s", method, path, status)
			}
		}
	}
	slices.Sort(ids)
	require.Len(t, slices.Compact(slices.Clone(ids)), len(ids), "operation ids are unique")
	requireRefs(t, doc, doc)
}

// requireRefs checks that every reference of the document leads somewhere.
func requireRefs(t *testing.T, doc map[string]any, node any) {
	t.Helper()
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			requireRefs(t, doc, v)
		}
	case map[string]any:
		if ref, ok := n["$ref"].(string); ok {
			var at any = doc
			for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
				at = at.(map[string]any)[part]
			}
			require.NotNil(t, at, ref)
		}
		for _, v := range n {
			requireRefs(t, doc, v)
		}
	}
}

// The screens are typed by this file: `go test ./feed/api -run Document -update`
// writes it anew.
func TestTheDocumentThatTheAppIsTypedByIsThisOne(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var said bytes.Buffer
	require.NoError(t, json.Indent(&said, h.ask(t, "", http.MethodGet, "/api/openapi.json", nil).is(http.StatusOK).Body, "", "  "))
	said.WriteByte('\n')
	const file = "../web/src/api/openapi.json"
	if *update {
		require.NoError(t, os.WriteFile(file, said.Bytes(), 0o644))
	}
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	require.JSONEq(t, said.String(), string(kept), "run this test with -update")
}

// What the app relies on, field by field.
func TestPostsHaveTheFieldsThatClientsRelyOn(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var doc struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]json.RawMessage
				Required   []string
			}
		}
	}
	h.ask(t, "", http.MethodGet, "/api/openapi.json", nil).is(http.StatusOK).into(&doc)
	for name, want := range map[string]struct{ required, optional string }{
		"Post": {
			"id kind topic state severity title territory territory_name author active stale back_to_normal occurrences me_too comments reactions opened_at since updated_at bumped_at change",
			"text asset asset_name store sku signal value unit limit taker taken_at cause last_comment series closed_at photos typed_at steps talk action owner question members total holding unstable flips latched shelf asked asked_by level noise past previous run sheet audience",
		},
		"Comment":      {"id author text at", "parent typed_at photos mentions edited_at deleted hidden"},
		"Author":       {"kind name", "member"},
		"Me":           {"id name lang grants station", "device seal"},
		"Device":       {"id name place place_name kind", "paired_at seen_at code code_expires"},
		"OwnDevice":    {"id name place place_name place_kind kind", ""},
		"Seal":         {"id key", ""},
		"Person":       {"id name role place", "digits"},
		"Member":       {"id name grants badge entry", ""},
		"Grant":        {"territory name kind role", ""},
		"Article":      {"sku label store store_name at sold threads", "aisle aisle_name on_hand back_room price currency delivery source"},
		"Delivery":     {"at", "quantity"},
		"Sold":         {"day pieces", ""},
		"Found":        {"sku label at", "aisle on_hand"},
		"Step":         {"step at by", ""},
		"Condition":    {"key rule asset name at first active severity title", "sku"},
		"Shelf":        {"once by reason", "until"},
		"Past":         {"post cause at minutes by", "action"},
		"Run":          {"count scrap pace lost stops stopped started_at", "order product shift target ideal expected_end"},
		"Halt":         {"cause count minutes", ""},
		"Sheet":        {"shift start end open unanswered shelved unstable runs opened solved held signed", "next"},
		"Signature":    {"side name member at", ""},
		"SheetLine":    {"post title severity state", "note run"},
		"Held":         {"key reason territory territory_name rule severity title since", "by asset asset_name sku until"},
		"Rule":         {"id kind title topic severity file posts ghosts noise people shelved held resolved", "owner line match source shadow expected last"},
		"Diff":         {"same added removed", ""},
		"Opening":      {"rule at title", "asset post"},
		"Replay":       {"state progress", "error report"},
		"Picture":      {"rule asset signal limits points opens", "unit"},
		"Can":          {"write handle shelve oversee animate moderate accept admit readers end capitalise tend", ""},
		"Territory":    {"path name kind open rollout", "parent target"},
		"Machine":      {"path name territory taken stale signals", "target severity"},
		"Pulse":        {"territory beats waiting open flat", "taken_p50 new"},
		"Signal":       {"signal at", "value text unit"},
		"Source":       {"name kind state detail since accepted rejected", "last_event"},
		"Entry":        {"kind at author", "text value typed_at"},
		"Provenance":   {"source", "rule event quality status at received attr"},
		"SignedIn":     {"token member expires", ""},
		"Notification": {"id why text urgent unread at", "post page place_name"},
		"NoticeRules":  {"mail urgent weekly", "email"},
		"TrialResult":  {"channel at", "to answer fault detail"},
	} {
		schema, ok := doc.Components.Schemas[name]
		require.True(t, ok, name)
		require.ElementsMatch(t, strings.Fields(want.required), schema.Required, name)
		for _, field := range strings.Fields(want.required + " " + want.optional) {
			require.Contains(t, schema.Properties, field, name)
		}
		require.Len(t, schema.Properties, len(strings.Fields(want.required+" "+want.optional)), name)
	}
	detail := doc.Components.Schemas["PostDetail"].Properties
	for _, field := range strings.Fields("id title timeline thread related causes actions teams provenance mine mine_noise can") {
		require.Contains(t, detail, field)
	}
}
