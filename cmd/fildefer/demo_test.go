package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDemo is a newcomer's first day: an empty folder, a past, a plant that
// lives, screens that everybody can use, Ctrl-C, and the day after.
func TestDemo(t *testing.T) {
	t.Parallel()
	demo := &installation{dir: filepath.Join(t.TempDir(), "demo")}
	demo.demonstrate(t)
	ready := time.Now()
	person := demo.signIn(t, "manager")

	t.Run("has a past with conversations that ended", func(t *testing.T) {
		ended, err := person.feed(t.Context(), "state=ended")
		require.NoError(t, err)
		talked := 0
		for _, p := range ended {
			talked += p.Comments
		}
		require.Greater(t, len(ended), 10)
		require.Greater(t, talked, 10)
	})
	t.Run("machines, the ERP and people post within a minute", func(t *testing.T) {
		require.Eventually(t, func() bool {
			all, err := person.feed(t.Context(), "")
			require.NoError(t, err)
			before, since := map[string]int{}, map[string]int{}
			for _, p := range all {
				before[p.Author.Kind]++
				if p.OpenedAt.After(ready) {
					since[p.Author.Kind]++
				}
			}
			return before["machine"] > 0 && before["erp"] > 0 && before["person"] > 0 && since["person"] > 0
		}, time.Minute, time.Second)
	})
	t.Run("every screen can be used by everybody", func(t *testing.T) {
		requireScreens(t, demo.url)
		audit := exec.CommandContext(t.Context(), "node", "audit.mjs", demo.url)
		audit.Dir = filepath.Join("..", "..", "feed", "web", "e2e")
		out, err := audit.CombinedOutput()
		require.NoError(t, err, "%s", out)
		t.Logf("%s", out)
	})
	t.Run("ends with Ctrl-C and goes on with the same past", func(t *testing.T) {
		before := opened(t, person, ready)
		demo.stop(t, os.Interrupt)
		require.NoError(t, demo.err, "%s", demo.log)
		demo.demonstrate(t)
		require.ElementsMatch(t, before, opened(t, demo.signIn(t, "manager"), ready))
		demo.stop(t, os.Interrupt)
		require.NoError(t, demo.err, "%s", demo.log)
	})
}

// demonstrate starts the demo and waits until it is ready.
func (in *installation) demonstrate(t *testing.T) {
	t.Helper()
	addr := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	in.url = "http://" + addr
	in.process = start(t, binary(t), "demo", "--listen", addr, "--data", in.dir)
	in.await(t, 10*time.Minute)
}

// opened is which posts were opened before an instant.
func opened(t *testing.T, c *client, before time.Time) []string {
	t.Helper()
	all, err := c.feed(t.Context(), "")
	require.NoError(t, err)
	var ids []string
	for _, p := range all {
		if p.OpenedAt.Before(before) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
