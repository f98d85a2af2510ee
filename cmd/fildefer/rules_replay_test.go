package main_test

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what was said with a file under testdata/replay.
func golden(t *testing.T, name, said string) {
	t.Helper()
	file := filepath.Join("testdata", "replay", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(said), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), said)
}

// recording writes an hour of two presses, a reading of each every 5 s, as
// events and as a table of the first. Press 1 is hot from minute 10 to 20 and
// hotter from minute 40 to 45; press 2 says nothing from minute 50 on.
func recording(t *testing.T) (events, table string) {
	t.Helper()
	dir, start := t.TempDir(), time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)
	events, table = filepath.Join(dir, "hour.ndjson.gz"), filepath.Join(dir, "press-1.csv")
	var rows strings.Builder
	rows.WriteString("timestamp,value\n")
	f, err := os.Create(events)
	require.NoError(t, err)
	packed := gzip.NewWriter(f)
	for s := 0; s < 3600; s += 5 {
		at := start.Add(time.Duration(s) * time.Second)
		value := 70.0
		if s >= 600 && s < 1200 {
			value = 85
		} else if s >= 2400 && s < 2700 {
			value = 95
		}
		fmt.Fprintf(&rows, "%s,%g\n", at.Format(time.DateTime), value)
		for n, v := range []float64{value, 60} {
			if n == 1 && s >= 3000 {
				continue
			}
			ev := pipeline.Event{
				ID: pipeline.EventID(fmt.Sprint(n, ":", s)), Source: "line-3", Kind: pipeline.Measure, Signal: "temperature", Unit: "Cel",
				Asset: pipeline.AssetPath(fmt.Sprint("lyon/stamping/press-", n+1)), Value: pipeline.Number(v), At: at, Received: at,
			}
			_, err := packed.Write(append(pipeline.Append(nil, &ev), '\n'))
			require.NoError(t, err)
		}
	}
	_, err = io.WriteString(packed, "what is this\n")
	require.NoError(t, err)
	require.NoError(t, packed.Close())
	require.NoError(t, f.Close())
	require.NoError(t, os.WriteFile(table, []byte(rows.String()), 0o600))
	return events, table
}

func TestRulesAreTriedOnARecording(t *testing.T) {
	t.Parallel()
	events, table := recording(t)
	rules, old := filepath.Join("testdata", "replay", "new.yaml"), filepath.Join("testdata", "replay", "old.yaml")
	labels := filepath.Join("testdata", "replay", "labels.yaml")
	said, progress, err := command(t, "rules", "replay", "--input", events, "--rules", rules, "--against", old, "--labels", labels)
	require.NoError(t, err, progress)
	require.Empty(t, progress) // this is no terminal
	golden(t, "diff.txt", strings.ReplaceAll(said, events, "hour.ndjson.gz"))

	said, _, err = command(t, "rules", "replay", "--input", table, "--asset", "lyon/stamping/press-1", "--signal", "temperature", "--rules", rules,
		"--from", "2026-01-05T06:30:00Z", "--to", "2026-01-05T07:00:00Z")
	require.NoError(t, err)
	golden(t, "table.txt", said)

	_, said, err = command(t, "rules", "replay", "--input", events, "--rules", rules, "--strict")
	require.Error(t, err)
	require.Contains(t, said, "hour.ndjson.gz:1321: decode event")
}

func TestWhatAReplayLacksIsSaidInOneSentence(t *testing.T) {
	t.Parallel()
	events, _ := recording(t)
	rules := filepath.Join("testdata", "replay", "new.yaml")
	for want, args := range map[string][]string{
		"say what is replayed: --config FILE":          {"--rules", rules},
		"say which rules are tried: --rules FILE":      {"--input", events},
		`--from: "yesterday" is no time; write`:        {"--input", events, "--rules", rules, "--from", "yesterday"},
		`new.yaml: ".yaml" tells neither events`:       {"--input", rules, "--rules", rules},
		"a recording has no configuration":             {"--input", events, "--rules", rules, "--current"},
		"old.yaml: label":                              {"--input", events, "--rules", rules, "--labels", brokenLabels(t)},
		"press-1.csv:1: no column says which asset":    {"--input", second(recording(t)), "--rules", rules},
		`--zone: "Mars" is no time zone; write one`:    {"--input", second(recording(t)), "--rules", rules, "--zone", "Mars"},
		"there is no such file; README.md shows one t": {"--config", filepath.Join(t.TempDir(), "x.yaml")},
	} {
		_, said, err := command(t, append([]string{"rules", "replay"}, args...)...)
		require.Error(t, err)
		require.Contains(t, said, want)
		require.Equal(t, 1, strings.Count(said, "\n"), "%s", said)
	}
}

func second(_, s string) string { return s }

func brokenLabels(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "old.yaml")
	require.NoError(t, os.WriteFile(file, []byte("labels: [{asset: a}]"), 0o600))
	return file
}

func TestRulesAreTestedAndLinted(t *testing.T) {
	t.Parallel()
	rules := filepath.Join("testdata", "replay", "new.yaml")
	said, _, err := command(t, "rules", "test", rules)
	require.NoError(t, err)
	require.Regexp(t, `(?s)^ok    a short spike makes no post\nok    heat that lasts is posted once\n2 tests in 1 file: 2 ok, 0 failed \(\d+ms\)\n$`, said)
	said, _, err = command(t, "rules", "lint", "--strict", rules)
	require.NoError(t, err)
	require.Equal(t, "2 rules in 1 file: no fault\n", said)

	text, err := os.ReadFile(rules)
	require.NoError(t, err)
	broken := filepath.Join(t.TempDir(), "rules.yaml")
	poor := strings.NewReplacer("on_delay: 20s", "on_delay: 0s", "  owner: \"@maintenance\"\n", "").Replace(string(text))
	require.NoError(t, os.WriteFile(broken, []byte(poor), 0o600))
	said, complaint, err := command(t, "rules", "test", broken)
	require.ErrorContains(t, err, "exit status 1")
	require.Contains(t, complaint, "1 test failed")
	require.Contains(t, said, "FAIL  a short spike makes no post ("+broken+":31)\n      line 31: in all, threads is 1, expected 0\n      what happened:\n           50s  open ")

	said, _, err = command(t, "rules", "lint", broken)
	require.NoError(t, err)
	require.Contains(t, said, broken+":10:13: on_delay: a single reading makes a post")
	require.Contains(t, said, "2 rules in 1 file: no fault, 3 warnings\n")
	_, complaint, err = command(t, "rules", "lint", "--strict", broken)
	require.ErrorContains(t, err, "exit status 1")
	require.Contains(t, complaint, "there are warnings")
}

func TestFilesThatProveNothingFail(t *testing.T) {
	t.Parallel()
	rules, holes := filepath.Join("testdata", "replay", "old.yaml"), filepath.Join(t.TempDir(), "holes.csv")
	_, said, err := command(t, "rules", "test", rules)
	require.ErrorContains(t, err, "exit status 1")
	require.Contains(t, said, "no tests in ")
	require.Contains(t, said, rules+"; write some under tests")

	replayed := []string{"rules", "replay", "--input", holes, "--asset", "lyon/filler", "--signal", "temperature", "--rules", rules}
	require.NoError(t, os.WriteFile(holes, []byte("timestamp,value\n1767592800,500\n1767592801,\n1767592802,abc\n1767592803,x\n"), 0o600))
	said, _, err = command(t, replayed...)
	require.NoError(t, err)
	require.Contains(t, said, "3 lines were passed over:\n  "+holes+":3: \"\" is no value; write one or remove the line\n  "+holes+":4: \"abc\" is no number")
	_, said, err = command(t, append(replayed, "--strict")...)
	require.ErrorContains(t, err, "exit status 1")
	require.Contains(t, said, "holes.csv:3: \"\" is no value")

	require.NoError(t, os.WriteFile(holes, []byte("timestamp,value\n1767592801,\n"), 0o600))
	said, complaint, err := command(t, replayed...)
	require.ErrorContains(t, err, "exit status 1")
	require.Empty(t, said)
	require.Contains(t, complaint, "no line of the recording could be read: "+holes+":2: ")
	require.Equal(t, 1, strings.Count(complaint, "\n"))
}

// TestTheStreamIsReplayedWhetherItIsServedOrNot asks the running program, which
// holds the stream, and then reads the stream that nobody holds.
func TestTheStreamIsReplayedWhetherItIsServedOrNot(t *testing.T) {
	t.Parallel()
	broker := mosquitto(t)
	in := install(t, fmt.Sprintf(letterConfig, freePort(t), broker, ""), map[string]string{"rules.yaml": letterRules, "erp/.keep": ""})
	in.member(t, "karim", "Karim", "manager@plant")
	in.serve(t)
	publish := publisher(t, broker, "machines")
	person := in.signIn(t, "karim")
	require.Eventually(t, func() bool { // until the source listens
		require.NoError(t, publish("plant/oven", `{"temp": 95}`))
		all, err := person.feed(t.Context(), "kind=alert")
		return err == nil && len(all) > 0
	}, time.Minute, 50*time.Millisecond)
	for n := range 3 {
		require.NoError(t, publish(fmt.Sprint("plant/press-", n), fmt.Sprintf(`{"temp": %d}`, 85+n)))
	}
	person.assets(t, 4)
	stricter := filepath.Join(in.dir, "stricter.yaml")
	require.NoError(t, os.WriteFile(stricter, []byte(strings.Replace(letterRules, "high: 80", "high: 86.5", 1)), 0o600))

	replayed := func() string {
		said, complaint, err := command(t, "rules", "replay", "--config", in.config, "--rules", stricter, "--current", "--from", "1h", "--json")
		require.NoError(t, err, complaint)
		var result struct {
			Diff struct {
				Same           int
				Added, Removed []struct{ Asset string }
			}
		}
		require.NoError(t, json.Unmarshal([]byte(said), &result))
		return fmt.Sprintf("%+v", result)
	}
	want := "{Diff:{Same:2 Added:[] Removed:[{Asset:plant/press-0} {Asset:plant/press-1}]}}"
	require.Equal(t, want, replayed())
	_, said, err := command(t, "rules", "replay", "--config", in.config, "--rules", filepath.Join("testdata", "replay", "labels.yaml"))
	require.Error(t, err)
	require.Contains(t, said, "labels.yaml:1:1: labels: unknown key")

	in.stop(t, syscall.SIGTERM)
	require.Equal(t, want, replayed())
}
