package main_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBenchPrintsEachFigureWithItsGoalAndLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), binary(t), "bench", "--quick", "--only", "publish,live")
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	var progress strings.Builder
	cmd.Stderr = &progress
	out, err := cmd.Output()
	require.NoError(t, err, "%s", &progress)

	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	require.Regexp(t, `^measured +here +bare limit +ratio +goal`, lines[0])
	require.Len(t, lines, 5)
	for i, line := range []string{
		`^publish: 16 callers .* events/s .* events/s +\d+\.\d\d +ratio ≥ 0\.9 +(met|MISSED)$`,
		`^publish: 256 callers .* events/s .* events/s +\d+\.\d\d +– *$`,
		`^live: .* p50 .* ms .* ms +\d+\.\d\d +≤ 100 ms +(met|MISSED)$`,
		`^live: .* p99 .* ms .* ms +\d+\.\d\d +≤ 300 ms +(met|MISSED)$`,
	} {
		require.Regexp(t, line, lines[i+1])
	}
	require.Contains(t, progress.String(), "1000 of 1000 reached the second browser")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestBenchReplaysARecordingAndTellsHowLongAMonthTakes(t *testing.T) {
	t.Parallel()
	out, progress, err := command(t, "bench", "--quick", "--only", "replay")
	require.NoError(t, err, progress)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 3)
	require.Regexp(t, `^replay: recording through 3 rules an event .* events/s .* events/s +\d+\.\d\d +– *$`, lines[1])
	require.Regexp(t, `^replay: a month of 1,000 signals at this pace .* min +– +– +≤ 10 min +(met|MISSED)$`, lines[2])
}

func TestBenchTellsHowCalmAndFastRulesAre(t *testing.T) {
	t.Parallel()
	out, progress, err := command(t, "bench", "--quick", "--only", "rules")
	require.NoError(t, err, progress)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 11)
	for _, line := range lines[1:10] {
		require.Regexp(t, `^rules: .* – +– +(≤ .*|none) +met$`, line, progress)
	}
	require.Regexp(t, `^rules: events through 3 rules each, one core .* events/s .*≥ 100,000 events/s +(met|MISSED)$`, lines[10])
}

func TestBenchEndsCleanlyWhenInterrupted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := start(t, "env", "TMPDIR="+dir, binary(t), "bench", "--only", "ingest")
	require.Eventually(t, func() bool { return strings.Contains(p.log.String(), "in turn") }, time.Minute, 10*time.Millisecond)
	p.stop(t, os.Interrupt)
	require.ErrorContains(t, p.err, "exit status 1")
	require.Contains(t, p.log.String(), "interrupted during ingest")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}
