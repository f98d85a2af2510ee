package main_test

import "testing"

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
	story(t, "guide.mjs", house.url)
	story(t, "wall.mjs", house.url)
}
