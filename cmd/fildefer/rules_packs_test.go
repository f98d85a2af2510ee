package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAPackIsCopiedAndTried does what README.md says.
func TestAPackIsCopiedAndTried(t *testing.T) {
	t.Parallel()
	said, _, err := command(t, "rules", "packs")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(said), "\n")
	require.Len(t, lines, 4)
	for i, name := range []string{"bottling", "press", "supermarket", "unknown-signals"} {
		require.Regexp(t, `^`+name+` +[A-Z].{20,}`, lines[i])
		text, _, err := command(t, "rules", "packs", name)
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), name+".yaml")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, complaint, err := command(t, "rules", "lint", "--strict", file)
		require.NoError(t, err, complaint)
		_, complaint, err = command(t, "rules", "test", file)
		require.NoError(t, err, complaint)
	}
	_, complaint, err := command(t, "rules", "packs", "bakery")
	require.Error(t, err)
	require.Contains(t, complaint, `there is no pack "bakery"; choose one of bottling, press`)
}
