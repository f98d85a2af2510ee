package desk_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
	"github.com/fildefer/fildefer/pipeline/desk"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const rules = `
rules:
  - id: weight-low
    kind: limit
    signal: weight
    match: {asset: "lyon/**"}
    low: 498
    deadband: 0.5
    topic: quality
    severity: critical
    title: {fr: "{asset} : {value|1} g", en: "{asset}: {value|1} g"}
  - id: shelf
    kind: stock
    signal: stock
    match: {asset: shop}
    at_most: 0
    phantom: true
    topic: stock
    severity: major
    territory: "shop/{attr.aisle}"
    titles:
      stock_out: {fr: "{article} : rupture", en: "{article}: out of stock"}
      phantom: {fr: "{article} : rayon vide, stock {on_hand|0}", en: "{article}: shelf empty, stock {on_hand|0}"}
`

var everywhere = feed.Scope{Roots: []feed.Path{"lyon", "shop"}}

// house is a stream, a database and the rules between them.
type house struct {
	dir   string
	bus   *bus.Bus
	store *store.Store
	set   *rule.Set
	sent  int
}

// onBoth runs a story on both databases, each time in a house of its own.
func onBoth(t *testing.T, story func(t *testing.T, h *house)) {
	t.Helper()
	for name, url := range map[string]func(t *testing.T) string{
		"SQLite":     func(t *testing.T) string { return store.SQLiteIn(t.TempDir()) },
		"PostgreSQL": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &house{dir: t.TempDir(), set: compile(t, rules)}
			var err error
			h.store, err = store.Open(t.Context(), url(t), store.Options{})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, h.store.Close()) })
			require.NoError(t, h.store.SetTerritories(t.Context(), []feed.Territory{
				{Path: "lyon", Name: "Lyon", Kind: feed.Site},
				{Path: "lyon/filler", Name: "Remplisseuse", Kind: feed.Machine},
				{Path: "lyon/capper", Name: "Boucheuse", Kind: feed.Machine},
				{Path: "lyon/hall", Name: "Hall 2", Kind: feed.Workshop, Rollout: feed.RolloutGhost},
				{Path: "lyon/hall/press", Name: "Presse", Kind: feed.Machine},
				{Path: "shop", Name: "Villeurbanne", Kind: feed.Store},
				{Path: "shop/drinks", Name: "Boissons", Kind: feed.Aisle},
			}))
			h.openBus(t, "nats")
			story(t, h)
		})
	}
}

func (h *house) openBus(t *testing.T, name string) {
	t.Helper()
	b, err := bus.Open(t.Context(), bus.Options{
		Embedded: &bus.Embedded{Dir: filepath.Join(h.dir, name), Relaxed: true}, MaxBytes: 64 << 20, Logger: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	h.bus = b
}

func shards() []int {
	all := make([]int, 16)
	for i := range all {
		all[i] = i
	}
	return all
}

// work lets a desk work until stop is called; stop returns what Run returned.
func (h *house) work(t *testing.T, ledger desk.Ledger) (d *desk.Desk, stop func() error) {
	t.Helper()
	d = desk.New(h.bus, ledger, h.set, shards(), slog.New(slog.DiscardHandler), prometheus.NewRegistry())
	return d, goOn(t, d)
}

// goOn runs d until the function that it returns is called, which returns what
// Run returned.
func goOn(t *testing.T, d *desk.Desk) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	return func() error {
		cancel()
		return <-ended
	}
}

// say stores one event and returns its place.
func (h *house) say(t *testing.T, e pipeline.Event) uint64 {
	t.Helper()
	return h.sayAt(t, e, time.Now().UTC())
}

// sayAt stores one event that comes at an instant.
func (h *house) sayAt(t *testing.T, e pipeline.Event, at time.Time) uint64 {
	t.Helper()
	h.sent++
	e.ID = pipeline.EventID(fmt.Sprintf("e%d", h.sent))
	e.Source, e.Received = "test", at
	require.NoError(t, h.bus.Accept(t.Context(), []pipeline.Event{e}))
	id, err := h.bus.Identity(t.Context())
	require.NoError(t, err)
	return id.Last
}

func weight(v float64) pipeline.Event {
	return pipeline.Event{Asset: "lyon/filler", Signal: "weight", Kind: pipeline.Measure, Value: pipeline.Number(v), Unit: "g"}
}

func stock(v float64) pipeline.Event {
	return pipeline.Event{
		Asset: "shop", Signal: "stock", Kind: pipeline.Record, Value: pipeline.Number(v),
		Attr: map[string]string{"sku": "301", "label": "Sirop de menthe", "aisle": "drinks"},
	}
}

func reached(t *testing.T, d *desk.Desk, seq uint64) {
	t.Helper()
	require.Eventually(t, func() bool { return d.Position() >= seq }, 10*time.Second, 2*time.Millisecond)
}

func (h *house) posts(t *testing.T) []*feed.Post {
	t.Helper()
	page, err := h.store.Feed(t.Context(), everywhere, feed.Query{})
	require.NoError(t, err)
	return page.Posts
}

func TestAConditionIsOnePostThatEndsByItself(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		d, stop := h.work(t, h.store)
		reached(t, d, h.say(t, weight(497)))
		p := h.posts(t)[0]
		require.Equal(t, "Remplisseuse : 497,0 g", p.Title.Render(feed.French, p.Values))
		require.Equal(t, feed.New, p.State)
		require.Equal(t, feed.Path("lyon"), p.Territory)
		whole, err := h.store.Post(t.Context(), everywhere, p.ID)
		require.NoError(t, err)
		require.Equal(t, "test", whole.Provenance.Source)
		require.NotEmpty(t, p.Series, "the curve of the weight")

		reached(t, d, h.say(t, weight(499)))
		p = h.posts(t)[0]
		require.Equal(t, feed.Closed, p.State)
		require.True(t, p.BackToNormal)

		reached(t, d, h.say(t, weight(496)))
		require.Len(t, h.posts(t), 1, "the same condition soon after is the same post")
		require.Equal(t, 2, h.posts(t)[0].Occurrences)
		require.NoError(t, stop())
	})
}

func TestNoArticleStopsTheDesk(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		d, stop := h.work(t, h.store)
		article := func(sku string) (out *feed.Article) {
			require.NoError(t, h.store.InTx(t.Context(), func(tx feed.Tx) (err error) {
				out, err = tx.Article(t.Context(), "shop", sku)
				return err
			}))
			return out
		}
		var long strings.Builder
		for long.Len() < 5000 { // of what does not compress
			long.WriteString(rand.Text())
		}
		e := stock(14)
		e.Attr["sku"], e.Attr["label"] = long.String(), "Trop long"
		h.say(t, e)
		e = stock(3)
		e.Attr["sku"], e.Attr["label"] = "302\x00\x00", strings.Repeat("é", 300)+"\x00"
		h.say(t, e)
		reached(t, d, h.say(t, weight(497)))
		require.NoError(t, stop())
		require.Len(t, h.posts(t), 1)
		require.Nil(t, article(long.String()))
		require.Equal(t, strings.Repeat("é", 200), article("302").Label)
	})
}

func TestADeskReadsOnWhereTheLastOneStopped(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		d, stop := h.work(t, h.store)
		reached(t, d, h.say(t, weight(497)))
		require.NoError(t, stop())
		h.say(t, weight(499))
		last := h.say(t, weight(496))
		d, stop = h.work(t, h.store)
		reached(t, d, last)
		require.NoError(t, stop())
		require.Len(t, h.posts(t), 1)
		require.Equal(t, 2, h.posts(t)[0].Occurrences, "the end and the return in between were not missed")
	})
}

func TestARecreatedStreamIsReadFromItsBeginning(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		d, stop := h.work(t, h.store)
		for range 5 {
			h.say(t, weight(500))
		}
		reached(t, d, h.say(t, weight(497)))
		require.NoError(t, stop())

		h.openBus(t, "another")
		last := h.say(t, weight(499))
		d, stop = h.work(t, h.store)
		reached(t, d, last)
		require.NoError(t, stop())
		require.Equal(t, feed.Closed, h.posts(t)[0].State, "a low sequence number of a new stream is not skipped")

		d, stop = h.work(t, h.store)
		reached(t, d, h.say(t, weight(497)))
		require.NoError(t, stop(), "from then on the new stream's positions count")
		require.Equal(t, 2, h.posts(t)[0].Occurrences)
	})
}

func TestALaterDeskEndsTheEarlierOne(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		older := desk.New(h.bus, h.store, h.set, shards(), slog.New(slog.DiscardHandler), prometheus.NewRegistry())
		ended := make(chan error, 1)
		go func() { ended <- older.Run(t.Context()) }()
		reached(t, older, h.say(t, weight(500)))
		newer, stop := h.work(t, h.store)
		reached(t, newer, 1)
		reached(t, newer, h.say(t, weight(497)))
		require.ErrorIs(t, <-ended, feed.ErrFenced)
		require.NoError(t, stop())
		require.Len(t, h.posts(t), 1)
	})
}

// flaky is a ledger whose database fails now and then.
type flaky struct {
	*store.Store
	commits atomic.Int64
}

func (f *flaky) Commit(ctx context.Context, b feed.Batch) error {
	if f.commits.Add(1)%2 == 1 {
		return errors.New("the database is away")
	}
	return f.Store.Commit(ctx, b)
}

func TestAFaultOfTheDatabaseLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		last := h.say(t, weight(497))
		d, stop := h.work(t, &flaky{Store: h.store})
		reached(t, d, last)
		require.NoError(t, stop())
		require.Len(t, h.posts(t), 1)
		require.Equal(t, 1, h.posts(t)[0].Occurrences)
	})
}

func TestAReportOfAnEmptyShelfMeetsTheStockOfTheERP(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		d, stop := h.work(t, h.store)
		relay := desk.NewRelay(h.store, h.bus, slog.New(slog.DiscardHandler))
		reached(t, d, h.say(t, stock(14)))
		require.Empty(t, h.posts(t))

		people := feed.NewService(h.store, time.Now)
		lea := feed.Member{ID: "lea", Name: "Léa", Grants: []feed.Grant{{Territory: "shop/drinks", Role: feed.Staff}}}
		reported, joined, err := people.Report(t.Context(), lea, feed.Draft{Kind: feed.StockOut, Territory: "shop/drinks", SKU: "301"})
		require.NoError(t, err)
		require.False(t, joined)
		require.NoError(t, relay.Flush(t.Context()))
		id, err := h.bus.Identity(t.Context())
		require.NoError(t, err)
		reached(t, d, id.Last)

		require.Len(t, h.posts(t), 1, "the rule joins the post that the person opened")
		p := h.posts(t)[0]
		require.Equal(t, reported.ID, p.ID)
		require.Equal(t, feed.PhantomStock, p.Kind)
		require.Equal(t, "Sirop de menthe : rayon vide, stock 14", p.Title.Render(feed.French, p.Values))

		_, err = people.Resolve(t.Context(), lea, p.ID, "Remis en rayon", "")
		require.NoError(t, err)
		require.NoError(t, relay.Flush(t.Context()))
		id, err = h.bus.Identity(t.Context())
		require.NoError(t, err)
		reached(t, d, id.Last)
		require.Equal(t, feed.Closed, h.posts(t)[0].State, "resolved, and its condition is over")
		require.NoError(t, stop())
	})
}

// poisoned is a ledger that cannot keep what is said of one weight.
type poisoned struct {
	*store.Store
	weight float64
}

func (p *poisoned) Commit(ctx context.Context, b feed.Batch) error {
	for _, n := range b.Notices {
		if n.Value != nil && *n.Value == p.weight {
			return errors.New("this weight cannot be kept")
		}
	}
	return p.Store.Commit(ctx, b)
}

func TestAnEventThatStopsTheDeskIsSetAside(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		h.say(t, weight(500))
		poison := h.say(t, weight(490))
		h.say(t, stock(14))
		last := h.say(t, weight(497))
		d, stop := h.work(t, &poisoned{Store: h.store, weight: 490})
		require.Eventually(t, func() bool { return d.Position() >= last }, 30*time.Second, 5*time.Millisecond)
		require.NoError(t, stop())

		letters, err := h.bus.DeadLetters(t.Context(), 0, 10)
		require.NoError(t, err)
		require.Len(t, letters, 1)
		require.Contains(t, letters[0].Reason, "this weight cannot be kept")
		require.Contains(t, letters[0].Origin, fmt.Sprintf("place %d ", poison))
		require.Len(t, h.posts(t), 1, "what came after it is decided")
		require.InDelta(t, 497, *h.posts(t)[0].Value, 0)
	})
}

func TestADatabaseThatIsAwayIsNotTakenForPoison(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		last := h.say(t, weight(497))
		away := &away{Store: h.store}
		away.fails.Store(8)
		d, stop := h.work(t, away)
		require.Eventually(t, func() bool { return d.Position() >= last }, 30*time.Second, 5*time.Millisecond)
		require.NoError(t, stop())
		letters, err := h.bus.DeadLetters(t.Context(), 0, 10)
		require.NoError(t, err)
		require.Empty(t, letters)
		require.Len(t, h.posts(t), 1)
	})
}

// away is a ledger whose database cannot commit anything for a while.
type away struct {
	*store.Store
	fails atomic.Int64
}

func (a *away) Commit(ctx context.Context, b feed.Batch) error {
	if a.fails.Add(-1) >= 0 {
		return errors.New("the database is away")
	}
	return a.Store.Commit(ctx, b)
}
