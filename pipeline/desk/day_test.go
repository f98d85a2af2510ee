package desk_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/desk"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// lead and chief are the people of a day.
var (
	lead  = feed.Member{ID: "nadia", Name: "Nadia", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Lead}}}
	chief = feed.Member{ID: "sofia", Name: "Sofia", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Animator}}}
)

// day is a house whose clocks, that of the stream and that of its people, move
// when the story lets them.
type day struct {
	*house
	now     time.Time
	desk    *desk.Desk
	people  *feed.Service
	relay   *desk.Relay
	metrics *prometheus.Registry
}

// inADay runs a story by other rules on both databases.
func inADay(t *testing.T, text string, story func(t *testing.T, d *day)) {
	t.Helper()
	onBoth(t, func(t *testing.T, h *house) {
		d := &day{house: h, now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), metrics: prometheus.NewRegistry()}
		h.set = compile(t, text)
		d.people = feed.NewService(h.store, func() time.Time { return d.now })
		d.relay = desk.NewRelay(h.store, h.bus, slog.New(slog.DiscardHandler))
		d.desk = desk.New(h.bus, h.store, h.set, shards(), slog.New(slog.DiscardHandler), d.metrics)
		stop := goOn(t, d.desk)
		d.pass(t, time.Second)
		story(t, d)
		require.NoError(t, stop())
	})
}

func compile(t *testing.T, text string) *rule.Set {
	t.Helper()
	parsed, err := rule.Parse("rules.yaml", []byte(text))
	require.NoError(t, err)
	set, err := rule.Compile([]*rule.File{parsed})
	require.NoError(t, err)
	return set
}

// pass lets time go by, a tick every half minute at least: longer without one
// is a pause of the stream.
func (d *day) pass(t *testing.T, length time.Duration) {
	t.Helper()
	for length > 0 {
		step := min(length, 30*time.Second)
		d.now, length = d.now.Add(step), length-step
		require.NoError(t, d.bus.Accept(t.Context(), d.bus.Ticks(d.now)))
	}
	d.catchUp(t)
}

// tell stores what a machine says now, and lets a second pass.
func (d *day) tell(t *testing.T, e pipeline.Event) {
	t.Helper()
	e.At = d.now
	d.sayAt(t, e, d.now)
	d.pass(t, time.Second)
}

// carry brings what people did into the stream, and to the rules.
func (d *day) carry(t *testing.T) {
	t.Helper()
	require.NoError(t, d.relay.Flush(t.Context()))
	d.pass(t, time.Second)
}

func (d *day) catchUp(t *testing.T) {
	t.Helper()
	id, err := d.bus.Identity(t.Context())
	require.NoError(t, err)
	reached(t, d.desk, id.Last)
}

// post is the only one that everybody sees.
func (d *day) post(t *testing.T) *feed.Post {
	t.Helper()
	list := d.posts(t)
	require.Len(t, list, 1)
	p, err := d.store.Post(t.Context(), everywhere, list[0].ID)
	require.NoError(t, err)
	return p
}

// count reads a counter of the desk.
func (d *day) count(t *testing.T, name, label string) float64 {
	t.Helper()
	families, err := d.metrics.Gather()
	require.NoError(t, err)
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == name && m.GetLabel()[0].GetValue() == label {
				return m.GetCounter().GetValue()
			}
		}
	}
	return 0
}

func says(machine, signal, text string) pipeline.Event {
	return pipeline.Event{Asset: pipeline.AssetPath("lyon/" + machine), Signal: signal, Kind: pipeline.State, Value: pipeline.Text(text)}
}
