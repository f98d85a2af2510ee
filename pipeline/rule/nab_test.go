package rule_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// nab is where the artificial series of the Numenta Anomaly Benchmark lie,
// beside the repository.
var nab = filepath.Join("..", "..", "..", "shared", "samples", "nab")

const probation = 0.15 // of a series, in which the benchmark lets a detector learn

// reading is one line of a series.
type reading struct {
	at    time.Time
	value float64
}

func readNAB(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(nab, filepath.FromSlash(path)))
	require.NoError(t, err, "this figure is of the series of the Numenta Anomaly Benchmark: put artificialNoAnomaly, artificialWithAnomaly and windows.json in shared/samples/nab beside the repository")
	return data
}

func nabTime(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04:05", strings.TrimSuffix(s, ".000000"))
	require.NoError(t, err)
	return at
}

func series(t *testing.T, path string) []reading {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(string(readNAB(t, path)))).ReadAll()
	require.NoError(t, err)
	var list []reading
	for _, line := range lines[1:] {
		v, err := strconv.ParseFloat(line[1], 64)
		require.NoError(t, err)
		list = append(list, reading{nabTime(t, line[0]), v})
	}
	require.Len(t, list, 4032, "two weeks, one in five minutes")
	return list
}

// raised plays a series to the rules, with a tick a minute, and returns when a
// post was opened or bumped.
func raised(t *testing.T, set *rule.Set, list []reading) []rule.Effect {
	t.Helper()
	engine, asset := rule.NewEngine(set), pipeline.AssetPath("nab/signal")
	var (
		all  []rule.Effect
		seq  uint64
		tick = list[0].at
	)
	step := func(ev pipeline.Event) {
		seq++
		ev.ID, ev.Source = pipeline.EventID(fmt.Sprint(seq)), "test"
		for _, e := range engine.Step(seq, ev.Received, &ev) {
			if e.Kind == rule.Raise {
				all = append(all, e)
			}
		}
	}
	for _, r := range list {
		for ; !tick.After(r.at); tick = tick.Add(time.Minute) {
			step(pipeline.Event{Kind: pipeline.Tick, Received: tick, Attr: map[string]string{"shard": "0"}})
		}
		step(pipeline.Event{
			Asset: asset, Signal: "value", Kind: pipeline.Measure, Value: pipeline.Number(r.value), At: r.at, Received: r.at,
		})
	}
	return all
}

func driftRules(t *testing.T) *rule.Set {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "drift.yaml"))
	require.NoError(t, err)
	return compile(t, string(data))
}

func TestNABSeriesWithoutAnomalyMakeNoPost(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"art_daily_no_noise", "art_daily_perfect_square_wave", "art_daily_small_noise", "art_flatline", "art_noisy",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, e := range raised(t, driftRules(t), series(t, "artificialNoAnomaly/"+name+".csv")) {
				t.Errorf("%s at %s: %v", e.Rule, e.At, e.Values)
			}
		})
	}
}

// TestNABAnomaliesAreFound counts an anomaly as found when a post is opened or
// bumped inside its window. That a post is open already would prove nothing.
func TestNABAnomaliesAreFound(t *testing.T) {
	t.Parallel()
	var windows map[string][][2]string
	require.NoError(t, json.Unmarshal(readNAB(t, "windows.json"), &windows))
	found, labelled := 0, 0
	for path, spans := range windows {
		if !strings.HasPrefix(path, "artificialWithAnomaly/") {
			continue
		}
		labelled++
		list := series(t, path)
		from, to := nabTime(t, spans[0][0]), nabTime(t, spans[0][1])
		learned := list[int(probation*float64(len(list)))].at
		inside := false
		for _, e := range raised(t, driftRules(t), list) {
			in := !e.At.Before(from) && !e.At.After(to)
			t.Logf("%s: %s at %s, in its window: %v, %s after it begins", path, e.Rule, e.At.Format(time.DateTime), in, e.At.Sub(from))
			require.True(t, e.At.After(learned), "no post while it learns")
			require.True(t, in, "no false post either")
			inside = true
		}
		if inside {
			found++
		} else {
			t.Logf("%s: not found", path)
		}
	}
	require.Equal(t, 6, labelled)
	require.GreaterOrEqual(t, found, 5)
}
