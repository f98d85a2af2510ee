package main_test

import (
	"path/filepath"
	"testing"
)

// TestDemoPeople is the people's half of the demo: its stories change places,
// rights and groups, so they have a demo of their own, and the machine.
func TestDemoPeople(t *testing.T) { //nolint:paralleltest // people wait in it for what they touched
	demo := &installation{dir: filepath.Join(t.TempDir(), "demo")}
	demo.demonstrate(t)

	t.Run("the tree is brought from a file, changed on a page and followed", func(t *testing.T) {
		story(t, "places.mjs", demo.url)
	})
	t.Run("people meet in groups, and read what is put to them", func(t *testing.T) {
		story(t, "groups.mjs", demo.url)
	})
	t.Run("people propose a place of their own, and talk in it once it opens", func(t *testing.T) {
		story(t, "proposal.mjs", demo.url)
	})
	t.Run("questions and ideas come to a decision, whoever is away and however late", func(t *testing.T) {
		story(t, "circuits.mjs", demo.url)
	})
	t.Run("whoever steers a place reads its report, and holds the short meeting", func(t *testing.T) {
		story(t, "balance.mjs", demo.url)
	})
	t.Run("whoever is asked is told while they look, until somebody has it", func(t *testing.T) {
		story(t, "notify.mjs", demo.url)
	})
	t.Run("people find who knows and who is here, and the first to come helps", func(t *testing.T) {
		story(t, "people.mjs", demo.url)
	})
	t.Run("people are brought from a file, and handed their invitations", func(t *testing.T) {
		story(t, "people-import.mjs", demo.url)
	})
	t.Run("somebody comes by an invitation on paper, and leaves", func(t *testing.T) {
		story(t, "rights.mjs", demo.url)
	})
	t.Run("what helped once helps again", func(t *testing.T) {
		story(t, "cards.mjs", demo.url)
	})
	t.Run("whoever looks for something finds it by a word, however it is written", func(t *testing.T) {
		story(t, "search.mjs", demo.url)
	})
	t.Run("what is ready is installed at a place in one act, and a place comes to Fildefer step by step", func(t *testing.T) {
		story(t, "usages.mjs", demo.url, t.ArtifactDir())
	})
	t.Run("who animates a place sees what it needs, and is helped by ambassadors who said yes", func(t *testing.T) {
		story(t, "pulse.mjs", demo.url)
	})
	t.Run("people mention, accept, change, moderate and share what they write", func(t *testing.T) {
		story(t, "talk.mjs", demo.url, t.ArtifactDir())
	})
}
