package rule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

func TestStateHoldsWhileItEqualsOneOfItsValuesLongEnough(t *testing.T) {
	t.Parallel()
	p := play(t, `
rules:
- id: stopped
  kind: state
  signal: State
  match: {asset: "**"}
  equals: [stopped, fault, 3]
  on_delay: 60s
  topic: stop
  severity: major
  title: {fr: "{asset} à l'arrêt ({state})"}
`)
	state := func(s float64, v pipeline.Value) string { return brief(p.step(at(s, "State", v))) }
	require.Empty(t, state(0, pipeline.Text("Running")))
	require.Empty(t, state(1, pipeline.Text("STOPPED")))
	require.Empty(t, state(30, pipeline.Text("fault")), "another of them: it goes on holding")
	require.Equal(t, "raise fault", state(61, pipeline.Number(3)), "the delay ended before this event")
	effects := p.tick(62, "lyon/line/filler")
	require.Equal(t, "update 3", brief(effects))
	require.Equal(t, "3", effects[0].Values["state"])
	require.Equal(t, "clear starved", state(70, pipeline.Text("starved")))
	require.Empty(t, state(71, pipeline.Bool(true)))
}
