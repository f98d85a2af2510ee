package notify_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/notify"
)

func TestALetterSaysInItsReadersLanguageWhatTheScreensSay(t *testing.T) {
	t.Parallel()
	h, box := build(t), openMailbox(t)
	h.post(t, "m1")
	onPost := func(n *feed.Notification) { n.Post, n.Page = "m1", "" }
	h.tell(t, karim, "m1", onPost)
	p := hire(t, h.options(box))

	m := box.next(t)
	require.Equal(t, []string{"karim@plant.example"}, m.To)
	require.True(t, m.Secure)
	require.Equal(t, "On vous demande : Remplisseuse : 1\u202f012,5 g <b>trop</b>", m.subject(t))
	head, parts := m.read(t)
	require.Regexp(t, `^<[0-9a-f]{32}@fil\.plant\.example>$`, head.Get("Message-ID"))
	require.Equal(t, head.Get("In-Reply-To"), head.Get("References"))
	require.NotEmpty(t, head.Get("References"))
	require.Equal(t, "<https://fil.plant.example/me>", head.Get("List-Unsubscribe"))
	require.Equal(t, "auto-generated", head.Get("Auto-Submitted"))
	require.Contains(t, head.Get("From"), "fildefer@plant.example")
	require.Contains(t, parts["text/plain"], "On vous demande · Ligne 3 · 02/07 12:00\nRemplisseuse : 1\u202f012,5 g <b>trop</b>\nhttps://fil.plant.example/post/m1")
	require.Contains(t, parts["text/html"], "&lt;b&gt;trop&lt;/b&gt;", "what a machine says is no markup")
	require.Contains(t, parts["text/html"], `href="https://fil.plant.example/post/m1"`)
	require.NotContains(t, parts["text/html"], "<img")

	h.tell(t, ana, "m1", onPost)
	p.Wake()
	english := box.next(t)
	other, parts := english.read(t)
	require.Equal(t, "You are asked: Remplisseuse: 1,012.5 g <b>too much</b>", english.subject(t))
	require.Contains(t, parts["text/plain"], "You are asked · Ligne 3 · 2 Jul, 12:00")
	require.Equal(t, head.Get("References"), other.Get("References"), "the letters of a post make one thread")
	require.NotEqual(t, head.Get("Message-ID"), other.Get("Message-ID"))
	h.settled(t, feed.ByMail, 0, 0)
	require.EqualValues(t, 2, p.Health().Sent)
}

func TestAMailServerThatIsNotTheRightOneIsGivenNothing(t *testing.T) {
	t.Parallel()
	h, box := build(t), openMailbox(t)
	h.tell(t, karim, "k")
	_, wrong := certificate(t)
	o := h.options(box)
	o.Mail.CA = wrong
	p := hire(t, o)
	require.Eventually(t, func() bool { return p.Health().Down }, 20*time.Second, 10*time.Millisecond)
	require.Contains(t, p.Health().Detail, "certificate")
	h.settled(t, feed.ByMail, 1, 0)
	box.empty(t)

	plain := startMailbox(t, "")
	o = h.options(plain)
	tried, err := notify.NewPostman(o)
	require.NoError(t, err)
	to, err := h.Recipient(t.Context(), karim.ID)
	require.NoError(t, err)
	result := tried.Try(t.Context(), to)
	require.False(t, result.Fault.IsZero(), "a server without STARTTLS gets no letter")
	require.Contains(t, result.Detail, "TLS")
	plain.empty(t)
}

func TestTLSFromTheStartAndNoneOnThisComputer(t *testing.T) {
	t.Parallel()
	h := build(t)
	to, err := h.Recipient(t.Context(), karim.ID)
	require.NoError(t, err)
	for way, box := range map[string]*mailbox{"implicit": openMailbox(t, "--implicit"), "none": startMailbox(t, "")} {
		o := h.options(box)
		o.Mail.TLS = way
		require.NoError(t, o.Mail.Validate(), way)
		p, err := notify.NewPostman(o)
		require.NoError(t, err)
		result := p.Try(t.Context(), to)
		require.True(t, result.Fault.IsZero(), "%s: %s", way, result.Detail)
		require.Contains(t, result.Answer, "kept", way)
		require.Equal(t, "karim@plant.example", result.To)
		require.Equal(t, way == "implicit", box.next(t).Secure)
	}
}

func TestWhatAServerRefusesForNowIsSentLaterAndForGoodIsGivenUp(t *testing.T) {
	t.Parallel()
	h, box := build(t), openMailbox(t)
	h.add(t, karim, "later-2@plant.example")
	h.add(t, ana, "never@plant.example")
	h.tell(t, karim, "k")
	h.tell(t, ana, "k")
	p := hire(t, h.options(box))
	h.settled(t, feed.ByMail, 1, 1)
	require.Contains(t, h.backlog(t, feed.ByMail).Fault, "No such user here")
	box.empty(t)
	require.EqualValues(t, 1, p.Health().Refused)

	h.set(noon.Add(59 * time.Second))
	p.Wake()
	h.set(noon.Add(61 * time.Second)) // the second try is refused as well
	p.Wake()
	require.Eventually(t, func() bool {
		h.set(h.clock().Add(time.Minute))
		p.Wake()
		return h.backlog(t, feed.ByMail).Waiting == 0
	}, 20*time.Second, 20*time.Millisecond)
	require.Equal(t, []string{"later-2@plant.example"}, box.next(t).To)
	box.empty(t)
}

func TestWhatIsSeenToOrReadIsNotWrittenOf(t *testing.T) {
	t.Parallel()
	h, box := build(t), openMailbox(t)
	h.post(t, "m1")
	h.tell(t, karim, "cleared")
	h.tell(t, karim, "read")
	h.tell(t, ana, "elsewhere", func(n *feed.Notification) { n.Post = "m1" })
	h.tell(t, karim, "last")
	require.NoError(t, h.InTx(t.Context(), func(tx feed.Tx) error { return tx.Clear(t.Context(), "cleared") }))
	require.NoError(t, h.ReadNotification(t.Context(), karim.ID, "read of karim", noon))
	gone := ana
	gone.Grants = []feed.Grant{{Territory: "paris", Role: feed.Lead}}
	require.NoError(t, h.AddMember(t.Context(), gone, ""))
	hire(t, h.options(box))
	head, _ := box.next(t).read(t)
	h.settled(t, feed.ByMail, 0, 0)
	box.empty(t)
	require.Contains(t, head.Get("To"), "karim@plant.example")
}

func TestWithoutAMailServerNothingIsKeptForYears(t *testing.T) {
	t.Parallel()
	h := build(t)
	h.tell(t, karim, "k")
	p := hire(t, h.options(nil))
	h.settled(t, feed.ByMail, 0, 0)
	to, err := h.Recipient(t.Context(), karim.ID)
	require.NoError(t, err)
	require.Contains(t, p.Try(t.Context(), to).Fault.EN, "No mail server")
}

func TestOffShiftAndOnLeaveThereIsSilenceAndThenADigest(t *testing.T) {
	t.Parallel()
	night := time.Date(2026, 7, 2, 22, 0, 0, 0, paris)
	urgent := func(n *feed.Notification) { n.Urgent = true }
	for name, c := range map[string]struct {
		wishes  feed.Wishes
		at      time.Time
		present bool
		away    *feed.Absence
		change  func(*feed.Notification)
		digest  time.Time // zero: now
	}{
		"on shift, at once":                            {at: noon},
		"off shift, at the end of the next one":        {at: night, digest: time.Date(2026, 7, 3, 13, 0, 0, 0, paris)},
		"off shift but at work, at once":               {at: night, present: true},
		"urgent but not allowed, later":                {at: night, change: urgent, digest: time.Date(2026, 7, 3, 13, 0, 0, 0, paris)},
		"urgent and allowed, at once":                  {at: night, change: urgent, wishes: feed.Wishes{Urgent: true}},
		"allowed and not urgent, later":                {at: night, wishes: feed.Wishes{Urgent: true}, digest: time.Date(2026, 7, 3, 13, 0, 0, 0, paris)},
		"an answer waits for the digest":               {at: noon, change: func(n *feed.Notification) { n.Why = feed.Answered }, digest: time.Date(2026, 7, 2, 13, 0, 0, 0, paris)},
		"weekly comes on Monday at seven":              {at: night, wishes: feed.Wishes{Weekly: true}, digest: time.Date(2026, 7, 6, 7, 0, 0, 0, paris)},
		"on leave, at the end of the first shift back": {at: noon, present: true, away: &feed.Absence{Until: time.Date(2026, 7, 4, 8, 0, 0, 0, paris)}, digest: time.Date(2026, 7, 6, 13, 0, 0, 0, paris)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, box := build(t), openMailbox(t)
			h.set(c.at)
			require.NoError(t, h.SetWishes(t.Context(), karim.ID, c.wishes))
			if c.present {
				require.NoError(t, h.MarkPresent(t.Context(), feed.Presence{Member: karim.ID, Until: c.at.Add(time.Hour)}))
			}
			if c.change == nil {
				c.change = func(*feed.Notification) {}
			}
			for i := range 2 {
				h.tell(t, karim, fmt.Sprint("k", i), c.change)
			}
			o := h.options(box)
			o.Where = place{h, c.away}
			p := hire(t, o)
			if c.digest.IsZero() {
				for range 2 {
					require.Contains(t, box.next(t).subject(t), "Remplisseuse")
				}
				return
			}
			require.Eventually(t, func() bool {
				b := h.backlog(t, feed.ByMail)
				return b.Waiting == 2 && b.Oldest.IsZero() // of what goes alone, none is left
			}, 20*time.Second, 10*time.Millisecond)
			h.set(c.digest.Add(-time.Millisecond))
			p.Wake()
			h.settled(t, feed.ByMail, 2, 0)
			box.empty(t)
			h.set(c.digest)
			p.Wake()
			m := box.next(t)
			require.Equal(t, "Fildefer : 2 nouvelles pour vous", m.subject(t))
			h.settled(t, feed.ByMail, 0, 0)
			box.empty(t)
		})
	}
}

// place is where somebody is who may be on leave.
type place struct {
	*house
	away *feed.Absence
}

func (p place) Whereabouts(ctx context.Context, m feed.MemberID, now time.Time) (bool, *feed.Absence, error) {
	present, _, err := p.house.Whereabouts(ctx, m, now)
	return present, p.away, err
}
