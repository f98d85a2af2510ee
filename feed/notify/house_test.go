package notify_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/notify"
	"github.com/fildefer/fildefer/feed/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Thursday at noon, in summer; a plant where two shifts work from 5 to 21 h.
var noon = time.Date(2026, 7, 2, 12, 0, 0, 0, paris)

var paris = time.FixedZone("CEST", 2*60*60)

var (
	karim = feed.Member{ID: "karim", Name: "Karim Benali", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-3", Role: feed.Operator}}}
	ana   = feed.Member{ID: "ana", Name: "Ana Costa", Lang: feed.English, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Lead}}}
)

// house is a plant with people who read mail.
type house struct {
	*store.Store
	mu  sync.Mutex
	now time.Time
}

func build(t *testing.T) *house {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "feed.db"), store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.SetTerritories(t.Context(), []feed.Territory{
		{Path: "lyon", Name: "Lyon", Kind: feed.Site}, {Path: "lyon/line-3", Name: "Ligne 3", Kind: feed.Line},
	}))
	h := &house{Store: s, now: noon}
	h.add(t, karim, "karim@plant.example")
	h.add(t, ana, "ana@plant.example")
	return h
}

func (h *house) add(t *testing.T, m feed.Member, email string) {
	t.Helper()
	require.NoError(t, h.AddMember(t.Context(), m, ""))
	require.NoError(t, h.SetEmail(t.Context(), m.ID, email))
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) set(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = at
}

// calendar has an early and a late shift on weekdays.
func calendar(_ feed.Path, at time.Time) (begins, ends time.Time, known bool) {
	day := at.In(paris)
	for {
		for _, start := range []int{5, 13} {
			begins = time.Date(day.Year(), day.Month(), day.Day(), start, 0, 0, 0, paris)
			ends = begins.Add(8 * time.Hour)
			if w := day.Weekday(); w != time.Saturday && w != time.Sunday && ends.After(at) {
				return begins, ends, true
			}
		}
		day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, paris)
	}
}

// options are those of a postman of the house who gives letters to a server.
func (h *house) options(box *mailbox) notify.Options {
	o := notify.Options{
		Queue: h, Where: h, Calendar: calendar, Place: func(feed.Path) string { return "Ligne 3" },
		Zone: paris, Now: h.clock, Log: slog.New(slog.DiscardHandler), First: time.Minute,
	}
	if box != nil {
		o.Mail = &notify.Mail{Host: "127.0.0.1", Port: box.port, CA: box.ca, From: "Fildefer <fildefer@plant.example>", URL: "https://fil.plant.example"}
	}
	return o
}

// hire runs a postman until the test ends.
func hire(t *testing.T, o notify.Options) *notify.Postman {
	t.Helper()
	p, err := notify.NewPostman(o)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-done)
	})
	return p
}

// post is a machine's post of line 3.
func (h *house) post(t *testing.T, id feed.PostID) {
	t.Helper()
	require.NoError(t, h.InTx(t.Context(), func(tx feed.Tx) error {
		return tx.Save(t.Context(), &feed.Post{
			ID: id, Kind: feed.Alert, Topic: feed.Quality, State: feed.New, Severity: feed.Major, Territory: "lyon/line-3",
			OpenedAt: noon, UpdatedAt: noon, BumpedAt: noon,
		})
	}))
}

// tell tells somebody that the filler of line 3 weighs too much.
func (h *house) tell(t *testing.T, m feed.Member, key string, change ...func(*feed.Notification)) {
	t.Helper()
	n := feed.Notification{
		ID: key + " of " + string(m.ID), Member: m.ID, Key: key, Why: feed.AskedFor, At: h.clock(), Page: "/groups",
		Text:   feed.Text{FR: "{asset} : {value|1} g <b>trop</b>", EN: "{asset}: {value|1} g <b>too much</b>"},
		Values: feed.Values{"asset": "Remplisseuse", "value": 1012.5},
	}
	for _, c := range change {
		c(&n)
	}
	require.NoError(t, h.InTx(t.Context(), func(tx feed.Tx) error { return tx.Tell(t.Context(), n) }))
}

// backlog is what waits on a channel and what was given up.
func (h *house) backlog(t *testing.T, channel string) feed.Backlog {
	t.Helper()
	all, err := h.Backlogs(t.Context())
	require.NoError(t, err)
	for _, b := range all {
		if b.Channel == channel {
			return b
		}
	}
	return feed.Backlog{}
}

// settled waits until the channel has that many that wait, and given up.
func (h *house) settled(t *testing.T, channel string, waiting, dead int) {
	t.Helper()
	require.Eventually(t, func() bool {
		b := h.backlog(t, channel)
		return b.Waiting == waiting && b.Dead == dead
	}, 20*time.Second, 10*time.Millisecond, "want %d waiting and %d dead of %s", waiting, dead, channel)
}
