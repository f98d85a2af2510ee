package bus_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

// crashDir, when it is set, makes this test binary a publisher to be killed.
const crashDir = "FILDEFER_BUS_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		if err := publishForEver(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if dir := os.Getenv(wedgeDir); dir != "" {
		if err := fillAndHeal(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// publishForEver prints each range of events once it is acknowledged.
func publishForEver(dir string) error {
	ctx := context.Background()
	b, err := bus.Open(ctx, bus.Options{Embedded: &bus.Embedded{Dir: dir}, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		return err
	}
	id, err := b.Identity(ctx)
	if err != nil {
		return err
	}
	base := int(id.Last) * 10
	var out sync.Mutex
	errs := make(chan error, 4)
	for worker := range 4 {
		go func() {
			for n := base + worker*1_000_000; ; n += 40 {
				if err := b.Accept(ctx, events(n, 40)); err != nil {
					errs <- err
					return
				}
				out.Lock()
				fmt.Println(n)
				out.Unlock()
			}
		}()
	}
	return <-errs
}

func TestSIGKILLLosesNothingThatWasAcknowledged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	acknowledged := map[pipeline.EventID]bool{}
	for cycle := range 6 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), crashDir+"="+dir)
		var complaints strings.Builder
		child.Stderr = &complaints
		stdout, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		lines := bufio.NewScanner(stdout)
		var n int
		for lines.Scan() {
			from, err := strconv.Atoi(lines.Text())
			require.NoError(t, err)
			for _, e := range events(from, 40) {
				acknowledged[e.ID] = true
			}
			if n++; n == 10+7*cycle {
				require.NoError(t, child.Process.Kill())
			}
		}
		_ = child.Wait() // killed, as it should be
		require.GreaterOrEqual(t, n, 10+7*cycle, complaints.String())
	}

	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: dir}})
	last := must(b.Identity(t.Context())).Last
	stored := map[pipeline.EventID]bool{}
	for _, m := range read(t, b, allShards(), 0, int(last)) {
		require.False(t, stored[m.Event.ID], "event %s is stored twice", m.Event.ID)
		stored[m.Event.ID] = true
	}
	for id := range acknowledged {
		require.True(t, stored[id], "event %s was acknowledged and is lost", id)
	}
	t.Logf("%d acknowledged, %d stored", len(acknowledged), len(stored))
}
