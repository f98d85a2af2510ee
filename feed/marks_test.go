package feed_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestMarksAreReadAsTheSharedTableSays(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/marks.json")
	require.NoError(t, err)
	var table []struct {
		Text  string
		Names []string
		Marks [][2]string
	}
	require.NoError(t, json.Unmarshal(text, &table))
	require.NotEmpty(t, table)
	for _, row := range table {
		got := [][2]string{}
		for _, m := range feed.Marks(row.Text, row.Names) {
			got = append(got, [2]string{string(m.Kind), m.Says})
		}
		require.Equal(t, row.Marks, got, row.Text)
	}
}

func FuzzMarks(f *testing.F) {
	f.Add("@Karim #buse https://x.fr", "Karim")
	f.Add("@@##//@é", "é")
	f.Add("@\u0300", "\u0300")
	f.Fuzz(func(t *testing.T, text, name string) {
		if !utf8.ValidString(text) || !utf8.ValidString(name) {
			t.Skip("what cannot be kept is refused before it is read")
		}
		for _, m := range feed.Marks(text, []string{name}) {
			require.NotEmpty(t, m.Says)
			switch m.Kind {
			case feed.MarkTag:
				require.Equal(t, m.Says, feed.Fold(m.Says), "a tag folds to itself")
				require.Equal(t, []feed.Mark{m}, feed.Marks("#"+m.Says, nil), "a tag written as it is kept is the same tag")
			case feed.MarkMention:
				require.Equal(t, feed.Fold(name), feed.Fold(m.Says))
				require.Contains(t, text, "@"+m.Says)
			case feed.MarkLink:
				require.True(t, strings.HasPrefix(strings.ToLower(m.Says), "http"))
			case feed.MarkCall:
				require.LessOrEqual(t, utf8.RuneCountInString(m.Says), feed.MaxTag)
			}
		}
	})
}

func TestHarmlessTextKeepsWordsAndDropsTricks(t *testing.T) {
	t.Parallel()
	for said, kept := range map[string]string{
		"Buse bouchée\r\nvoir photo":             "Buse bouchée\nvoir photo",
		"a\u202egnp.exe":                         "agnp.exe",
		"ad\u200bmin\ufeff\u2060":                "admin",
		"\x1b[31mrouge\x07":                      "[31mrouge",
		"👩\u200d🔧 ok":                            "👩\u200d🔧 ok",
		"a\u200d\u200d\u200db":                   "a\u200db",
		"\n\n\na\n\n\n\n\n\nb\n":                 "a\n\nb",
		"\u200b\u200e":                           "",
		"z" + strings.Repeat("\u0301", 50) + "!": "z" + strings.Repeat("\u0301", 4) + "!",
		"Ine\u0300s":                             "Ine\u0300s",
		"<b>gras</b>":                            "<b>gras</b>",
		"deux\tpoints":                           "deux\tpoints",
	} {
		require.Equal(t, kept, feed.Harmless(said), "%q", said)
		require.Equal(t, kept, feed.Harmless(kept), "once is enough: %q", said)
	}
}
