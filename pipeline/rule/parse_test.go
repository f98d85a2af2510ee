package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/rule"
)

func TestTheExampleIsARuleFile(t *testing.T) {
	t.Parallel()
	rules, err := rule.Parse("example.yaml", rule.Example)
	require.NoError(t, err)
	_, err = rule.Compile([]*rule.File{rules})
	require.NoError(t, err)
	require.Equal(t, "filler-weight-low", rules.Rules[0].ID)
	require.Equal(t, "example.yaml", rules.Rules[0].File)
	require.Equal(t, 13, rules.Rules[0].Line)
	require.Contains(t, rules.Lateness, "line-3")
}

func TestTheExampleShowsEveryKind(t *testing.T) {
	t.Parallel()
	_, err := rule.Parse("rules.yaml", []byte("rules: [{kind: none}]"))
	_, list, ok := strings.Cut(err.Error(), "choose one of ")
	require.True(t, ok, "%v", err)
	for kind := range strings.SplitSeq(list, ", ") {
		require.Contains(t, string(rule.Example), "\n  kind: "+kind)
	}
}

const sound = `rules:
- id: weight
  kind: limit
  signal: weight
  match: {asset: "lyon/**"}
  low: 498
  high: 502
  topic: quality
  severity: major
  title: {fr: "{value}"}
`

func TestParseNamesThePlaceAndSaysWhatToDo(t *testing.T) {
	t.Parallel()
	_, err := rule.Parse("rules.yaml", []byte(sound))
	require.NoError(t, err)
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":        {"  low: 498", "  lo: 498", `rules.yaml:6:3: lo: unknown key; remove it or correct its spelling`},
		"unknown nested key": {`{fr: "{value}"}`, `{fr: x, de: y}`, `rules.yaml:10:18: title.de: unknown key`},
		"wrong type":         {"low: 498", "low: much", `rules.yaml:6:8: low: write a number here`},
		"mapping wanted":     {`{fr: "{value}"}`, "x", `rules.yaml:10:10: title: `},
		"duration":           {"  high: 502", "  high: 502\n  on_delay: 10", `rules.yaml:8:13: on_delay: write a duration with its unit`},
		"negative duration":  {"  high: 502", "  high: 502\n  off_delay: -10s", `rules.yaml:8:14: off_delay: a delay cannot be negative`},
		"kind":               {"limit", "limits", `rules.yaml:3:9: kind: "limits" is no kind; choose one of limit, state, silence, `},
		"no kind":            {"  kind: limit\n", "", `rules.yaml:2:3: kind: choose a kind: limit, state`},
		"no id":              {"id: weight", "id: ''", `rules.yaml:2:7: id: give the rule a stable id`},
		"id":                 {"id: weight", "id: Weight low", `rules.yaml:2:7: id: give the rule a stable id`},
		"topic":              {"topic: quality", "topic: weight", `rules.yaml:8:10: topic: "weight" is no topic; choose one of quality, speed, stop, maintenance, safety, stock, sales, idea`},
		"severity":           {"  severity: major\n", "", `rules.yaml:2:3: severity: choose a severity: critical, major, minor, info`},
		"no signal":          {"  signal: weight\n", "", `rules.yaml:2:3: signal: name the signal`},
		"no match":           {"  match: {asset: \"lyon/**\"}\n", "", `match.asset: say which assets`},
		"glob":               {"lyon/**", "lyon/li**", `rules.yaml:5:18: match.asset: "**" must stand alone`},
		"empty segment":      {"lyon/**", "lyon//x", `match.asset: the path has an empty segment`},
		"low and high":       {"low: 498", "low: 502", `rules.yaml:6:8: low: low must be less than high`},
		"deadband":           {"  high: 502", "  high: 502\n  deadband: 2.5", `rules.yaml:8:13: deadband: is so wide`},
		"nan":                {"low: 498", "low: .nan", `low: write a finite number`},
		"no French":          {`fr: "{value}"`, `en: x`, `title.fr: write the French title`},
		"unknown value":      {"{value}", "{valeur|1}", `rules.yaml:10:15: title.fr: nothing fills {valeur}; use asset, signal, unit, since_min, value, limit`},
		"territory":          {"  high: 502", "  high: 502\n  territory: \"{line}\"", `territory: nothing fills {line}; use asset, parent or attr.NAME`},
		"syntax":             {`{asset: "lyon/**"}`, `{asset: "lyon/**"`, `rules.yaml:6:3: `},
		"no colon":           {"- id: weight", "- id weight", `rules.yaml:2:3: a colon is missing after a key; write key: value, such as id: weight-low`},
		"no colon further":   {"  kind: limit", "  kind limit", `rules.yaml:3:3: a colon is missing after a key`},
		"key twice":          {"  high: 502", "  high: 502\n  high: 503", `rules.yaml:8:3: `},
		"flap":               {"  high: 502", "  high: 502\n  flap: {start: 1}", `flap: start is 2 to 16 changes`},
		"only_when":          {"  high: 502", "  high: 502\n  only_when: {signal: state}", `rules.yaml:8:15: only_when: name the signal and the values`},
		"severity_after":     {"  high: 502", "  high: 502\n  severity_after: {10m: minor}", `severity_after: minor after 10m0s does not rise above major`},
		"where":              {"  high: 502", "  high: 502\n  where: now() > 1", `rules.yaml:8:10: where: a function such as now()`},
		"max_keys":           {"  high: 502", "  high: 502\n  max_keys: -1", `rules.yaml:8:13: max_keys: write how many keys`},
		"shelve":             {"  high: 502", "  high: 502\n  shelve: {max: 0s}", `shelve.max: write for how long`},
		"other top key":      {"rules:", "rule:", `rules.yaml:1:1: rule: unknown key; a rule file is`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, sound, c.old)
			_, err := rule.Parse("rules.yaml", []byte(strings.Replace(sound, c.old, c.new, 1)))
			require.ErrorContains(t, err, c.want)
			var e *rule.Error
			require.ErrorAs(t, err, &e)
			require.NotZero(t, e.Line)
		})
	}
}

func TestKindsNameWhatTheyLack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ rule, want string }{
		"state":   {"kind: state, signal: s", "equals: list the states"},
		"silence": {"kind: silence, on_delay: 1s, stale_after: 1s", "expect_every: say how often"},
		"mover":   {"kind: mover, signal: s, window: 15m, factor: 1, min: 6", "factor: write a number above 1"},
		"window":  {"kind: mover, signal: s, factor: 2, min: 6", "window: write a window"},
		"stock":   {"kind: stock, signal: s", "titles.stock_out.fr: write the French title"},
		"limit":   {"kind: limit, signal: s", "low: give low, high or both"},
		"worse":   {"kind: limit, signal: s, high: 5, high_high: 4", "high_high: give high too, and a high_high that is greater"},
		"worst":   {"kind: limit, signal: s, high: 5, high_high: 6, worst: info", "worst: the severity beyond low_low or high_high, info, must rise"},
		"no hh":   {"kind: limit, signal: s, high: 5, worst: major", "worst: is the severity beyond low_low or high_high"},
		"count":   {"kind: count, signal: s, times: 1", "times: write how many events"},
		"counted": {"kind: count, signal: s, times: 3", "window: say within what time"},
		"of":      {"kind: ratio, signal: s", "of: name the signal of the whole"},
		"above":   {"kind: ratio, signal: s, of: o, window: 30m, above: 2", "above: write the limit as a part of one"},
		"sure":    {"kind: ratio, signal: s, of: o, window: 30m, above: .02, confidence: 1", "confidence: write a confidence of 80 to"},
		"then":    {"kind: sequence, signal: s, equals: [a]", "then: say what must follow"},
		"own":     {"kind: sequence, signal: s, equals: [a], then: {signal: s, equals: [b], within: 5s}", "then.signal: is the rule's own signal"},
		"open":    {"kind: nosale, signal: s", "open: say when people can buy"},
		"hours":   {`kind: nosale, signal: s, open: {hours: "8-25", zone: Europe/Paris}`, `open: "8" is no hour`},
		"zone":    {`kind: silence, expect_by: {at: "06:30"}`, "expect_by: name the time zone"},
		"nested":  {`kind: silence, expect_by: {hour: "06:30"}`, "expect_by.hour: unknown key"},
		"both":    {`kind: silence, expect_every: 5s, expect_by: {at: "06:30", zone: UTC}`, "expect_by: give expect_every or expect_by"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := rule.Parse("r.yaml", []byte("rules: [{id: r, topic: stop, severity: info, match: {asset: a}, title: {fr: x}, "+c.rule+"}]"))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestAPaceNamesWhatItLacks(t *testing.T) {
	t.Parallel()
	const titles = "titles: {slow: {fr: x}, minor: {fr: x}, stop: {fr: x}}"
	for name, c := range map[string]struct{ rule, want string }{
		"titles": {"ideal_cycle: 1s", "titles.minor.fr: write the French title"},
		"cycle":  {titles, "ideal_cycle: write how long one part takes"},
		"minor":  {"ideal_cycle: 1m, " + titles, "minor_stop: must be at least two ideal cycles"},
		"stop":   {"ideal_cycle: 1s, stop: 20s, " + titles, "stop: must be longer than minor_stop"},
		"window": {"ideal_cycle: 1s, window: 20s, " + titles, "window: must be at least 10s"},
		"slow":   {"ideal_cycle: 1s, slow: 85, " + titles, "slow: write the performance"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := rule.Parse("r.yaml", []byte("rules: [{id: r, topic: speed, severity: info, match: {asset: a}, kind: pace, signal: s, "+c.rule+"}]"))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestEveryFaultOfAFileIsTold(t *testing.T) {
	t.Parallel()
	twice := sound + strings.TrimPrefix(strings.Replace(sound, "498", "600", 1), "rules:\n")
	_, err := rule.Parse("rules.yaml", []byte(twice))
	require.ErrorContains(t, err, "rules.yaml:15:8: low: low must be less than high")
	require.ErrorContains(t, err, `rules.yaml:11:7: id: "weight" is already the id of the rule at line 2; ids are unique`)
}

func TestCompileRefusesOneIDInTwoFiles(t *testing.T) {
	t.Parallel()
	first, err := rule.Parse("a.yaml", []byte(sound))
	require.NoError(t, err)
	second, err := rule.Parse("b.yaml", []byte(sound))
	require.NoError(t, err)
	_, err = rule.Compile([]*rule.File{first, second})
	require.EqualError(t, err, `b.yaml:2:1: id: "weight" is already the id of the rule at a.yaml:2; ids are unique`)
	_, err = rule.Compile([]*rule.File{{Rules: []rule.Rule{{ID: "by-hand"}}}})
	require.ErrorContains(t, err, `rule "by-hand" was not made by Parse`)
	_, err = rule.Compile([]*rule.File{first}, rule.WithShards(0))
	require.ErrorContains(t, err, "at least 1")
}

func FuzzParse(f *testing.F) {
	f.Add(rule.Example)
	f.Add([]byte(sound))
	f.Add([]byte("rules: [{kind: stock, titles: {phantom: {fr: '{'}}}]"))
	f.Add([]byte("rules:\n- &a {kind: mover}\n- <<: *a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, err := rule.Parse("f.yaml", data)
		if err != nil {
			var e *rule.Error
			require.ErrorAs(t, err, &e)
			require.True(t, strings.HasPrefix(err.Error(), "f.yaml:"), "%v", err)
			return
		}
		if _, err = rule.Compile([]*rule.File{rules}); err != nil { // names of rules that are not there
			var e *rule.Error
			require.ErrorAs(t, err, &e)
		}
	})
}
