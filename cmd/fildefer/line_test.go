package main_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLine is a line operator's tasks on a demo of their own, within the touches
// that gloves and noise allow.
func TestLine(t *testing.T) {
	t.Parallel()
	program, err := filepath.Abs(binary(t))
	require.NoError(t, err)
	story := exec.CommandContext(t.Context(), "node", "line.mjs", program)
	story.Dir = filepath.Join("..", "..", "feed", "web", "e2e")
	out, err := story.CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}
