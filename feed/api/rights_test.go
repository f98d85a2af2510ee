package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// streamsEndWithin is how long a stream may go on after the right to read ended.
const streamsEndWithin = 5 * time.Second

func TestAStreamEndsSoonAfterTheGrantThatItStoodOn(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		for name, end := range map[string]func(t *testing.T, id feed.MemberID){
			"a role taken": func(t *testing.T, id feed.MemberID) {
				body := fields{"territory": line3, "role": "operator", "on": false}
				h.ask(t, "manager", http.MethodPut, "/api/v1/members/"+string(id)+"/roles", body).is(http.StatusNoContent)
			},
			"a role given": func(t *testing.T, id feed.MemberID) {
				body := fields{"territory": "lyon", "role": "lead", "on": true}
				h.ask(t, "manager", http.MethodPut, "/api/v1/members/"+string(id)+"/roles", body).is(http.StatusNoContent)
			},
			"a person revoked": func(t *testing.T, id feed.MemberID) {
				h.ask(t, "manager", http.MethodDelete, "/api/v1/members/"+string(id), nil).is(http.StatusNoContent)
			},
		} {
			t.Run(name, func(t *testing.T) {
				id := feed.MemberID("reader of " + name)
				h.join(t, feed.Member{ID: id, Name: "Lecteur", Lang: feed.French, Grants: []feed.Grant{{Territory: line3, Role: feed.Operator}}})
				s := h.listen(t, id, "", "")
				hello, _ := s.next()
				require.Equal(t, "hello", hello.name)
				ended := make(chan struct{})
				go func() {
					for more := true; more; {
						_, more = s.next()
					}
					close(ended)
				}()
				end(t, id)
				select {
				case <-ended:
				case <-time.After(streamsEndWithin):
					require.Fail(t, "the stream goes on")
				}
			})
		}
	})
}

func TestWhoIsRevokedMayDoNothingAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil).is(http.StatusOK)
		h.ask(t, "manager", http.MethodDelete, "/api/v1/members/operator", nil).is(http.StatusNoContent)
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil).is(http.StatusUnauthorized)
		h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "operator", "pin": pin}).is(http.StatusUnauthorized)
	})
}

func TestAnInvitationOnPaperMakesAMemberOnce(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		var made, seen api.Invitation
		body := fields{"name": "Zoé Garnier", "place": line3, "role": "lead"}
		h.ask(t, "manager", http.MethodPost, "/api/v1/invitations", body).is(http.StatusCreated).into(&made)
		require.Regexp(t, `^\w{4}-\w{4}$`, made.Code)
		require.WithinDuration(t, time.Now().Add(feed.InvitedFor), made.Expires, time.Minute)
		var list struct{ Invitations []api.Invitation }
		h.ask(t, "manager", http.MethodGet, "/api/v1/invitations", nil).is(http.StatusOK).into(&list)
		require.Len(t, list.Invitations, 1)
		require.Empty(t, list.Invitations[0].Code, "told once")

		h.ask(t, "", http.MethodPost, "/api/v1/welcome/look", fields{"code": made.Code}).is(http.StatusOK).into(&seen)
		require.Equal(t, []string{"Zoé Garnier", "Ligne 3", "lead"}, []string{seen.Name, seen.PlaceName, seen.Role})
		accept := func(pin string) answer {
			return h.ask(t, "", http.MethodPost, "/api/v1/welcome", fields{"code": made.Code, "name": "Zoé  Garnier", "lang": "en", "pin": pin})
		}
		for pin, why := range map[string]string{"2718": "6 chiffres", "123456": "devine", "777777": "devine", "121212": "devine", "98765432": "devine", "27x828": "chiffres"} {
			require.Contains(t, accept(pin).is(http.StatusUnprocessableEntity).detail(), why, pin)
		}
		var in api.SignedIn
		accept("271828").is(http.StatusCreated).into(&in)
		require.Equal(t, []string{"zoe.garnier", "Zoé Garnier", "en"}, []string{in.Member.ID, in.Member.Name, in.Member.Lang})
		require.Equal(t, "lead", in.Member.Grants[0].Role)
		require.Contains(t, accept("271828").is(http.StatusUnauthorized).detail(), "déjà servi")
		h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "zoe.garnier", "pin": "271828"}).is(http.StatusCreated)
	})
}

func TestAWithdrawnInvitationIsVoid(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var made api.Invitation
	h.ask(t, "manager", http.MethodPost, "/api/v1/invitations", fields{"name": "Zoé", "place": line3, "role": "operator"}).is(http.StatusCreated).into(&made)
	h.ask(t, "manager", http.MethodDelete, "/api/v1/invitations/"+made.ID, nil).is(http.StatusNoContent)
	h.ask(t, "", http.MethodPost, "/api/v1/welcome/look", fields{"code": made.Code}).is(http.StatusUnauthorized)
}

func TestNobodyGivesMoreThanTheyHaveOrAnythingToThemselves(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	h.join(t, feed.Member{ID: "lead", Name: "Julie", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/bottling", Role: feed.Lead}}})
	role := func(as feed.MemberID, id, place, role string) answer {
		return h.ask(t, as, http.MethodPut, "/api/v1/members/"+id+"/roles", fields{"territory": place, "role": role, "on": true})
	}
	role("manager", "operator", "lyon", "admin").is(http.StatusForbidden)
	role("manager", "operator", "lyon", "auditor").is(http.StatusForbidden)
	role("manager", "manager", "lyon", "lead").is(http.StatusForbidden)
	role("admin", "admin", "lyon", "manager").is(http.StatusForbidden)
	role("admin", "operator", "paris", "lead").is(http.StatusNotFound)
	role("admin", "staff", "lyon", "lead").is(http.StatusNotFound)
	role("admin", "operator", "lyon/nowhere", "lead").is(http.StatusNotFound)
	role("admin", "operator", "lyon", "auditor").is(http.StatusNoContent)
	invite := func(as feed.MemberID, place, role string) answer {
		return h.ask(t, as, http.MethodPost, "/api/v1/invitations", fields{"name": "Zoé", "place": place, "role": role})
	}
	invite("lead", string(line3), "manager").is(http.StatusForbidden)
	invite("lead", "lyon", "operator").is(http.StatusNotFound)
	invite("lead", string(line3), "lead").is(http.StatusCreated)
}

func TestWhatGivesRightsAsksWhoOneIsAfterFiveMinutes(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.proved = time.Now().Add(-6 * time.Minute)
		h.join(t, members[3]) // the manager
		body := fields{"name": "Zoé", "place": line3, "role": "operator"}
		a := h.ask(t, "manager", http.MethodPost, "/api/v1/invitations", body).is(http.StatusForbidden)
		var problem struct{ Type, Detail string }
		a.into(&problem)
		require.Equal(t, "step-up", problem.Type)
		require.Contains(t, problem.Detail, "PIN")
		h.ask(t, "manager", http.MethodGet, "/api/v1/invitations", nil).is(http.StatusOK)

		h.ask(t, "manager", http.MethodPost, "/api/v1/session/proof", fields{"pin": "9999"}).is(http.StatusUnprocessableEntity)
		h.ask(t, "manager", http.MethodPost, "/api/v1/invitations", body).is(http.StatusForbidden)
		h.ask(t, "manager", http.MethodPost, "/api/v1/session/proof", fields{"pin": pin}).is(http.StatusNoContent)
		h.ask(t, "manager", http.MethodPost, "/api/v1/invitations", body).is(http.StatusCreated)
	})
}

// actions lists what a page of the audit log tells of, the latest first.
func (h *house) actions(t *testing.T, as feed.MemberID, path string) (out []string) {
	t.Helper()
	var page struct{ Lines []api.AuditLine }
	h.ask(t, as, http.MethodGet, path, nil).is(http.StatusOK).into(&page)
	for _, l := range page.Lines {
		out = append(out, l.Action)
	}
	return out
}

func TestTheAuditLogIsReadByWhoItConcernsAndByTheAuditorWhoIsInIt(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.join(t, feed.Member{ID: "auditor", Name: "Dominique", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Auditor}}})
		h.join(t, feed.Member{ID: "elsewhere", Name: "Eve", Lang: feed.French, Grants: []feed.Grant{{Territory: "paris", Role: feed.Auditor}}})
		h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "operator", "pin": "9999"}).is(http.StatusUnauthorized)
		h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "1234-typed-by-mistake", "pin": "9999"}).is(http.StatusUnauthorized)
		h.ask(t, "operator", http.MethodGet, "/api/v1/rules", nil).is(http.StatusForbidden)
		h.ask(t, "operator", http.MethodGet, "/api/v1/rules", nil).is(http.StatusForbidden)
		h.ask(t, "admin", http.MethodPut, "/api/v1/members/operator/roles", fields{"territory": line3, "role": "lead", "on": true}).is(http.StatusNoContent)

		require.Equal(t, []string{"role.give", "denied", "session.fail"}, h.actions(t, "operator", "/api/v1/me/audit"))
		require.Empty(t, h.actions(t, "staff", "/api/v1/me/audit"))
		require.Equal(t, []string{"audit.read", "role.give", "denied", "session.fail"}, h.actions(t, "auditor", "/api/v1/audit"))
		require.Equal(t, []string{"audit.read"}, h.actions(t, "elsewhere", "/api/v1/audit"))
		csv := h.ask(t, "auditor", http.MethodGet, "/api/v1/audit.csv", nil).is(http.StatusOK)
		require.Contains(t, string(csv.Body), "role.give")
		require.Contains(t, string(csv.Body), "audit.export")
		verdict, err := h.store.VerifyAudit(t.Context(), nil)
		require.NoError(t, err)
		require.Zero(t, verdict.Broken, verdict.Why)
	})
}

func TestAPersonTakesAlongAllThatIsKeptOfThem(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "idea", "territory": line3, "text": "Un bac <b>plus</b> haut"}).is(http.StatusCreated)
		h.ask(t, "manager", http.MethodPost, "/api/v1/posts", fields{"kind": "idea", "territory": line3, "text": "Affaire d’une autre"}).is(http.StatusCreated)
		a := h.ask(t, "operator", http.MethodGet, "/api/v1/me/export", nil).is(http.StatusOK)
		z, err := zip.NewReader(bytes.NewReader(a.Body), int64(len(a.Body)))
		require.NoError(t, err)
		files := map[string]string{}
		for _, f := range z.File {
			in, err := f.Open()
			require.NoError(t, err)
			text, err := io.ReadAll(in)
			require.NoError(t, err)
			files[f.Name] = string(text)
			require.NotContains(t, files[f.Name], "Affaire d’une autre")
		}
		require.Contains(t, files["dossier.html"], "Un bac &lt;b&gt;plus&lt;/b&gt; haut")
		var data struct {
			ID    string
			Posts []struct{ Text string }
			Roles []struct{ Role, Territory string }
		}
		require.NoError(t, json.Unmarshal([]byte(files["dossier.json"]), &data))
		require.Equal(t, "operator", data.ID)
		require.Equal(t, "Un bac <b>plus</b> haut", data.Posts[0].Text)
		require.Equal(t, "operator", data.Roles[0].Role)
		require.Equal(t, []string{"person.export"}, h.actions(t, "operator", "/api/v1/me/audit"))
	})
}

func TestWhoAsksToBeForgottenIsOnceAnAuditorApproves(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.join(t, feed.Member{ID: "auditor", Name: "Dominique", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Auditor}}})
		var p api.PostDetail
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "idea", "territory": line3, "text": "Un bac plus haut"}).is(http.StatusCreated).into(&p)
		h.ask(t, "auditor", http.MethodPost, "/api/v1/farewells/operator", nil).is(http.StatusNotFound)
		h.ask(t, "operator", http.MethodPut, "/api/v1/me/farewell", nil).is(http.StatusNoContent)
		var list struct{ Farewells []api.Farewell }
		h.ask(t, "auditor", http.MethodGet, "/api/v1/farewells", nil).is(http.StatusOK).into(&list)
		require.Len(t, list.Farewells, 1)
		require.Equal(t, "operator", list.Farewells[0].ID)

		h.ask(t, "auditor", http.MethodPost, "/api/v1/farewells/operator", nil).is(http.StatusNoContent)
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil).is(http.StatusUnauthorized)
		now := h.detail(t, "manager", p.ID)
		require.Equal(t, "Un bac plus haut", now.Text)
		require.Equal(t, "Ancien membre", now.Author.Name)
		require.Len(t, h.erased, 1)
		require.True(t, h.erased[0].Concerns("operator"))
	})
}
