package pack_test

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/pack"
	"github.com/fildefer/fildefer/pipeline/replay"
)

// nab is where the artificial series of the Numenta Anomaly Benchmark lie,
// beside the repository.
var nab = filepath.Join("..", "..", "..", "shared", "samples", "nab")

const (
	series    = 14 * 24 * time.Hour
	probation = 0.15 // of a series, in which the benchmark lets a detector learn
)

// unknown replays a series with the rules for signals of which nothing is known,
// as they ship: their numbers were fixed before any of these series was seen.
func unknown(t *testing.T, path string, labels ...replay.Label) *replay.Report {
	t.Helper()
	p, err := pack.Find("unknown-signals")
	require.NoError(t, err)
	set, err := replay.Compile([]replay.Document{document(p)})
	require.NoError(t, err)
	name := filepath.Join(nab, filepath.FromSlash(path))
	require.FileExists(t, name, "this figure is of the series of the Numenta Anomaly Benchmark: put artificialNoAnomaly, artificialWithAnomaly and windows.json in shared/samples/nab beside the repository")
	file := replay.File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
	source := replay.CSV(file, replay.Table{Asset: "nab/signal", Signal: "value"}, true)
	report, err := replay.Run(t.Context(), set, source, replay.Options{Labels: labels})
	require.NoError(t, err)
	require.EqualValues(t, 4032, report.Events, "two weeks, one in five minutes")
	return report
}

func TestNABSeriesWithoutAnomalyMakeNoPost(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"art_daily_no_noise", "art_daily_perfect_square_wave", "art_daily_small_noise", "art_flatline", "art_noisy",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Empty(t, unknown(t, "artificialNoAnomaly/"+name+".csv").Openings)
		})
	}
}

// TestNABAnomaliesAreFound counts an anomaly as found when a post is opened or
// bumped inside its window. That a post is open already would prove nothing.
func TestNABAnomaliesAreFound(t *testing.T) {
	t.Parallel()
	found, labelled := 0, 0
	for path, l := range windows(t) {
		labelled++
		report := unknown(t, path, l)
		for _, o := range report.Openings {
			t.Logf("%s: %s at %s, %s after its window begins", path, o.Rule, o.At.Format(time.DateTime), o.At.Sub(l.From))
			require.True(t, o.At.After(report.From.Add(time.Duration(probation*float64(series)))), "no post while it learns")
		}
		require.Zero(t, report.FalseOpens, "no false post either")
		if report.Detections[0].Found {
			found++
		} else {
			t.Logf("%s: not found", path)
		}
	}
	require.Equal(t, 6, labelled)
	require.GreaterOrEqual(t, found, 5)
}

// windows are the labels of the series that have an anomaly, by their path.
func windows(t *testing.T) map[string]replay.Label {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(nab, "windows.json"))
	require.NoError(t, err)
	var spans map[string][][2]string
	require.NoError(t, json.Unmarshal(data, &spans))
	labels := map[string]replay.Label{}
	for path, list := range spans {
		if !strings.HasPrefix(path, "artificialWithAnomaly/") {
			continue
		}
		l := replay.Label{Asset: "nab/signal"}
		for i, at := range []*time.Time{&l.From, &l.To} {
			*at, err = time.Parse("2006-01-02 15:04:05", strings.TrimSuffix(list[0][i], ".000000"))
			require.NoError(t, err)
		}
		labels[path] = l
	}
	return labels
}
