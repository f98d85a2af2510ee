package api_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func fileOf(name, text string, apply bool) fields {
	return fields{"name": name, "data": base64.StdEncoding.EncodeToString([]byte(text)), "apply": apply}
}

func (h *house) importPeople(t *testing.T, as feed.MemberID, name, text string, apply bool) api.PeoplePlan {
	t.Helper()
	var plan api.PeoplePlan
	h.ask(t, as, http.MethodPost, "/api/v1/members", fileOf(name, text, apply)).is(http.StatusOK).into(&plan)
	return plan
}

// member is somebody as whoever looks after their place sees them, nil when
// they are not seen.
func (h *house) member(t *testing.T, as, id feed.MemberID) *api.Member {
	t.Helper()
	var list struct{ Members []api.Member }
	h.ask(t, as, http.MethodGet, "/api/v1/members", nil).is(http.StatusOK).into(&list)
	for _, m := range list.Members {
		if m.ID == string(id) {
			return &m
		}
	}
	return nil
}

func TestPeopleAreImportedOnceTheFileIsRight(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		const head = "Identifiant;Nom;Territoire;Rôle;Badge\r\n"
		wrong := h.importPeople(t, "manager", "équipe.csv", head+"awa;Awa <b>Diop</b>;lyon;opérateur;\r\nbo;Bo;lyon;roi;\r\ncy;;lyon;opérateur;CY-0001\r\n", true)
		require.False(t, wrong.Applied)
		require.Equal(t, [][]int{{3, 4}, {4, 2}}, [][]int{{wrong.Faults[0].Line, wrong.Faults[0].Column}, {wrong.Faults[1].Line, wrong.Faults[1].Column}})
		require.Contains(t, wrong.Faults[0].Text, "“roi” is no value")
		require.Nil(t, h.member(t, "manager", "awa"))

		right := head + "awa;Awa <b>Diop</b>;lyon;opérateur;\r\n"
		seen := h.importPeople(t, "manager", "équipe.csv", right, false)
		require.Equal(t, []api.PlannedPerson{{ID: "awa", Name: "Awa <b>Diop</b>", Given: []api.Grant{{Territory: "lyon", Name: "Lyon", Kind: "site", Role: "operator"}}, Taken: []api.Grant{}, Fields: []string{}}}, seen.New)
		require.Nil(t, h.member(t, "manager", "awa"), "to look changes nothing")
		require.True(t, h.importPeople(t, "manager", "équipe.csv", right, true).Applied)
		require.Equal(t, 1, h.importPeople(t, "manager", "équipe.csv", right, true).Same)

		yaml := "members:\n  - {id: awa, name: Awa, territory: lyon, role: lead}\n"
		changed := h.importPeople(t, "manager", "team.yaml", yaml, true).Changed
		require.Equal(t, []any{"lead", "operator", "name"}, []any{changed[0].Given[0].Role, changed[0].Taken[0].Role, changed[0].Fields[0]})
		said := h.ask(t, "manager", http.MethodPost, "/api/v1/members", fields{"name": "a.csv", "data": "%", "apply": true}).is(http.StatusUnprocessableEntity)
		require.Contains(t, said.detail(), "did not arrive whole")
		big := h.importPeople(t, "manager", "a.csv", strings.Repeat("x", 8<<20+1), true)
		require.Contains(t, big.Faults[0].Text, "8 MB")
	})
}

func TestWhoComesFromAFileComesInByPaper(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		template := h.ask(t, "manager", http.MethodGet, "/api/v1/members/template", nil).is(http.StatusOK)
		require.Contains(t, template.Header.Get("Content-Disposition"), "people.csv")
		require.Len(t, h.importPeople(t, "manager", "people.csv", string(template.Body), true).New, 1, "a template is right as it is")
		require.False(t, h.member(t, "manager", "first.last").Entry)

		var invited api.Invitation
		h.ask(t, "manager", http.MethodPost, "/api/v1/members/first.last/invitation", nil).is(http.StatusCreated).into(&invited)
		require.Equal(t, []any{"First Last (to replace)", "lyon", 6}, []any{invited.Name, invited.Place, invited.Digits}, "an animator's PIN is long")
		h.ask(t, "", http.MethodPost, "/api/v1/welcome", fields{"code": invited.Code, "name": "Awa Diop", "lang": "fr", "pin": "271828"}).is(http.StatusCreated)
		require.Equal(t, []any{"Awa Diop", true}, []any{h.member(t, "manager", "first.last").Name, h.member(t, "manager", "first.last").Entry})
		again := h.ask(t, "manager", http.MethodPost, "/api/v1/members/first.last/invitation", nil).is(http.StatusConflict)
		require.Contains(t, again.detail(), "a way to sign in already")
	})
}

func TestAnImportAsksWhoOneIsAgain(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.proved = time.Now().Add(-time.Hour)
		h.join(t, members[3]) // the manager
		h.ask(t, "manager", http.MethodPost, "/api/v1/members", fileOf("a.csv", "", false)).is(http.StatusForbidden)
	})
}
