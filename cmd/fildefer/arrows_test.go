package main_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/fildefer/fildefer"

// TestArrowsBetweenRooms holds the direction of every import between rooms:
// what is not allowed here does not exist.
func TestArrowsBetweenRooms(t *testing.T) {
	t.Parallel()
	allowed := []struct{ from, to string }{
		{"pipeline/bus", "pipeline"},
		{"pipeline/rule", "pipeline"},
		{"pipeline/rule", "pipeline/shift"},
		{"pipeline/editor", "pipeline"},
		{"pipeline/editor", "pipeline/rule"},
		{"pipeline/editor", "pipeline/shift"},
		{"pipeline/replay", "pipeline"},
		{"pipeline/replay", "pipeline/rule"},
		{"pipeline/replay", "pipeline/editor"},
		{"pipeline/replay", "pipeline/shift"},
		{"pipeline/scene", "pipeline"},
		{"pipeline/proof", "pipeline"},
		{"pipeline/proof", "pipeline/rule"},
		{"pipeline/proof", "pipeline/editor"},
		{"pipeline/proof", "pipeline/replay"},
		{"pipeline/proof", "pipeline/pack"},
		{"pipeline/proof", "pipeline/scene"},
		{"pipeline/desk", "pipeline/editor"},
		{"pipeline/desk", "pipeline"},
		{"pipeline/desk", "pipeline/rule"},
		{"pipeline/desk", "pipeline/shift"}, // the day that a sale counts for
		{"pipeline/desk", "feed"},
		{"connectors", "pipeline"},
		{"connectors/*", "connectors"},
		{"connectors/*", "pipeline"},
		{"feed/*", "feed"},
		{"feed/*", "feed/search"}, // what words are alike, and what a question asks
		{"feed/*", "feed/fault"},  // what is wrong with a file, and where
		{"feed/store/storetest", "feed"},
		{"feed/store/storetest", "feed/store"},
		{"feed/store/storetest", "feed/search"},
		{"cmd/fildefer", "*"},
	}
	may := func(from, to string) bool {
		for _, a := range allowed {
			if match(a.from, from) && match(a.to, to) {
				return true
			}
		}
		return false
	}
	for from, imports := range list(t, "./...") {
		for _, to := range imports {
			if room, ours := strings.CutPrefix(to, module+"/"); ours {
				require.True(t, may(from, room), "%s must not import %s", from, room)
			}
		}
	}
}

// TestCoreKnowsNoTechnology holds the pure rooms to what they may import.
func TestCoreKnowsNoTechnology(t *testing.T) {
	t.Parallel()
	packages := list(t, "./...")
	for _, core := range []string{"feed", "pipeline"} {
		for _, to := range packages[core] {
			require.NotContains(t, to, ".", "%s imports the standard library only", core)
			require.NotContains(t, []string{"net/http", "database/sql"}, to, "%s knows no technology", core)
		}
	}
	for _, to := range packages["pipeline/rule"] {
		require.NotContains(t, []string{"net/http", "database/sql", "math/rand", "math/rand/v2", "crypto/rand", "os"}, to,
			"pipeline/rule is a pure function of the stream")
	}
	for _, to := range packages["connectors/plantsim"] {
		require.False(t, strings.HasPrefix(to, module), "connectors/plantsim stands on the far side of the wire")
	}
	for _, to := range packages["feed/search"] {
		require.NotContains(t, []string{"net/http", "database/sql"}, to, "feed/search knows words, and no technology")
	}
	for _, to := range packages["feed/api"] {
		require.NotEqual(t, "database/sql", to)
	}
}

// match tells whether room is pattern, where a last * stands for one segment
// and a lone * for anything.
func match(pattern, room string) bool {
	if pattern == "*" || pattern == room {
		return true
	}
	dir, ok := strings.CutSuffix(pattern, "/*")
	rest, below := strings.CutPrefix(room, dir+"/")
	return ok && below && !strings.Contains(rest, "/")
}

// list returns the direct imports of each package, tests left out.
func list(t *testing.T, pattern string) map[string][]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, pattern)
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	packages := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		packages[strings.TrimPrefix(fields[0], module+"/")] = fields[1:]
	}
	require.Contains(t, packages, "feed")
	return packages
}
