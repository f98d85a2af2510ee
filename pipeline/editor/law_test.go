package editor_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

func TestWhatIsToldIsAlwaysPostedOrHeldWithAReason(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		e, w := editor.New(set), newWall()
		for _, s := range script(set).Draw(t, "script") {
			w.put(t, &s, s.step(e))
			w.check(t)
		}
		require.Empty(t, w.held)
		require.Empty(t, w.open)
		left := map[string]string{}
		for _, s := range e.Dirty() {
			if s.Blob != nil {
				left[s.Key] = string(s.Blob)
			}
		}
		require.Len(t, left, 1, "nothing is left but the calendar's row: %v", left)
	})
}

func TestEditsHaveIDsOfTheirOwn(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		e, seen := editor.New(set), map[string]bool{}
		for _, s := range script(set).Draw(t, "script") {
			for i, x := range s.step(e) {
				require.Equal(t, fmt.Sprintf("%d.%de", s.seq, i), x.ID)
				require.False(t, seen[x.ID])
				seen[x.ID] = true
				require.NotEmpty(t, x.Key)
				require.NotZero(t, x.Episode)
			}
		}
	})
}

func TestNoTerritoryGetsMoreThanItsContract(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		e, w := editor.New(set), newWall()
		posts := map[pipeline.AssetPath][]time.Time{}
		for _, s := range script(set).Draw(t, "script") {
			edits := s.step(e)
			for _, x := range edits {
				if _, isOpen := w.open[x.Key]; !isOpen && x.Kind == rule.Raise && x.Bump && counts(&x) {
					place := cmp.Or(x.Territory, x.Asset.Parent())
					posts[place] = append(posts[place], s.now)
				}
			}
			w.put(t, &s, edits)
		}
		for place, times := range posts {
			noise := set.Noise(place)
			for i, first := range times {
				for j, last := range times[i:] {
					require.LessOrEqual(t, j+1, noise.Burst+int(last.Sub(first)/noise.Every.Duration)+1, "%v", times)
				}
			}
		}
	})
}

// counts tells whether x may be kept waiting for budget.
func counts(x *editor.Edit) bool {
	return x.Severity != "critical" && x.Severity != "info" && x.PostKind != "flood" && x.Rule != "try"
}

func TestAPostCallsPeopleOnceInTenMinutes(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		e, called := editor.New(set), map[string]time.Time{}
		for _, s := range script(set).Draw(t, "script") {
			for _, x := range s.step(e) {
				if !x.Bump {
					continue
				}
				last, before := called[x.Key]
				require.True(t, !before || x.Kind != rule.Raise || s.now.Sub(last) >= 10*time.Minute, "%q calls people again after %s", x.Key, s.now.Sub(last))
				called[x.Key] = s.now
			}
		}
	})
}

func TestARestartAnywhereChangesNothing(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		list := script(set).Draw(t, "script")
		whole, states := editor.New(set), map[string]string{}
		again, saved := editor.New(set), map[string]string{}
		for _, s := range list {
			want := s.step(whole)
			require.Equal(t, want, s.step(again))
			save(whole, states)
			switch rapid.IntRange(0, 3).Draw(t, "then") {
			case 1:
				save(again, saved)
			case 2:
				save(again, saved)
				require.Equal(t, states, saved)
				again = editor.New(set)
				for key, blob := range saved {
					require.NoError(t, again.Restore(key, []byte(blob)))
				}
			case 3:
				again.Adopt(set)
			}
		}
		save(again, saved)
		require.Equal(t, states, saved)
	})
}

func TestOtherRulesAreTheSameAdoptedOrAfterARestart(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	other := compile(t, strings.NewReplacer(", suppressed_by: [{rule: down, where: above}]", "", "id: area", "id: zone", "every: 30s", "every: 50s").Replace(everything))
	rapid.Check(t, func(t *rapid.T) {
		list := script(set).Draw(t, "script")
		one, saved := editor.New(set), map[string]string{}
		cut := rapid.IntRange(0, len(list)-1).Draw(t, "cut")
		for _, s := range list[:cut] {
			s.step(one)
		}
		save(one, saved)
		two := editor.New(other)
		for key, blob := range saved {
			require.NoError(t, two.Restore(key, []byte(blob)))
		}
		one.Adopt(other)
		for _, s := range list[cut:] {
			require.Equal(t, s.step(one), s.step(two))
		}
	})
}

func save(e *editor.Editor, states map[string]string) {
	for _, s := range e.Dirty() {
		if states[s.Key] = string(s.Blob); s.Blob == nil {
			delete(states, s.Key)
		}
	}
}

func TestTheOrderOfEffectsInAStepDoesNotMatter(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		one, other := editor.New(set), editor.New(set)
		for _, s := range script(set).Draw(t, "script") {
			want := s.step(one)
			byKey := map[string][]rule.Effect{}
			for _, x := range s.effects {
				byKey[x.Key] = append(byKey[x.Key], x)
			}
			s.effects = nil
			for _, key := range rapid.Permutation(slices.Sorted(maps.Keys(byKey))).Draw(t, "order") {
				s.effects = append(s.effects, byKey[key]...)
			}
			require.Equal(t, want, s.step(other))
		}
	})
}

func TestTheScriptsMeetAllThatCanHappen(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	met := map[string]bool{}
	for i := range 300 {
		e := editor.New(set)
		for _, s := range script(set).Example(i) {
			for _, x := range s.step(e) {
				met[string(x.Kind)] = true
				if x.Held != nil {
					met[string(x.Kind)+" "+string(x.Held.Reason)] = true
				}
				if x.PostKind == "flood" {
					met["flood "+string(x.Kind)] = true
				}
				if x.To != "" {
					met["to "+x.To] = true
				}
			}
		}
	}
	for _, want := range []string{
		"raise", "worsen", "update", "clear", "spoil", "freshen", "unstable", "steady", "latch", "shelve", "unshelve", "retire", "escalate", "handover",
		"hold grouped", "hold suppressed", "hold shelved", "hold flood", "hold budget", "release grouped", "release suppressed", "release shelved", "release flood", "release budget",
		"flood raise", "flood worsen", "flood update", "flood clear", "to lead", "to chief", "to expert",
	} {
		require.True(t, met[want], "%s is not among %v", want, slices.Sorted(maps.Keys(met)))
	}
}

func TestAStateThatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	e := editor.New(compile(t, everything))
	require.ErrorContains(t, e.Restore("~cond\tx", []byte(`{"v":99}`)), `restore editor state "~cond\tx": version 99 is not known`)
	require.ErrorContains(t, e.Restore("~thread\tx", []byte(`{`)), "unexpected end")
	require.ErrorContains(t, e.Restore("~else\tx", []byte(`{"v":1}`)), "is no key")
	require.ErrorContains(t, e.Restore("rule", nil), "is no key")
}
