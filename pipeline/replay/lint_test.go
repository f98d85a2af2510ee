package replay_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/replay"
)

func lint(t *testing.T, documents ...string) (warnings []string) {
	t.Helper()
	var list []replay.Document
	for i, text := range documents {
		list = append(list, replay.Document{Name: fmt.Sprintf("%c.yaml", 'a'+i), Data: []byte(text)})
	}
	_, found, err := replay.Lint(list)
	require.NoError(t, err)
	for _, w := range found {
		warnings = append(warnings, w.Error())
	}
	return warnings
}

const flawless = `
rules:
- id: press-hot
  kind: limit
  signal: temperature
  match: {asset: "lyon/press-*"}
  high: 80
  deadband: 2
  unit: Cel
  on_delay: 20s
  off_delay: 30s
  topic: maintenance
  severity: minor
  owner: "@maintenance"
  question: {fr: "L'huile coule-t-elle ?", en: "Does the oil flow?"}
  expect: {posts_per_day: 2}
  title: {fr: "{asset} : {value|1} {unit}", en: "{asset}: {value|1} {unit}"}
`

func TestAFlawlessRuleHasNoWarning(t *testing.T) {
	t.Parallel()
	require.Empty(t, lint(t, flawless))
}

func TestEveryFlawIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, want string }{
		"owner":    {"  owner: \"@maintenance\"\n", "", "a.yaml:3:3: owner: nobody keeps this rule"},
		"question": {"question: {fr: \"L'huile coule-t-elle ?\", en: \"Does the oil flow?\"}", "latch: true", "a.yaml:3:3: question: the post asks nothing"},
		"deadband": {"deadband: 2", "deadband: 0.0", "a.yaml:8:13: deadband: "},
		"off":      {"off_delay: 30s", "off_delay: 0s", "a.yaml:11:14: off_delay: "},
		"on":       {"  on_delay: 20s\n", "", "a.yaml:3:3: on_delay: a single reading makes a post"},
		"unit":     {"  unit: Cel\n", "", "a.yaml:3:3: unit: "},
		"english":  {`, en: "{asset}: {value|1} {unit}"`, "", "a.yaml:17:11: title.en: write the English title too"},
		"plain":    {`{fr: "{asset} : {value|1} {unit}", en: "{asset}: {value|1} {unit}"}`, `{fr: Chaud, en: Hot}`, "a.yaml:17:15: title.fr: the title is the same whatever happens"},
		"expect":   {"  expect: {posts_per_day: 2}\n", "", "a.yaml:3:3: expect: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, flawless, c.old)
			warnings := lint(t, strings.Replace(flawless, c.old, c.new, 1))
			require.Len(t, warnings, 1)
			require.Contains(t, warnings[0], c.want)
		})
	}
}

func TestTwoRulesThatReadASignalInDifferentUnitsAreNamed(t *testing.T) {
	t.Parallel()
	other := strings.NewReplacer("press-hot", "oven-hot", "Cel", "K", "lyon/press-*", "**").Replace(flawless)
	require.Equal(t, []string{
		"b.yaml:3:1: unit: press-hot reads temperature in Cel, and this rule in K: one of them is never applied",
	}, lint(t, flawless, other))
	require.Empty(t, lint(t, flawless, strings.Replace(other, "**", "lyon/ovens/*", 1)))
}

func TestAMixOfSeveritiesThatIsTooGraveIsNamed(t *testing.T) {
	t.Parallel()
	rules := "rules:\n"
	for i := range 10 {
		one := strings.TrimPrefix(strings.Replace(flawless, "press-hot", fmt.Sprint("press-", i), 1), "\nrules:\n")
		if i < 3 {
			one = strings.Replace(one, "minor", "critical", 1)
		}
		rules += one
	}
	require.Equal(t, []string{
		"a.yaml:17:1: severity: 3 of 10 rules are critical; 1 at most keep the word's weight (80 % minor and info, 15 % major, 5 % critical)",
	}, lint(t, rules))
}

func TestWhatKeepsRulesFromRunningComesBeforeWarnings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		strings.Replace(flawless, "high", "hihg", 1):                  "a.yaml:7:3: hihg: unknown key",
		flawless + strings.TrimPrefix(flawless, "\nrules:\n"):         `"press-hot" is already the id of the rule at line 3`,
		flawless + "tests: [{name: a, asset: a, expect: x}]\n":        "expect: write a list here",
		flawless + "  suppressed_by: [{rule: nobody, where: same}]\n": `no rule has the id "nobody"`,
	} {
		_, _, err := replay.Lint([]replay.Document{{Name: "a.yaml", Data: []byte(text)}})
		require.ErrorContains(t, err, want)
	}
}
