package main_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

const displayConfig = `
database: sqlite
territories:
  - {path: lyon, name: Usine de Lyon, kind: site}
  - {path: lyon/bottling, name: Embouteillage, kind: workshop}
  - {path: lyon/bottling/line-3, name: Ligne 3, kind: line}
  - {path: villeurbanne, name: Villeurbanne, kind: store}
  - {path: villeurbanne/boissons, name: Boissons, kind: aisle}
`

// TestDisplay is what a screen is on its first day and after a week: the first
// steps of each persona, then a wall display under ten thousand changes.
func TestDisplay(t *testing.T) {
	t.Parallel()
	house := install(t, displayConfig, nil)
	house.member(t, "operator", "Karim", "operator@lyon/bottling/line-3")
	house.member(t, "staff", "Léa", "staff@villeurbanne/boissons")
	house.member(t, "manager", "Sofia", "manager@lyon", "manager@villeurbanne")
	house.serve(t)
	requireScreens(t, house.url)
	for _, script := range []string{"guide.mjs", "wall.mjs"} {
		node := exec.CommandContext(t.Context(), "node", script, house.url)
		node.Dir = filepath.Join("..", "..", "feed", "web", "e2e")
		out, err := node.CombinedOutput()
		require.NoError(t, err, "%s", out)
		t.Logf("%s", out)
	}
}
