package bus_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/bus"
)

// wedgeDir, when it is set, makes this test binary a process whose files
// cannot grow for a while, which is what a full disk looks like to a server.
const wedgeDir = "FILDEFER_BUS_WEDGE_DIR"

func fillAndHeal(dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	signal.Ignore(syscall.SIGXFSZ)
	b, err := bus.Open(ctx, bus.Options{Embedded: &bus.Embedded{Dir: dir}, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		return err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	free := limit
	limit.Cur = 512 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	n := 0
	for ; err == nil && n < 100_000; n += 100 {
		err = b.Accept(ctx, events(n, 100))
	}
	if err == nil {
		return errors.New("the limit on files did not hold")
	}
	n -= 100
	if b.Healthy(ctx) == nil {
		return errors.New("a server that cannot write calls itself healthy")
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
		return err
	}
	for err := errors.New("not yet"); err != nil; err = b.Accept(ctx, events(n, 100)) {
		if ctx.Err() != nil {
			return fmt.Errorf("not healed: %w", b.Healthy(context.Background()))
		}
	}
	fmt.Print(n + 100)
	return errors.Join(b.Healthy(ctx), b.Close())
}

func TestAServerThatCouldNotWriteIsReplacedOnceItCan(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), wedgeDir+"="+dir)
	var complaints strings.Builder
	child.Stderr = &complaints
	out, err := child.Output()
	require.NoError(t, err, &complaints)
	n, err := strconv.Atoi(string(out))
	require.NoError(t, err)

	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: dir}})
	require.Equal(t, events(0, n), contents(read(t, b, allShards(), 0, n)), "in order, none lost, none twice")
	require.Equal(t, uint64(n), must(b.Identity(t.Context())).Last)
}
