package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const notStarted = `
rules:
- {id: late-start, kind: sequence, signal: order_state, key: order, match: {asset: "**"}, equals: [released], unless: [cancelled],
   then: {signal: run, equals: [started], within: 15m}, topic: stop, severity: major,
   title: {fr: "OF {article} lancé, pas démarré en {within_min|0} min"}}
`

func (p *tape) order(s float64, order, signal, said string) []rule.Effect {
	ev := at(s, signal, pipeline.Text(said))
	ev.Attr = map[string]string{"order": order}
	return p.step(ev)
}

func TestAnOrderThatIsReleasedAndNotStartedIsToldUntilItStarts(t *testing.T) {
	t.Parallel()
	p := play(t, notStarted)
	require.Empty(t, p.order(0, "4711", "order_state", "released"))
	require.Empty(t, p.order(10, "4712", "order_state", "released"))
	require.Empty(t, p.order(60, "4712", "run", "started"), "another order")
	require.Empty(t, p.order(100, "4711", "order_state", "released"), "said again, it does not begin again")
	require.Empty(t, p.tick(899, "lyon/line/filler"))
	effects := p.tick(900, "lyon/line/filler")
	require.Equal(t, "raise released", brief(effects))
	require.Equal(t, "4711", effects[0].Values["article"])
	require.Empty(t, p.tick(1300, "lyon/line/filler"))
	require.Equal(t, "clear started", brief(p.order(1400, "4711", "run", "started")))
}

func TestAnOrderThatIsCalledOffIsNotMissed(t *testing.T) {
	t.Parallel()
	p := play(t, notStarted)
	p.order(0, "4711", "order_state", "released")
	require.Empty(t, p.order(600, "4711", "order_state", "cancelled"))
	require.Empty(t, p.tick(3600, "lyon/line/filler"))
}

func TestAFileThatTellsOfTheOrderAfterItStartedMissesNothing(t *testing.T) {
	t.Parallel()
	p := play(t, notStarted)
	p.order(300, "4711", "run", "started")
	late := at(1200, "order_state", pipeline.Text("released"))
	late.At = start.Add(2 * time.Minute)
	late.Attr = map[string]string{"order": "4711"}
	require.Empty(t, p.step(late))
	require.Empty(t, p.tick(3600, "lyon/line/filler"))
	late.Attr = map[string]string{"order": "4712"}
	late.ID, late.Received = "other", start.Add(time.Hour+time.Second)
	require.Empty(t, p.step(late))
	require.Equal(t, "raise released", brief(p.tick(3602, "lyon/line/filler")), "long due")
}

func TestWhatWasReleasedBeforeAnybodyLookedIsNotMissed(t *testing.T) {
	t.Parallel()
	p := play(t, notStarted)
	ev := at(0, "order_state", pipeline.Text("released"))
	ev.Attr = map[string]string{"order": "4711", "baseline": "true"}
	require.Empty(t, p.step(ev))
	require.Empty(t, p.tick(3600, "lyon/line/filler"))
}

func TestTwoThingsThatMustNotFollowEachOther(t *testing.T) {
	t.Parallel()
	p := play(t, `
rules:
- {id: hasty, kind: sequence, signal: guard, match: {asset: "**"}, equals: [open], then: {signal: state, equals: [running], within: 30s}, missing: false,
   topic: safety, severity: critical, title: {fr: x}}
`)
	say := func(s float64, signal, said string) string { return brief(p.step(at(s, signal, pipeline.Text(said)))) }
	require.Empty(t, say(0, "guard", "open"))
	require.Empty(t, say(40, "state", "running"), "long after")
	require.Empty(t, say(100, "guard", "open"))
	require.Equal(t, "raise running", say(110, "state", "running"))
	require.Equal(t, "clear running", brief(p.tick(140, "lyon/line/filler")))
}
