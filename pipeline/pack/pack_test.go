package pack_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/pack"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// document is a pack as a user would read it.
func document(p pack.Pack) replay.Document {
	return replay.Document{Name: p.Name + ".yaml", Data: p.Text}
}

func TestEachPackIsWithoutFaultAndWarning(t *testing.T) {
	t.Parallel()
	for _, p := range pack.All() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			_, warnings, err := replay.Lint([]replay.Document{document(p)})
			require.NoError(t, err)
			require.Empty(t, warnings)
		})
	}
}

func TestEachPackPassesItsOwnTests(t *testing.T) {
	t.Parallel()
	for _, p := range pack.All() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			files, err := replay.ParseFiles([]replay.Document{document(p)})
			require.NoError(t, err)
			set, err := rule.Compile(files)
			require.NoError(t, err)
			trials, err := replay.Trials(files)
			require.NoError(t, err)
			for _, trial := range trials {
				outcome, err := trial.Play(set)
				require.NoError(t, err)
				require.True(t, outcome.Passed(), "%s:\n%s\n%s", trial.Name, strings.Join(outcome.Wrong, "\n"), strings.Join(outcome.Timeline, "\n"))
			}
		})
	}
}

// TestEachRuleIsSpokenOfInATest reads the tests as text: one that looks at no
// rule in particular does not count.
func TestEachRuleIsSpokenOfInATest(t *testing.T) {
	t.Parallel()
	for _, p := range pack.All() {
		f, err := rule.Parse(p.Name, p.Text)
		require.NoError(t, err)
		_, tests, found := strings.Cut(string(p.Text), "\ntests:\n")
		require.True(t, found, p.Name)
		for _, r := range f.Rules {
			require.Regexp(t, `rule: `+regexp.QuoteMeta(r.ID)+`\b`, tests, p.Name)
		}
	}
}

func TestEachRuleIsKeptAnsweredAndSaidInBothLanguages(t *testing.T) {
	t.Parallel()
	told := []string{"production", "goodnews"} // nobody has to answer what was made
	for _, p := range pack.All() {
		f, err := rule.Parse(p.Name, p.Text)
		require.NoError(t, err)
		for _, r := range f.Rules {
			require.NotEmpty(t, r.Owner, r.ID)
			if slices.Contains(told, r.KindName) {
				continue
			}
			require.NotZero(t, r.Expect.PostsPerDay, r.ID)
			require.True(t, r.Question.FR != "" && r.Question.EN != "", r.ID)
			for _, text := range append(slices.Clone(r.Causes), r.Actions...) {
				require.True(t, text.FR != "" && text.EN != "", r.ID)
			}
		}
	}
}

// TestEveryKindIsAtWorkInAPack compares with the reference of all kinds.
func TestEveryKindIsAtWorkInAPack(t *testing.T) {
	t.Parallel()
	kinds := func(name string, text []byte) []string {
		f, err := rule.Parse(name, text)
		require.NoError(t, err)
		var list []string
		for _, r := range f.Rules {
			list = append(list, r.KindName)
		}
		return list
	}
	var shown []string
	for _, p := range pack.All() {
		shown = append(shown, kinds(p.Name, p.Text)...)
	}
	for _, kind := range kinds("example.yaml", rule.Example) {
		require.Contains(t, shown, kind)
	}
}

func TestThePacksRunBesideEachOther(t *testing.T) {
	t.Parallel()
	var all []replay.Document
	for _, p := range pack.All() {
		all = append(all, document(p))
	}
	_, err := replay.Compile(all)
	require.NoError(t, err)
}

func TestAPackIsFoundByItsName(t *testing.T) {
	t.Parallel()
	p, err := pack.Find("press")
	require.NoError(t, err)
	require.Equal(t, "A press shop: tonnage, oil, stroke time, part dimensions, stops, the alarms that presses raise themselves, and what each made of its shift", p.About)
	_, err = pack.Find("pres")
	require.EqualError(t, err, `there is no pack "pres"; choose one of bottling, press, supermarket, unknown-signals`)
}
