package desk_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/desk"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const wallRules = `
rules:
- {id: stop, kind: state, signal: state, match: {asset: "lyon/**"}, equals: [fault], topic: stop, severity: major, title: {fr: "{asset}"}, group: {by: line, wait: 5s, until: 30s}, reopen_within: 1m, escalate: [{after: 20s, to: lead}, {after: 30s, to: chief, when: not_solved}]}
- {id: heat, kind: state, signal: heat, match: {asset: "lyon/**"}, equals: [high], topic: quality, severity: minor, severity_after: {40s: critical}, title: {fr: "{asset}"}, latch: true, reopen_within: 1m, escalate: [{after: 20s, to: lead}]}
- {id: slow, kind: state, signal: heat, match: {asset: "lyon/**"}, equals: [slow], topic: speed, severity: minor, title: {fr: "{asset}"}, suppressed_by: [{rule: stop, where: beside}]}
noise:
- {every: 10s, burst: 2, flood: 4, window: 60s}
`

// wall is rules, editor and feed in step on a stream that is not kept, and what
// the editor holds open.
type wall struct {
	t      *rapid.T
	store  *store.Store
	people *feed.Service
	claim  feed.Claim
	set    *rule.Set
	engine *rule.Engine
	editor *editor.Editor
	seq    uint64
	from   uint64
	now    time.Time
	open   map[string]editor.Edit
	acted  bool // since the last tick
}

// lyon is who does whatever can be done to a post.
var lyon = feed.Member{ID: "lea", Name: "Léa", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Lead}}}

// TestTheFeedShowsWhatTheEditorDecided has machines and people do anything in any
// order: what the editor holds open holds in the feed, what it raised is open
// there, and what it knows to be silenced is, a tick after people did it.
func TestTheFeedShowsWhatTheEditorDecided(t *testing.T) {
	t.Parallel()
	parsed, err := rule.Parse("rules.yaml", []byte(wallRules))
	require.NoError(t, err)
	set, err := rule.Compile([]*rule.File{parsed})
	require.NoError(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		s, err := store.Open(t.Context(), store.SQLiteIn(t.TempDir()), store.Options{})
		require.NoError(rt, err)
		defer func() { require.NoError(rt, s.Close()) }()
		require.NoError(rt, s.SetTerritories(t.Context(), []feed.Territory{{Path: "lyon", Name: "Lyon", Kind: feed.Site}, {Path: "lyon/l1", Name: "L1", Kind: feed.Line}, {Path: "lyon/l2", Name: "L2", Kind: feed.Line}}))
		w := &wall{t: rt, store: s, set: set, engine: rule.NewEngine(set), editor: editor.New(set), now: time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC), open: map[string]editor.Edit{}}
		w.claim, err = s.Claim(t.Context(), []int{0})
		require.NoError(rt, err)
		w.people = feed.NewService(s, func() time.Time { return w.now })
		w.step(t, pipeline.Event{Kind: pipeline.Tick, Attr: map[string]string{"shard": "0"}})
		for range rapid.IntRange(5, 20).Draw(rt, "steps") {
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0, 1:
				asset := rapid.SampledFrom([]string{"lyon/l1/a", "lyon/l1/b", "lyon/l1/c", "lyon/l2/a", "lyon/l2/b"}).Draw(rt, "asset")
				if rapid.Bool().Draw(rt, "state?") {
					w.says(t, asset, "state", rapid.SampledFrom([]string{"fault", "run"}).Draw(rt, "state"))
				} else {
					w.says(t, asset, "heat", rapid.SampledFrom([]string{"high", "ok", "slow"}).Draw(rt, "heat"))
				}
			case 2:
				for range rapid.SampledFrom([]int{1, 6, 25, 61}).Draw(rt, "ticks") {
					w.now = w.now.Add(time.Second)
					w.step(t, pipeline.Event{Kind: pipeline.Tick, Attr: map[string]string{"shard": "0"}})
				}
			case 3:
				w.act(t)
			}
		}
	})
}

func (w *wall) says(t *testing.T, asset, signal, state string) {
	t.Helper()
	w.now = w.now.Add(10 * time.Millisecond)
	w.step(t, pipeline.Event{Source: "plc", Asset: pipeline.AssetPath(asset), Signal: signal, Kind: pipeline.State, Value: pipeline.Text(state), At: w.now})
}

func (w *wall) act(t *testing.T) {
	t.Helper()
	page, err := w.store.Feed(t.Context(), lyon.Scope(), feed.Query{Limit: 100})
	require.NoError(w.t, err)
	if len(page.Posts) == 0 {
		return
	}
	w.now = w.now.Add(10 * time.Millisecond)
	p := page.Posts[rapid.IntRange(0, len(page.Posts)-1).Draw(w.t, "post")]
	ctx := t.Context()
	switch what := rapid.SampledFrom([]string{"take", "resolve", "resolve", "reopen", "release", "shelve", "once", "unshelve", "reset", "oos"}).Draw(w.t, "act"); what {
	case "take":
		_, err = w.people.Take(ctx, lyon, p.ID)
	case "resolve":
		_, err = w.people.Resolve(ctx, lyon, p.ID, "x", "")
	case "reopen":
		_, err = w.people.Reopen(ctx, lyon, p.ID)
	case "release":
		_, err = w.people.Release(ctx, lyon, p.ID)
	case "shelve":
		_, err = w.people.Shelve(ctx, lyon, p.ID, w.now.Add(30*time.Second), false, "x")
	case "once":
		_, err = w.people.Shelve(ctx, lyon, p.ID, time.Time{}, true, "x")
	case "unshelve":
		_, err = w.people.Unshelve(ctx, lyon, p.ID)
	case "reset":
		_, err = w.people.Reset(ctx, lyon, p.ID)
	case "oos":
		_, err = w.people.OutOfService(ctx, lyon, p.ID, "x")
	}
	require.True(w.t, err == nil || feed.ProblemOf(err) == feed.Conflict, "%v", err)
	b := &box{}
	b.out, err = w.store.Pending(ctx, 100)
	require.NoError(w.t, err)
	var ids []string
	for _, o := range b.out {
		ids = append(ids, o.ID)
	}
	require.NoError(w.t, w.store.Sent(ctx, ids))
	require.NoError(w.t, desk.NewRelay(b, b, slog.New(slog.DiscardHandler)).Flush(ctx))
	require.Empty(w.t, b.letters)
	for _, ev := range b.events {
		w.step(t, ev)
	}
}

func (w *wall) step(t *testing.T, ev pipeline.Event) {
	t.Helper()
	w.seq++
	ev.Received = w.now
	if ev.ID == "" {
		ev.ID = pipeline.EventID(fmt.Sprint("e", w.seq))
	}
	effects := w.engine.Step(w.seq, w.now, &ev)
	now, awake := w.engine.Time()
	b := feed.Batch{Stream: "s", Epoch: w.claim.Epoch, Positions: []feed.Position{{Shard: 0, From: w.from, To: w.seq}}}
	raised := map[string]bool{}
	var log string
	for _, x := range w.editor.Step(w.seq, now, awake, &ev, effects) {
		b.Notices = append(b.Notices, desk.Notice(&x, w.set.Rule(x.Rule), ev.ID))
		log += fmt.Sprintf(" %s!%v[%s]%d/%d", x.Kind, x.Bump, x.Key, x.Holding, x.Total)
		switch x.Kind {
		case editor.Hold, editor.Release, editor.Handover:
			continue
		case rule.Clear, rule.Retire:
			delete(w.open, x.Key)
			delete(raised, x.Key)
			continue
		case rule.Raise:
			raised[x.Key] = true
		}
		if x.Kind != rule.Raise && w.open[x.Key].Key == "" {
			continue
		}
		w.open[x.Key] = x
	}
	if log != "" {
		w.t.Logf("%s %v:%s", w.now.Format("05.00"), ev.Signal, log)
	}
	require.NoError(w.t, w.store.Commit(t.Context(), b))
	w.from = w.seq
	if _, acted := pipeline.ActOf(&ev); acted {
		w.acted = true
	}
	if len(b.Notices) == 0 && !w.acted {
		return
	}
	w.acted = w.acted && ev.Kind != pipeline.Tick
	page, err := w.store.Feed(t.Context(), lyon.Scope(), feed.Query{Limit: 100})
	require.NoError(w.t, err)
	latest := map[string]*feed.Post{}
	for _, p := range page.Posts {
		if o := latest[p.Key]; o == nil || p.OpenedAt.After(o.OpenedAt) {
			latest[p.Key] = p
		}
	}
	for key, x := range w.open {
		p := latest[key]
		require.NotNil(w.t, p, key)
		require.NotEqual(w.t, feed.Closed, p.State, "%s: %s", key, log)
		if raised[key] {
			require.True(w.t, p.State.Open(), "%q was raised", key)
		}
		switch x.Kind {
		case rule.Raise, rule.Update, rule.Worsen, rule.Latch:
			require.Equal(w.t, x.Holding, p.Holding, "%q holding", key)
		}
		if ev.Kind == pipeline.Tick {
			require.Equal(w.t, x.Shelved, p.Shelf != nil, "%q shelf %v", key, p.Shelf)
		}
	}
	for key, p := range latest {
		if w.open[key].Key == "" {
			require.False(w.t, p.Active, "%q holds still", key)
		}
	}
}
