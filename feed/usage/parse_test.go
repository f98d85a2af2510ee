package usage_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/usage"
)

const small = `name: tiny
title: {fr: Petit, en: Tiny}
about: {fr: Un essai., en: A trial.}
group:
  name: {fr: "Essai {place}", en: "{place} trial"}
  purpose: {fr: Essayer., en: To try.}
  kind: team
  join: open
checklists:
- name: list
  title: {fr: Liste, en: List}
  every: shift
  items:
  - {fr: Fait, en: Done}
welcome: {fr: Bienvenue., en: Welcome.}
rules: [press]
poster:
  title: {fr: Affiche, en: Poster}
  lines:
  - {fr: Une ligne, en: A line}
`

func TestTheSevenUsagesThatComeWithTheProgramAreRight(t *testing.T) {
	t.Parallel()
	var names []string
	for _, u := range usage.All() {
		names = append(names, u.Name)
	}
	require.Equal(t, []string{"line-team", "press-shop", "store-aisle", "aic", "qrqc", "project", "watch"}, names)
}

func TestAFileOfAUsageIsRead(t *testing.T) {
	t.Parallel()
	u, err := usage.Parse("tiny.yaml", []byte(small))
	require.NoError(t, err)
	require.Equal(t, feed.Usage{
		Name: "tiny", Title: feed.Text{FR: "Petit", EN: "Tiny"}, About: feed.Text{FR: "Un essai.", EN: "A trial."},
		Group: feed.UsageGroup{
			Name: feed.Text{FR: "Essai {place}", EN: "{place} trial"}, Purpose: feed.Text{FR: "Essayer.", EN: "To try."},
			Kind: feed.TeamCircle, Join: feed.JoinOpen,
		},
		Checklists: []feed.Checklist{{
			Name: "list", Title: feed.Text{FR: "Liste", EN: "List"}, Every: feed.EveryShift, Items: []feed.Text{{FR: "Fait", EN: "Done"}},
		}},
		Welcome: feed.Text{FR: "Bienvenue.", EN: "Welcome."}, Rules: []string{"press"},
		Poster: feed.Poster{Title: feed.Text{FR: "Affiche", EN: "Poster"}, Lines: []feed.Text{{FR: "Une ligne", EN: "A line"}}},
	}, u)
}

func TestEachFaultSaysWhereItIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, want string }{
		"an unknown key":      {"title:", "titre:", "u.yaml:2:1: unknown field \"titre\""},
		"a name with a space": {"name: tiny", "name: Tiny One", "u.yaml:1:7: name: write a word"},
		"one language":        {"{fr: Petit, en: Tiny}", "{fr: Petit}", "u.yaml:2:8: title: give it in French and in English"},
		"a long title":        {"fr: Petit", "fr: " + strings.Repeat("a", 41), "u.yaml:2:8: title: at most 40 characters"},
		"a kind of group":     {"kind: team", "kind: club", `u.yaml:7:9: group.kind: "club" is none of`},
		"a way in":            {"join: open", "join: free", `u.yaml:8:9: group.join: "free" is none of`},
		"a rhythm":            {"every: shift", "every: hour", `u.yaml:12:10: checklists[0].every: "hour" is none of`},
		"no items":            {"items:\n  - {fr: Fait, en: Done}", "items: []", "u.yaml:13:10: checklists[0].items: write 1 to 12 lines"},
		"a blank item":        {"{fr: Fait, en: Done}", "{fr: ' ', en: Done}", "u.yaml:14:5: checklists[0].items[0]: give it in French and in English"},
		"a control character": {"{fr: Fait, en: Done}", `{fr: "Fa\u0007it", en: Done}`, "u.yaml:14:5: checklists[0].items[0]: leave out control characters"},
		"a pack of rules":     {"[press]", "[../press]", `u.yaml:16:9: rules[0]: "../press" is no pack of rules`},
		"no poster":           {"poster:\n  title: {fr: Affiche, en: Poster}\n  lines:\n  - {fr: Une ligne, en: A line}\n", "", "u.yaml:1:1: poster.title: give it"},
		"broken YAML":         {"{fr: Petit, en: Tiny}", "{fr: Petit", "u.yaml:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(small, c.old, c.new, 1)
			require.NotEqual(t, small, text)
			_, err := usage.Parse("u.yaml", []byte(text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestAllFaultsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer("kind: team", "kind: club", "every: shift", "every: hour").Replace(small)
	_, err := usage.Parse("u.yaml", []byte(text))
	require.ErrorContains(t, err, "u.yaml:7:9")
	require.ErrorContains(t, err, "u.yaml:12:10")
}

// FuzzParse holds that no file breaks the reader, and that what it lets through
// can be installed.
func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("name: [\n"))
	f.Add([]byte("checklists: [{items: [{fr: a}]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		u, err := usage.Parse("u.yaml", data)
		if err != nil {
			require.Contains(t, err.Error(), "u.yaml:")
			return
		}
		require.NotEmpty(t, u.Name)
		require.NotEmpty(t, u.Checklists)
		require.NotEmpty(t, u.Group.Name.EN)
	})
}
