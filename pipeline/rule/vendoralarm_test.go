package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const serverAlarm = `
rules:
- {id: server, kind: condition, signal: alarm, match: {asset: "**"}, topic: maintenance, severity: minor, title: {fr: "{asset} : {message}"}}
`

// alarm is the state of an alarm, as "name value" pairs.
func (p *tape) alarm(s float64, attr string) []rule.Effect {
	ev := at(s, "alarm", pipeline.Value{})
	ev.Kind = pipeline.Condition
	ev.Attr = map[string]string{"condition": "OilTemp", "message": "Huile trop chaude", "severity": "500", "active": "true"}
	words := strings.Fields(attr)
	for i := 0; i < len(words); i += 2 {
		ev.Attr[words[i]] = words[i+1]
	}
	return p.step(ev)
}

func TestAnAlarmOfTheServerIsPassedThrough(t *testing.T) {
	t.Parallel()
	p := play(t, serverAlarm)
	require.Empty(t, p.alarm(0, "active false"))
	effects := p.alarm(10, "")
	require.Equal(t, "raise Huile trop chaude", brief(effects))
	e := effects[0]
	require.Equal(t, []any{"minor", "Huile trop chaude", "OilTemp", "false", 500.0},
		[]any{e.Severity, e.Values["message"], e.Values["condition"], e.Values["acked"], e.Values["server_severity"]})
	require.Empty(t, e.Signal, "an alarm is no curve")

	effects = p.alarm(20, "acked true")
	require.Equal(t, "update Huile trop chaude", brief(effects))
	require.Equal(t, "true", effects[0].Values["acked"])
	require.Equal(t, "raise Huile trop chaude", brief(p.alarm(25, "condition Door")), "another alarm of the same machine")
	effects = p.alarm(30, "active false message Normal")
	require.Equal(t, "clear Huile trop chaude", brief(effects), "the sentence of what was wrong")
}

func TestTheServersSeverityDecides(t *testing.T) {
	t.Parallel()
	for severity, want := range map[string]string{
		"1": "info", "200": "info", "201": "minor", "600": "minor", "601": "major", "800": "major", "801": "critical", "1000": "critical",
		"0": "minor", "1001": "minor", "high": "minor",
	} {
		p := play(t, serverAlarm)
		effects := p.alarm(0, "severity "+severity)
		require.Equal(t, want, effects[0].Severity, severity)
	}
}

func TestWhatTheServerKeepsQuietIsNotTold(t *testing.T) {
	t.Parallel()
	for _, attr := range []string{"suppressed true", "enabled false", "retain false", "branch i=7"} {
		p := play(t, serverAlarm)
		require.Empty(t, p.alarm(0, attr), attr)
	}
	p := play(t, serverAlarm)
	p.alarm(0, "")
	require.Equal(t, "clear Huile trop chaude", brief(p.alarm(10, "suppressed true")), "shelved on the server while it was told")
}

func TestARefreshTellsNothingNew(t *testing.T) {
	t.Parallel()
	p := play(t, serverAlarm)
	p.alarm(0, "")
	require.Empty(t, p.alarm(60, ""), "the same state again")
	bad := at(70, "alarm", pipeline.Bool(false))
	bad.Kind, bad.Quality, bad.Attr = pipeline.Condition, pipeline.Bad, map[string]string{"condition": "OilTemp"}
	require.Empty(t, p.step(bad), "a lost connection ends no alarm")
	reading := at(80, "alarm", pipeline.Bool(false))
	reading.Attr = bad.Attr
	require.Empty(t, p.step(reading), "a measure is no alarm")
}
