package rule_test

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// day is a stream of several sources that may each be four seconds late, a tick
// a second, and people.
func dayOf() []entry {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	var list []entry
	for second := range 900 {
		now := start.Add(time.Duration(second) * time.Second)
		list = append(list, ticks(0, now)...)
		for i := range 8 {
			when := now.Add(time.Duration(i*120) * time.Millisecond)
			ev := pipeline.Event{
				ID: pipeline.EventID(fmt.Sprintf("e%d-%d", second, i)), Source: pick("one", "two", "slow"), Kind: pipeline.Measure,
				Asset: pipeline.AssetPath(pick("a/x", "a/y", "b/x", "b/y/z", "c")), At: when, Received: when,
				Attr: map[string]string{"sku": pick("s1", "s2", "s3")},
			}
			switch ev.Signal = pick("weight", "weight", "weight", "state", "stock", "shelf", "sales"); ev.Signal {
			case "weight":
				ev.Value = pipeline.Number(float64(8 + random.IntN(15)))
			case "state":
				ev.Value = pipeline.Text(pick("running", "running", "stopped"))
			case "shelf":
				ev.Value = pipeline.Text(pick("empty", "filled"))
			default:
				ev.Value = pipeline.Number(float64(random.IntN(5)))
			}
			if random.IntN(40) == 0 {
				ev = pipeline.Act{
					Kind:  pipeline.ActKind(pick("shelve", "unshelve", "out-of-service", "in-service", "reset", "reset")),
					Asset: ev.Asset, Key: pick("weight", "latch", "at-once") + "\t" + string(ev.Asset) + "\t",
					Until: when.Add(time.Minute), OneShot: random.IntN(2) == 0,
				}.Event(ev.ID, when)
			}
			list = append(list, entry{0, ev})
		}
	}
	for second := 900; second < 910; second++ { // in which all that waits is met
		list = append(list, ticks(0, start.Add(time.Duration(second)*time.Second))...)
	}
	return numbered(list)
}

func numbered(list []entry) []entry {
	for i := range list {
		list[i].seq = uint64(i + 1)
	}
	return list
}

// shuffled lets each event of a source come up to four seconds later.
func shuffled(list []entry) []entry {
	random := rand.New(rand.NewPCG(3, 4))
	type late struct {
		entry
		comes time.Time
	}
	var all []late
	for _, e := range list {
		l := late{e, e.ev.Received}
		if e.ev.Kind == pipeline.Measure {
			l.comes = l.comes.Add(time.Duration(random.IntN(4000)) * time.Millisecond)
		}
		all = append(all, l)
	}
	slices.SortStableFunc(all, func(a, b late) int { return a.comes.Compare(b.comes) })
	out := make([]entry, len(all))
	for i, l := range all {
		out[i] = l.entry
	}
	return numbered(out)
}

// decide steps list in batches and stops and starts again before each of the
// given places, as often as it is listed. It returns the effects, without their
// ids, and a hash of the states but those of the clocks.
func decide(t *testing.T, set *rule.Set, list []entry, batch int, kills []int) ([]rule.Effect, [32]byte) {
	t.Helper()
	engine, states := rule.NewEngine(set), map[string]string{}
	var all []rule.Effect
	for done := 0; done < len(list); {
		end := min(done+batch, len(list))
		if len(kills) > 0 && kills[0] < end {
			run(engine, list[done:max(done, kills[0])]) // is lost
			engine, kills = rule.NewEngine(set), kills[1:]
			for key, blob := range states {
				require.NoError(t, engine.Restore(key, []byte(blob)))
			}
			continue
		}
		all = append(all, run(engine, list[done:end])...)
		save(engine, states)
		done = end
	}
	for i := range all {
		all[i].ID = ""
	}
	hash := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(states)) {
		if _, err := strconv.Atoi(key); err != nil {
			fmt.Fprintf(hash, "%q %s\n", key, states[key])
		}
	}
	return all, [32]byte(hash.Sum(nil))
}

func TestNothingButTheStreamDecides(t *testing.T) {
	t.Parallel()
	late := strings.Replace(choosy, "{slow: 5s}", "{one: 5s, two: 5s, slow: 5s}", 1)
	list := dayOf()
	want, hash := decide(t, compile(t, late), list, 500, nil)
	kinds := map[rule.EffectKind]int{}
	for _, e := range want {
		kinds[e.Kind]++
	}
	for _, kind := range []rule.EffectKind{rule.Raise, rule.Worsen, rule.Update, rule.Clear, rule.Unstable, rule.Latch, rule.Shelve, rule.Unshelve} {
		require.NotZero(t, kinds[kind], "%s is not among %v", kind, kinds)
	}
	random := rand.New(rand.NewPCG(5, 6))
	var kills []int
	for range 200 {
		kills = append(kills, random.IntN(len(list)))
	}
	slices.SortFunc(kills, cmp.Compare[int])
	for name, c := range map[string]struct {
		shards, batch int
		list          []entry
		kills         []int
	}{
		"batches of one":     {16, 1, list, nil},
		"one shard":          {1, 500, list, nil},
		"four shards":        {4, 500, list, nil},
		"shuffled":           {16, 500, shuffled(list), nil},
		"killed":             {16, 500, list, kills},
		"shuffled, killed":   {4, 37, shuffled(list), kills},
		"killed, one a time": {1, 1, list, kills},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, same := decide(t, compile(t, late, rule.WithShards(c.shards)), c.list, c.batch, c.kills)
			require.Len(t, got, len(want))
			for i := range want {
				require.Equal(t, want[i], got[i])
			}
			require.Equal(t, hash, same)
		})
	}
}
