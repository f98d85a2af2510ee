package api_test

import (
	"cmp"
	"encoding/base64"
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

// unwritten are routes that leave no line, and why.
var unwritten = map[string]string{
	"POST /api/v1/replays":        "it only reads the past",
	"DELETE /api/v1/replays/{id}": "it only ends a reading of the past",
}

// staged are routes that have something to do only once another was asked: what
// comes first, as whom, and what is asked then, of what came of it.
var staged = map[string]func(t *testing.T, h *house, as feed.MemberID) access{
	"POST /api/v1/tree": func(*testing.T, *house, feed.MemberID) access {
		text := "path,name,kind\nlyon/bottling/line-9,Ligne 9,line\n"
		return access{body: fields{"name": "a.csv", "data": base64.StdEncoding.EncodeToString([]byte(text)), "apply": true}}
	},
	"POST /api/v1/members": func(*testing.T, *house, feed.MemberID) access {
		return access{body: brought("noor")}
	},
	"POST /api/v1/members/{id}/invitation": func(t *testing.T, h *house, as feed.MemberID) access {
		h.ask(t, as, http.MethodPost, "/api/v1/members", brought("awa")).is(http.StatusOK)
		return access{path: "/api/v1/members/awa/invitation", ok: http.StatusCreated}
	},
	"POST /api/v1/place/move": func(t *testing.T, h *house, as feed.MemberID) access {
		return access{path: "/api/v1/place/move?territory=" + h.added(t, as, "Ligne mobile"), body: fields{"parent": "lyon"}}
	},
	"DELETE /api/v1/place": func(t *testing.T, h *house, as feed.MemberID) access {
		return access{path: "/api/v1/place?territory=" + h.added(t, as, "Ligne vide"), ok: http.StatusNoContent}
	},
	"DELETE /api/v1/ambassadors/{member}": func(t *testing.T, h *house, as feed.MemberID) access {
		path := "/api/v1/ambassadors/operator?territory=lyon/bottling/line-3"
		h.ask(t, as, http.MethodPut, path, nil).is(http.StatusNoContent)
		return access{path: path, ok: http.StatusNoContent}
	},
	"PUT /api/v1/posts/{id}/hidden": func(t *testing.T, h *house, _ feed.MemberID) access {
		return access{path: "/api/v1/posts/" + h.said(t) + "/hidden", body: fields{"reason": "x"}}
	},
	"DELETE /api/v1/posts/{id}/hidden": func(t *testing.T, h *house, as feed.MemberID) access {
		path := "/api/v1/posts/" + h.said(t) + "/hidden"
		h.ask(t, as, http.MethodPut, path, fields{"reason": "x"}).is(http.StatusOK)
		return access{path: path, body: fields{}}
	},
	"DELETE /api/v1/posts/{id}/guests/{guest}": func(t *testing.T, h *house, as feed.MemberID) access {
		path := "/api/v1/posts/" + h.said(t) + "/guests"
		return access{path: path + "/" + h.made(t, as, path, fields{"name": "x", "days": 1}), ok: http.StatusNoContent}
	},
	"DELETE /api/v1/invitations/{id}": func(t *testing.T, h *house, as feed.MemberID) access {
		path := "/api/v1/invitations"
		return access{path: path + "/" + h.made(t, as, path, fields{"name": "Zoé", "place": line3, "role": "operator"}), ok: http.StatusNoContent}
	},
	"DELETE /api/v1/usages/{name}": func(t *testing.T, h *house, as feed.MemberID) access {
		path := "/api/v1/usages/watch?territory=lyon/bottling/line-3"
		h.ask(t, as, http.MethodPut, path, nil).is(http.StatusOK)
		return access{path: path, ok: http.StatusNoContent}
	},
	"POST /api/v1/farewells/{id}": func(t *testing.T, h *house, _ feed.MemberID) access {
		leaver := feed.Member{ID: "leaver", Name: "Part", Lang: feed.French, Grants: []feed.Grant{{Territory: line3, Role: feed.Operator}}}
		h.join(t, leaver)
		h.ask(t, leaver.ID, http.MethodPut, "/api/v1/me/farewell", nil).is(http.StatusNoContent)
		return access{path: "/api/v1/farewells/leaver", ok: http.StatusNoContent}
	},
}

// first is the first visitor who may do something on line 3, who animates it
// where anybody may.
func first(a feed.Action) int {
	if !slices.Contains(answered, a) {
		a = feed.Animate
	}
	for i, v := range visitors {
		if feed.Can(feed.Member{Grants: v.grants}, a, line3) {
			return i
		}
	}
	return -1
}

// brought is a file that brings somebody to line 3.
func brought(id string) fields {
	text := "id;name;territory;role\n" + id + ";" + id + ";" + string(line3) + ";operator\n"
	return fields{"name": "a.csv", "data": base64.StdEncoding.EncodeToString([]byte(text)), "apply": true}
}

// added is the path of a new place, which somebody who may adds.
func (h *house) added(t *testing.T, as feed.MemberID, name string) string {
	t.Helper()
	var place struct{ Path string }
	h.ask(t, as, http.MethodPost, "/api/v1/place", fields{"parent": "lyon/bottling", "name": name, "kind": "line"}).is(http.StatusCreated).into(&place)
	return place.Path
}

// said is the id of a post that a person wrote.
func (h *house) said(t *testing.T) string {
	t.Helper()
	return h.made(t, "operator", "/api/v1/posts", fields{"kind": "idea", "territory": line3, "text": "x"})
}

// made is the id of what somebody makes by a route.
func (h *house) made(t *testing.T, as feed.MemberID, path string, body fields) string {
	t.Helper()
	var made struct{ ID string }
	h.ask(t, as, http.MethodPost, path, body).is(http.StatusCreated).into(&made)
	return made.ID
}

// TestEveryActOfWhoLooksAfterTheHouseIsWrittenDown does, as somebody who may, all
// that only some may do, and looks for a line in the audit log that says who did
// it. A new such route is in this walk because it is in the table.
func TestEveryActOfWhoLooksAfterTheHouseIsWrittenDown(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		operations := h.operations(t)
		walked := 0
		for _, name := range slices.Sorted(maps.Keys(operations)) {
			r := routes[name]
			stage, twice := staged[name]
			if strings.HasPrefix(name, http.MethodGet) || !twice && !slices.Contains(answered, feed.Action(operations[name])) {
				continue
			}
			by := strings.LastIndexByte(r.cells[:10], 'y')
			if twice {
				by = first(feed.Action(operations[name]))
			}
			if by < 0 {
				assert.Contains(t, unwritten, name, "nobody in the table does it")
				continue
			}
			v := visitors[by]
			who := feed.MemberID("visiting-" + v.name)
			h.from = fmt.Sprintf("192.0.2.%d", walked%200+1)
			if twice {
				h.join(t, feed.Member{ID: who, Name: "Visiteur", Lang: feed.French, Grants: v.grants})
				h.befriend(t, who, v.grants)
				r = stage(t, h, who)
			}
			before := h.written(t)
			h.visit(t, nil, v.name, v.grants, name, r).is(cmp.Or(r.ok, http.StatusOK))
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
