package main_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// script is a script of feed/web/e2e: a story of people in front of their screens.
func script(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	node := exec.CommandContext(t.Context(), "node", append([]string{name}, args...)...)
	node.Dir = filepath.Join("..", "..", "feed", "web", "e2e")
	return node
}

// story plays a script to its end, which holds or says what does not.
func story(t *testing.T, name string, args ...string) {
	t.Helper()
	out, err := script(t, name, args...).CombinedOutput()
	require.NoError(t, err, "the story of %s does not hold\n%s", name, out)
	t.Logf("%s", out)
}
