package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/usage"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const oneRule = `rules:
- {id: heavy, kind: limit, signal: weight, match: {asset: "**"}, high: 500, deadband: 1, topic: quality, severity: major, title: {fr: Trop lourd}}
`

func TestAChangedRuleFileIsAdoptedAndAWrongOneIsNot(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "rules.yaml")
	write := func(text string) { require.NoError(t, os.WriteFile(file, []byte(text), 0o600)) }
	write(oneRule)
	book, err := openRulebook(func() ([]replay.Document, error) { return readDocuments([]string{file}) }, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	adopted := make(chan *rule.Set, 9)
	book.adopt = func(s *rule.Set) { adopted <- s }
	running := make(chan struct{})
	go func() { defer close(running); book.run(t.Context()) }()
	t.Cleanup(func() { <-running })

	write(strings.Replace(oneRule, "high: 500", "hihg: 500", 1))
	require.Eventually(t, func() bool { _, fault := book.current(); return fault != nil }, time.Minute, 10*time.Millisecond)
	set, fault := book.current()
	require.ErrorContains(t, fault, "rules.yaml:2:")
	require.ErrorContains(t, fault, "hihg: unknown key")
	require.Equal(t, "heavy", set.Rules()[0].ID, "the rules go on as they were")

	write(strings.Replace(oneRule, "id: heavy", "id: too-heavy", 1))
	set = <-adopted
	require.Equal(t, "too-heavy", set.Rules()[0].ID)
	require.Empty(t, adopted, "a rule file is adopted once")
	_, fault = book.current()
	require.NoError(t, fault)
}

func TestARuleWithSeveralTitlesIsListedUnderTheFirst(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "rules.yaml")
	require.NoError(t, os.WriteFile(file, []byte(oneRule+`- {id: gone, kind: stock, signal: stock, match: {asset: "**"}, at_most: 0, topic: stock, severity: minor, titles: {stock_out: {fr: Rupture, en: Out of stock}}}
`), 0o600))
	book, err := openRulebook(func() ([]replay.Document, error) { return readDocuments([]string{file}) }, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	titles := map[string]feed.Text{}
	for _, r := range book.List() {
		titles[r.ID] = r.Title
	}
	require.Equal(t, map[string]feed.Text{"heavy": {FR: "Trop lourd"}, "gone": {FR: "Rupture", EN: "Out of stock"}}, titles)
}

func TestAllUsagesRunTogetherBesideTheRulesOfTheDemo(t *testing.T) {
	t.Parallel()
	own := replay.Document{Name: "demo/rules.yaml", Data: demoRules}
	for _, files := range [][]replay.Document{nil, {own}} {
		from := edition{files: files}
		for _, u := range usage.All() {
			for _, name := range u.Rules {
				from.packs = append(from.packs, packUse{name, []pipeline.AssetPath{"lyon", "villeurbanne/epicerie-sucree"}})
			}
		}
		set, err := from.compile()
		require.NoError(t, err)
		for _, r := range set.Rules() {
			require.Equal(t, r.File != own.Name, r.Within() != nil, r.ID)
		}
		require.NotNil(t, set.Rule("tonnage"))
		require.NotNil(t, set.Rule("no-sale"))
	}
}
