package main_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPace is how long a slow tablet waits: for the first post, and for the
// picture that follows a press among five hundred posts. It runs before the
// tests that run side by side, and slowness.mjs allows for what else the machine
// has to do.
func TestPace(t *testing.T) { //nolint:paralleltest // it measures time
	demo := &installation{dir: filepath.Join(t.TempDir(), "demo")}
	demo.demonstrate(t)
	requireScreens(t, demo.url)
	for _, script := range []string{"speed.mjs", "pace.mjs"} {
		node := exec.CommandContext(t.Context(), "node", script, demo.url)
		node.Dir = filepath.Join("..", "..", "feed", "web", "e2e")
		out, err := node.CombinedOutput()
		require.NoError(t, err, "%s", out)
		t.Logf("%s", out)
	}
}
