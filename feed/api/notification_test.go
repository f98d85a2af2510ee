package api_test

import (
	"bufio"
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// trialOf reaches nobody who has no address.
func trialOf(_ context.Context, to feed.Recipient) ([]feed.Tried, error) {
	mail := feed.Tried{Channel: feed.ByMail, To: to.Email, At: time.Now(), Answer: "250 kept"}
	if to.Email == "" {
		mail.Fault, mail.Answer = feed.Text{FR: "Votre adresse n’est pas connue.", EN: "Your address is not known."}, ""
	}
	return []feed.Tried{{Channel: "app", At: time.Now()}, mail}, nil
}

type told struct {
	Notifications []api.Notification
	Unread        int
}

func TestWhoIsAskedReadsItAndWhatIsTakenIsGone(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
		h.ask(t, "manager", http.MethodPost, path+"/assign", fields{"role": "operator"}).is(http.StatusOK)
		var mine, theirs told
		h.ask(t, "operator", http.MethodGet, "/api/v1/notifications", nil).is(http.StatusOK).into(&mine)
		require.Equal(t, 1, mine.Unread)
		n := mine.Notifications[0]
		require.Equal(t, "asked", n.Why)
		require.Equal(t, "Remplisseuse <b>3</b> : 1\u202f012,5 g", n.Text)
		require.Equal(t, "Remplisseuse <b>3</b> · Ligne 3", n.PlaceName)
		require.Equal(t, path, "/api/v1/posts/"+n.Post)
		h.ask(t, "staff", http.MethodGet, "/api/v1/notifications", nil).is(http.StatusOK).into(&theirs)
		require.Empty(t, theirs.Notifications)

		h.ask(t, "staff", http.MethodPost, "/api/v1/notifications/"+n.ID+"/read", nil).is(http.StatusNoContent)
		require.Equal(t, 1, h.unread(t, "operator"), "nobody else reads it for them")
		h.ask(t, "operator", http.MethodPost, "/api/v1/notifications/"+n.ID+"/read", nil).is(http.StatusNoContent)
		require.Zero(t, h.unread(t, "operator"))
		h.ask(t, "operator", http.MethodPost, path+"/take", nil).is(http.StatusOK)
		h.ask(t, "operator", http.MethodGet, "/api/v1/notifications", nil).is(http.StatusOK).into(&mine)
		require.Empty(t, mine.Notifications)
		h.ask(t, "operator", http.MethodGet, "/api/v1/notifications?after=x", nil).is(http.StatusUnprocessableEntity)
	})
}

func (h *house) unread(t *testing.T, m feed.MemberID) int {
	t.Helper()
	var count struct{ Unread int }
	h.ask(t, m, http.MethodGet, "/api/v1/notifications/unread", nil).is(http.StatusOK).into(&count)
	return count.Unread
}

func TestTheStreamRingsForThoseWhoAreTold(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.srv.URL+"/api/v1/stream", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+h.tokens["operator"])
	res, err := h.srv.Client().Do(req)
	require.NoError(t, err)
	t.Cleanup(func() { _ = res.Body.Close() })
	lines := bufio.NewScanner(res.Body)
	until := func(want string) {
		for lines.Scan() {
			if lines.Text() == want {
				return
			}
		}
		require.Fail(t, "the stream ended", "before %q", want)
	}
	until("event: hello")
	h.ask(t, "manager", http.MethodPost, path+"/assign", fields{"role": "operator"}).is(http.StatusOK)
	until("event: told")
	h.ask(t, "operator", http.MethodPost, path+"/take", nil).is(http.StatusOK)
	until("event: told")
}

func TestPeopleChooseHowTheyAreTold(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		var rules api.NoticeRules
		h.ask(t, "operator", http.MethodGet, "/api/v1/notifications/rules", nil).is(http.StatusOK).into(&rules)
		require.Equal(t, map[string]string{
			"asked": "now", "mention": "now", "decide": "now", "read": "now", "help": "now", "reports": "now", "answers": "digest", "followed": "digest",
		}, rules.Mail)
		require.False(t, rules.Urgent, "off shift nothing comes unless one allows it")

		h.ask(t, "operator", http.MethodPut, "/api/v1/notifications/rules", fields{"mail": fields{"asked": "never"}, "urgent": true, "weekly": true}).is(http.StatusOK).into(&rules)
		require.Equal(t, "never", rules.Mail["asked"])
		require.True(t, rules.Urgent && rules.Weekly)
		for _, wrong := range []fields{{"asked": "sometimes"}, {"weather": "now"}} {
			refused := h.ask(t, "operator", http.MethodPut, "/api/v1/notifications/rules", fields{"mail": wrong, "urgent": false, "weekly": false}).is(http.StatusUnprocessableEntity)
			require.Contains(t, refused.detail(), "n’est pas un réglage")
		}
		h.ask(t, "operator", http.MethodGet, "/api/v1/notifications/rules", nil).is(http.StatusOK).into(&rules)
		require.True(t, rules.Urgent, "what is refused changes nothing")
	})
}

func TestATrialSaysWhatBecameOfItOnEachChannel(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var out struct{ Results []api.TrialResult }
	h.ask(t, "operator", http.MethodPost, "/api/v1/notifications/test", nil).is(http.StatusOK).into(&out)
	require.Equal(t, []string{"app", "mail"}, []string{out.Results[0].Channel, out.Results[1].Channel})
	require.Empty(t, out.Results[0].Fault)
	require.Equal(t, "Votre adresse n’est pas connue.", out.Results[1].Fault)
	require.NoError(t, h.store.SetEmail(t.Context(), "operator", "karim@plant.example"))
	out.Results = nil
	h.ask(t, "operator", http.MethodPost, "/api/v1/notifications/test", nil).is(http.StatusOK).into(&out)
	require.Equal(t, "250 kept", out.Results[1].Answer)
	require.Equal(t, "karim@plant.example", out.Results[1].To)
}
