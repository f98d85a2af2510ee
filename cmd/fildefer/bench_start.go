package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// idleAfter is when a program that was started counts as idle.
const idleAfter = 5 * time.Second

// startup measures this program as a user starts it: a process of its own on
// a folder that does not exist yet.
type startup struct {
	*bench
	self   string
	made   int
	memory []float64 // MB, of each time
}

func (b *bench) start(ctx context.Context) ([]figure, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	s := &startup{bench: b, self: self}
	b.say("start: a new installation, until it is ready and then idle")
	medians, err := b.interleave(ctx, b.size(5, 1), "s", contender{"bare start (version)", s.bare}, contender{"here, to ready", s.serve})
	if err != nil {
		return nil, err
	}
	return []figure{
		{name: "start: from exec to ready", unit: "s", bare: medians[0], ours: medians[1], goal: goal{atMost: 2}},
		{name: "start: resident memory, idle", unit: "MB", ours: quantile(s.memory, 0.5), goal: goal{atMost: 120}},
	}, nil
}

// bare is what the system needs to run this program at all.
func (s *startup) bare(ctx context.Context) (float64, error) {
	start := time.Now()
	err := exec.CommandContext(ctx, s.self, "version").Run()
	return time.Since(start).Seconds(), err
}

func (s *startup) serve(ctx context.Context) (seconds float64, err error) {
	s.made++
	file, err := s.writeHouse(fmt.Sprintf("start-%d", s.made), "", "")
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, s.self, "serve", "--config", file)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = drainTimeout
	cmd.Stderr = s.err
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		err = firstOf(err, cmd.Wait())
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("the program ended before it was ready: %w", err)
	}
	_, address, _ := strings.Cut(strings.TrimSpace(line), "http://")
	if err := await(ctx, "readiness", func() bool { return answers(ctx, "http://"+address+"/readyz") }); err != nil {
		return 0, err
	}
	seconds = time.Since(start).Seconds()
	select {
	case <-time.After(idleAfter):
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	mb, err := resident(cmd.Process.Pid)
	s.memory = append(s.memory, mb)
	return seconds, err
}

func answers(ctx context.Context, address string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// resident is the memory of a process in MB.
func resident(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, errors.New("resident memory can be read on Linux only")
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kb float64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0, fmt.Errorf("resident memory of process %d: %w", pid, err)
	}
	return kb / 1024, nil
}
