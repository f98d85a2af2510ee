package api_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// answered are the actions by which somebody decides over others or over the
// house: each such act is answered for.
var answered = []feed.Action{feed.Administer, feed.Appoint, feed.Invite, feed.Audit, feed.Arrange, feed.Animate, feed.Operate, feed.Moderate}

// unwritten are routes that leave no line as the table asks for them, and why.
var unwritten = map[string]string{
	"POST /api/v1/replays":                     "it only reads the past",
	"DELETE /api/v1/replays/{id}":              "it only ends a reading of the past",
	"POST /api/v1/tree":                        "the file is only looked at",
	"POST /api/v1/place/move":                  "the place stands there already",
	"DELETE /api/v1/place":                     "there is no place that can go",
	"PUT /api/v1/ambassadors/{member}":         "somebody is asked, who gives themselves the role",
	"DELETE /api/v1/ambassadors/{member}":      "nobody is one",
	"PUT /api/v1/posts/{id}/hidden":            "what a machine wrote is not hidden",
	"DELETE /api/v1/posts/{id}/hidden":         "nothing is hidden",
	"DELETE /api/v1/posts/{id}/guests/{guest}": "there is no guest",
	"DELETE /api/v1/invitations/{id}":          "nobody is invited",
	"DELETE /api/v1/usages/{name}":             "no usage is there",
	"POST /api/v1/farewells/{id}":              "nobody asked to be forgotten",
}

// TestEveryActOfWhoLooksAfterTheHouseIsWrittenDown does, as somebody who may, all
// that only some may do, and looks for a line in the audit log that says who did
// it. A new such route is in this walk because it is in the table.
func TestEveryActOfWhoLooksAfterTheHouseIsWrittenDown(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		operations := h.operations(t)
		walked := 0
		for _, name := range slices.Sorted(maps.Keys(operations)) {
			if strings.HasPrefix(name, http.MethodGet) || !slices.Contains(answered, feed.Action(operations[name])) {
				continue
			}
			r := routes[name]
			by := strings.LastIndexByte(r.cells[:10], 'y')
			if by < 0 {
				assert.Contains(t, unwritten, name, "nobody in the table does it")
				continue
			}
			v := visitors[by]
			h.from = fmt.Sprintf("192.0.2.%d", walked%200+1)
			before := h.written(t)
			h.visit(t, nil, v.name, v.grants, name, r).is(cmp.Or(r.ok, http.StatusOK))
			who := feed.MemberID("visiting-" + v.name)
			acts := slices.DeleteFunc(h.written(t)[len(before):], func(l feed.AuditLine) bool {
				return l.Actor != who || l.Action == "denied" || strings.HasPrefix(l.Action, "session.")
			})
			if why, ok := unwritten[name]; ok {
				assert.Empty(t, acts, "%s needs no line, because %s", name, why)
			} else {
				assert.NotEmpty(t, acts, "%s is done by %s, and no line says so", name, v.name)
			}
			walked++
		}
		require.Greater(t, walked, 15)
	})
}

// written is the audit log, the first line first.
func (h *house) written(t *testing.T) []feed.AuditLine {
	t.Helper()
	lines, err := h.store.AuditLog(t.Context(), feed.AuditQuery{Limit: 10_000})
	require.NoError(t, err)
	slices.Reverse(lines)
	return lines
}
