package rule_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

func TestToAdoptTheSameRulesChangesNothing(t *testing.T) {
	t.Parallel()
	set, same := compile(t, choosy), compileAgain(t, choosy)
	rapid.Check(t, func(t *rapid.T) {
		list := streams(true).Draw(t, "stream")
		engine, states := rule.NewEngine(set), map[string]string{}
		want := run(engine, list)
		save(engine, states)

		var got []rule.Effect
		again, saved := rule.NewEngine(set), map[string]string{}
		pause := pauses(t, len(list))
		for i, e := range list {
			got = append(got, run(again, []entry{e})...)
			if !pause[i] {
				continue
			}
			if rapid.Bool().Draw(t, "save") {
				save(again, saved)
			}
			again.Adopt(same[i%2])
		}
		save(again, saved)
		require.Equal(t, want, got)
		require.Equal(t, states, saved)
	})
}

// compileAgain gives the same rules as other values, twice, so that each can
// follow the other.
func compileAgain(t *testing.T, yaml string) [2]*rule.Set {
	t.Helper()
	return [2]*rule.Set{compile(t, "\n\n"+yaml), compile(t, "\n"+yaml)}
}

// edited is choosy with rules removed, added, and changed in all ways.
func edited() string {
	return strings.NewReplacer(
		"lateness: {slow: 5s}", "lateness: {two: 3s, slow: 1s}",
		"high: 20, deadband: 2", "high: 16, deadband: 1",
		`{id: at-once, kind: limit, signal: weight, match: {asset: "a/*", source: one}`, `{id: at-once, kind: limit, signal: weight, match: {asset: "a/x"}`,
		"equals: [stopped, fault]", "equals: [running]",
		"{id: mute, kind: silence, match", "{id: other, kind: silence, match",
		`kind: limit, signal: stock, match: {asset: "**"}, key: sku`, `kind: limit, signal: stock, match: {asset: "**"}, key: lot`,
		`only_when: {signal: state, equals: [Running], settle: 3s}`, `only_when: {signal: mode, equals: [auto]}`,
		`only_when: {signal: state, equals: [running]},
   topic`, `topic`,
		`{id: latch, kind: limit, signal: weight, match: {asset: "**"}, high: 18`, `{id: latch, kind: state, signal: weight, match: {asset: "**"}, equals: ["9"]`,
	).Replace(choosy)
}

func TestToAdoptOtherRulesIsToStartAgainWithThem(t *testing.T) {
	t.Parallel()
	placed := strings.ReplaceAll(choosy, "key: sku,", `key: sku, territory: "{asset}/{attr.sku}",`)
	for name, pair := range map[string][2]*rule.Set{
		"edited":                    {compile(t, choosy), compile(t, edited())},
		"narrowed":                  {compile(t, placed), narrowed(t, placed, noRules, "a")},
		"narrowed to other places":  {narrowed(t, placed, noRules, "a", "b/x"), narrowed(t, placed, noRules, "a/y", "b", "a/x/1")},
		"taken out of use":          {narrowed(t, placed, heavyAtOnce, "a", "b"), compile(t, heavyAtOnce)},
		"beside rules of the house": {narrowed(t, placed, noRules, "a", "b"), narrowed(t, placed, heavyAtOnce, "a", "b")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) { adoptsAsARestartWould(t, pair[0], pair[1]) })
		})
	}
}

func adoptsAsARestartWould(t *rapid.T, old, other *rule.Set) {
	list := streams(true).Draw(t, "stream")
	at := rapid.IntRange(0, len(list)).Draw(t, "at")
	before, states := rule.NewEngine(old), map[string]string{}
	run(before, list[:at])
	save(before, states)
	restarted, saved := rule.NewEngine(other), maps.Clone(states)
	for key, blob := range states {
		require.NoError(t, restarted.Restore(key, []byte(blob)))
	}
	want := run(restarted, list[at:])
	save(restarted, saved)

	living, kept := rule.NewEngine(old), map[string]string{}
	run(living, list[:at])
	if rapid.Bool().Draw(t, "saved before") {
		save(living, kept)
	}
	living.Adopt(other)
	if rapid.Bool().Draw(t, "saved after") {
		save(living, kept)
	}
	got := run(living, list[at:])
	save(living, kept)
	require.Equal(t, want, got)
	require.Equal(t, saved, kept)
}

func TestAPostWhoseRuleIsTakenAwayIsRetiredAtTheNextStep(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	p.number(0, 490)
	require.Equal(t, "raise 490", brief(p.tick(10, filler)))
	p.engine.Adopt(compile(t, strings.Replace(weightLow, "low: 498", "low: 480", 1)))
	require.Empty(t, p.number(11, 490), "the new limit counts from the next event on")
	require.Equal(t, "clear 490", brief(p.tick(31, filler)))
	p.number(32, 470)
	require.Equal(t, "raise 470", brief(p.tick(42, filler)))
	p.engine.Adopt(compile(t, heavyAtOnce))
	effects := p.step(at(43, "weight", pipeline.Number(501)))
	require.Equal(t, "retire 470, raise 501", brief(effects))
	require.Equal(t, "weight-low", effects[0].Rule)
}

func TestThePostOfARuleThatIsForOtherEyesIsRetired(t *testing.T) {
	t.Parallel()
	shaded := func(author string) string {
		return strings.Replace(heavyAtOnce, "id: heavy,", "id: heavy, shadow: {author: "+author+"},", 1)
	}
	for name, to := range map[string][2]string{
		"into shadow":         {heavyAtOnce, shaded("zoe")},
		"out of it":           {shaded("zoe"), heavyAtOnce},
		"from one to another": {shaded("zoe"), shaded("ali")},
	} {
		p := play(t, to[0])
		require.Equal(t, "raise 501", p.number(0, 501), name)
		p.engine.Adopt(compile(t, to[1]))
		effects := p.step(at(5, "weight", pipeline.Number(502)))
		require.Equal(t, "retire 501, raise 502", brief(effects), name)
		require.Greater(t, effects[1].Episode, effects[0].Episode, name)
		p.engine.Adopt(compile(t, to[1]+"\n"))
		require.Equal(t, "update 503", p.number(9, 503), "%s: it stays where it is", name)
	}
}
