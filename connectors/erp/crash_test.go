package erp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/pipeline"
)

// victimEnv tells a test process to be the program that is killed.
const victimEnv = "FILDEFER_ERP_VICTIM"

// TestMain is the door of the processes that the crash test kills.
func TestMain(m *testing.M) {
	if order := os.Getenv(victimEnv); order != "" {
		beVictim(order)
	}
	os.Exit(m.Run())
}

// victim is a connector that kills its own process behind the n-th step of
// that name.
type victim struct {
	Config  erp.Config
	Data    string
	Journal string // of durable events
	Step    string
	N       int
}

// beVictim imports until nothing waits.
func beVictim(order string) {
	var v victim
	check(json.Unmarshal([]byte(order), &v))
	journal, err := os.OpenFile(v.Journal, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	check(err)
	c, err := erp.New("erp", v.Config, v.Data, slog.New(&killer{step: v.Step, left: v.N}))
	check(err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, journalSink{journal}, connectors.NewStatus("erp", "erp")) }()
	for {
		left, err := filepath.Glob(filepath.Join(v.Config.Dir, "*.csv"))
		check(err)
		if len(left) == 0 {
			cancel()
			check(<-ended)
			os.Exit(0)
		}
		time.Sleep(time.Millisecond)
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// journalSink stores events as lines of a file.
type journalSink struct{ file *os.File }

func (j journalSink) Accept(_ context.Context, events []pipeline.Event) error {
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, "%s %s %s\n", e.ID, e.Attr["sku"], e.Value)
	}
	_, err := j.file.WriteString(b.String())
	return err
}

func (j journalSink) Reject(_ context.Context, letter pipeline.DeadLetter) error {
	_, err := fmt.Fprintf(j.file, "letter %s -\n", letter.Origin)
	return err
}

// killer is the log of a victim: the connector logs each durable step.
type killer struct {
	slog.Handler
	step string
	left int
}

func (k *killer) Enabled(context.Context, slog.Level) bool { return true }

func (k *killer) Handle(_ context.Context, r slog.Record) error {
	step := r.Message
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "step" {
			step = a.Value.String()
		}
		return true
	})
	if step != k.step {
		return nil
	}
	if k.left--; k.left == 0 {
		check(syscall.Kill(os.Getpid(), syscall.SIGKILL))
		select {} // until the signal is delivered
	}
	return nil
}

// start runs the victim to its end and tells whether it was killed.
func (v victim) start(t *testing.T) (killed bool) {
	t.Helper()
	order, err := json.Marshal(v)
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+string(order))
	out, err := cmd.CombinedOutput()
	if err == nil {
		return false
	}
	require.Equal(t, "signal: killed", err.Error(), "%s", out)
	return true
}

// journal returns how often each line was written.
func journal(t *testing.T, path string) map[string]int {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := map[string]int{}
	for line := range strings.Lines(string(data)) {
		lines[line]++
	}
	return lines
}

// stage drops three snapshots or ledgers of more than a batch each.
func stage(t *testing.T, ledger bool) victim {
	v := victim{Config: stock(t), Data: t.TempDir(), Journal: filepath.Join(t.TempDir(), "journal")}
	if ledger {
		v.Config.Snapshot, v.Config.Ledger = nil, &erp.Ledger{Key: []string{"store", "article", "stock"}}
	}
	start := time.Now().Add(-time.Hour)
	for i := range 3 {
		var rows []string
		for article := range 600 {
			if (article+i)%97 > 0 {
				rows = append(rows, fmt.Sprintf("lyon %d=%d", article, (article+i)%3))
			}
		}
		name := fmt.Sprintf("%d.csv", i)
		drop(t, v.Config.Dir, name, file(rows...)+"broken\n")
		at := start.Add(time.Duration(i) * time.Minute)
		require.NoError(t, os.Chtimes(filepath.Join(v.Config.Dir, name), at, at))
	}
	return v
}

func TestAKilledProcessLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	steps := []string{"row rejected", "events accepted", "state replaced", "import remembered", "file imported"}
	for _, ledger := range []bool{false, true} {
		whole := stage(t, ledger)
		require.False(t, whole.start(t))
		want := journal(t, whole.Journal)
		require.Greater(t, len(want), 1000)
		for _, step := range steps {
			for n := 1; n <= 3; n++ {
				t.Run(fmt.Sprintf("ledger %t, %s %d", ledger, step, n), func(t *testing.T) {
					t.Parallel()
					v := stage(t, ledger)
					v.Step, v.N = step, n
					require.True(t, v.start(t))
					v.N = 0
					require.False(t, v.start(t))
					got := journal(t, v.Journal)
					for line, times := range want {
						require.Positive(t, got[line], "lost: %s", line)
						require.Equal(t, 1, times)
					}
					require.Len(t, got, len(want), "as many ids as without a crash")
					require.Len(t, names(t, filepath.Join(v.Config.Dir, "done")), len(names(t, filepath.Join(whole.Config.Dir, "done"))), "rejects are listed for each file")
				})
			}
		}
	}
}
