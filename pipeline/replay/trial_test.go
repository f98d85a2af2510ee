package replay_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// outcomes plays the tests of a file of pressRules.
func outcomes(t *testing.T, tests string) []replay.Outcome {
	t.Helper()
	file, err := rule.Parse("rules.yaml", []byte(pressRules+"tests:\n"+tests))
	require.NoError(t, err)
	set, err := rule.Compile([]*rule.File{file})
	require.NoError(t, err)
	trials, err := replay.Trials([]*rule.File{file})
	require.NoError(t, err)
	var all []replay.Outcome
	for _, trial := range trials {
		o, err := trial.Play(set)
		require.NoError(t, err)
		all = append(all, o)
	}
	return all
}

func TestATrialPassesWhenEverythingIsAsExpected(t *testing.T) {
	t.Parallel()
	for _, o := range outcomes(t, `
- name: a short spike makes no post
  rule: press-hot
  asset: lyon/stamping/press-1
  every: 5s
  series: {temperature: "70x10 85x3 70x20"}
  expect: []
- name: what lasts opens one post that ends and comes again
  rule: press-hot
  asset: lyon/stamping/press-1
  every: 5s
  series: {temperature: "70x10 85x10 70x200 85x10 70x20"}
  expect:
  - {at: 69s, open: 0}
  - {at: 70s, open: 1, title: "press-1 : 85,0 Cel", state: open}
  - {by: 70s, open: 1, bump: 0, close: 0}
  - {at: 150s, open: 0, state: closed}
  - {threads: 1, bumps: 1, closes: 2, unstable: false, state: closed}
- name: missing and bad data neither open nor close
  asset: lyon/stamping/press-1
  rule: press-hot
  every: 5s
  series: {temperature: "85x10 badx10 _x10 85 70 uncertain 70x10"}
  expect:
  - {at: 40s, open: 1}
  - {at: 150s, open: 1}
  - {threads: "<=1", closes: ">0", stale: 0, held: 0}
- name: texts and other assets
  asset: lyon/stamping/press-1
  series: {state: "(running stopped)x2 'not stopped'"}
  others:
  - {asset: lyon/painting/robot-2, every: 10s, series: {state: "running stopped"}}
  expect:
  - {rule: press-stopped, asset: lyon/stamping/press-1, threads: 1, bumps: "<=1", state: closed}
  - {rule: press-stopped, asset: lyon/painting/robot-2, threads: 1, state: open}
- name: silence is heard after the last reading
  asset: lyon/stamping/press-1
  until: 2m
  events:
  - {at: 3s, signal: temperature, value: 71}
  expect: [{at: 1m, rule: press-silent, open: 1, title: muet}]
`) {
		require.Empty(t, o.Wrong, "%s\n%s", o.Trial.Name, strings.Join(o.Timeline, "\n"))
		require.True(t, o.Passed())
	}
}

// TestTheExampleIsFlawless lints and plays the reference of how tests are
// written.
func TestTheExampleIsFlawless(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("example.yaml")
	require.NoError(t, err)
	set, warnings, err := replay.Lint([]replay.Document{{Name: "example.yaml", Data: text}})
	require.NoError(t, err)
	require.Empty(t, warnings)
	file, err := rule.Parse("example.yaml", text)
	require.NoError(t, err)
	trials, err := replay.Trials([]*rule.File{file})
	require.NoError(t, err)
	require.Len(t, trials, 4)
	for _, trial := range trials {
		o, err := trial.Play(set)
		require.NoError(t, err)
		require.Empty(t, o.Wrong, "%s\n%s", trial.Name, strings.Join(o.Timeline, "\n"))
	}
}

func TestAFailedTrialTellsWhatWasExpectedAndWhatHappened(t *testing.T) {
	t.Parallel()
	o := outcomes(t, `
- name: it should be quiet
  asset: lyon/stamping/press-1
  every: 5s
  series: {temperature: "85x20 70x20"}
  expect:
  - {by: 30s, open: 0, bump: ">1"}
  - {at: 1m, open: 0, title: burst, state: closed}
  - {threads: 2, closes: "<1"}
- name: nothing at all
  asset: lyon/stamping/press-1
  every: 5s
  series: {temperature: 85x20}
  expect: []
`)
	require.Equal(t, []string{
		"line 14: by 30s, open is 1, expected 0",
		"line 14: by 30s, bump is 0, expected > 1",
		"line 15: at 1m, open is 1, expected 0",
		`line 15: at 1m, no post says "burst"`,
		"line 15: at 1m, the state is not closed: 1 open of 1",
		"line 16: in all, threads is 1, expected 2",
		"line 16: in all, closes is 1, expected < 1",
	}, o[0].Wrong)
	require.Equal(t, []string{
		"     20s  open      press-hot lyon/stamping/press-1: press-1 : 85,0 Cel",
		"   2m10s  close     press-hot lyon/stamping/press-1",
	}, o[0].Timeline)
	require.Equal(t, []string{"line 17: in all, threads is 1, expected 0"}, o[1].Wrong)
}

func TestAFaultInATrialIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"tests: x", "rules.yaml:7:8: tests: write a list here"},
		{"tests: [x]", "rules.yaml:7:9: tests: a test is a mapping with name"},
		{"tests: [{asset: a}]", "rules.yaml:7:"},
		{"tests: [{name: a, asset: a}]", "expect: say what is expected; [] expects no post"},
		{"tests: [{name: a, asset: a, expect: x}]", "rules.yaml:7:37: expect: write a list here"},
		{"tests:\n- name: a\n  asset: a\n  seris: {}\n  expect: []", `rules.yaml:10:3: tests: unknown field "seris"`},
		{"tests:\n- name: a\n  asset: a\n  series: {t: (70}\n  expect: []", `rules.yaml:10:11: series: t: `},
		{"tests:\n- name: a\n  asset: a\n  series: {t: \"(70\"}\n  expect: []", `series: t: series "(70": a bracket is not closed`},
		{"tests:\n- name: a\n  asset: a\n  series: {t: 70)}\n  expect: []", `a bracket is closed that was not opened`},
		{"tests:\n- name: a\n  asset: a\n  series: {t: \"70x99999999\"}\n  expect: []", `more than 1000000 readings`},
		{"tests:\n- name: a\n  series: {t: 70}\n  expect: []", `name the asset that says this`},
		{"tests:\n- name: a\n  asset: a\n  acts: [{at: 5s, for: 1h}]\n  expect: []", `rules.yaml:10:9: acts: say what is done`},
		{"tests:\n- name: a\n  asset: a\n  acts: [{at: 5s, shelve: r}]\n  expect: []", `acts: say how long it is shelved`},
		{"tests:\n- name: a\n  asset: a\n  acts: [{at: 5s, take: r, reset: r}]\n  expect: []", `acts: an act is one thing`},
		{"tests:\n- name: a\n  asset: a\n  expect:\n  - {open: many}", `rules.yaml:11:12: expect: "many" is no count`},
		{"tests:\n- name: a\n  asset: a\n  expect:\n  - {at: 5s, by: 5s}", `rules.yaml:11:5: expect: write at (how things stand then) or by`},
		{"tests:\n- name: a\n  asset: a\n  expect:\n  - {at: 5s, bump: 1}", `write by in place of at`},
		{"tests:\n- name: a\n  asset: a\n  expect:\n  - {by: 5s, threads: 1}", `write open, bump and close with by`},
		{"tests:\n- name: a\n  asset: a\n  expect:\n  - {state: on}", `"on" is no state; write open or closed`},
		{"tests:\n- name: a\n  asset: a\n  expect:\n  - {at: 5}", `rules.yaml:11:10: expect: write a duration with its unit`},
		{"tests:\n- name: a\n  asset: a\n  expect:\n  - {opne: 5}", `unknown field "opne"`},
	} {
		file, err := rule.Parse("rules.yaml", []byte(pressRules+c[0]))
		if err == nil {
			_, err = replay.Trials([]*rule.File{file})
		}
		require.ErrorContains(t, err, c[1], c[0])
	}
}
