package search_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/search"
)

func TestWordsOfAFamilyShareTheirStem(t *testing.T) {
	t.Parallel()
	for stem, family := range map[string][]string{
		"bouch":   {"bouche", "bouchee", "bouchees", "boucher"},
		"carton":  {"carton", "cartons"},
		"bon":     {"bon", "bonne", "bonnes", "bons"},
		"machin":  {"machine", "machines"},
		"canal":   {"canal", "canaux"},
		"niveau":  {"niveau", "niveaux"},
		"stop":    {"stop", "stops", "stopped", "stopping"},
		"leak":    {"leak", "leaks", "leaking", "leaked"},
		"batteri": {"battery", "batteries", "batterie"},
		"nettoy":  {"nettoyer", "nettoyee", "nettoyez"},
		"pres":    {"presse", "presses", "press"},
		"b12s":    {"b12s"},
		"cle":     {"cle", "cles"},
	} {
		for _, word := range family {
			require.Equal(t, stem, search.Stem(word), word)
		}
	}
}

func TestAQuestionIsTakenApart(t *testing.T) {
	t.Parallel()
	q := search.Parse(`fuite "joint usé" -huile #Qualité vér`)
	require.Len(t, q.Terms, 3)
	require.Equal(t, "joint", q.Terms[1].Words[0].Folded)
	require.Len(t, q.Terms[1].Words, 2)
	require.False(t, q.Terms[0].Begun)
	require.True(t, q.Terms[2].Begun)
	require.Equal(t, []string{"qualite"}, q.Tags)
	require.Equal(t, "huile", q.Not[0].Words[0].Folded)
	require.True(t, search.Parse(" - # \" ").IsZero())
}

func TestASnippetShowsWhatAnswers(t *testing.T) {
	t.Parallel()
	long := "😀 " + strings.Repeat("avant ", 40) + "la fuite d’huile au vérin " + strings.Repeat("après ", 60)
	found, ok := search.Parse("huiles").Find("", long)
	require.True(t, ok)
	require.Equal(t, 1, found.Field)
	require.True(t, strings.HasPrefix(found.Snippet.Text, "… "))
	require.True(t, strings.HasSuffix(found.Snippet.Text, " …"))
	require.Less(t, len(found.Snippet.Text), 220)
	require.Equal(t, []string{"huile"}, marked(found.Snippet))
	found, ok = search.Parse("fuite").Find("😀 Fuite")
	require.True(t, ok)
	require.Equal(t, []search.Mark{{Start: 3, Length: 5}}, found.Snippet.Marks, "browsers count the face as two")
}

// marked are the stretches of a snippet that are marked, cut out as a browser
// does.
func marked(s search.Snippet) []string {
	units := utf16.Encode([]rune(s.Text))
	var out []string
	for _, m := range s.Marks {
		out = append(out, string(utf16.Decode(units[m.Start:m.Start+m.Length])))
	}
	return out
}

var plainToken = regexp.MustCompile(`^[a-z0-9_]+$`)

func FuzzAQuestion(f *testing.F) {
	for _, seed := range []string{`fuite "joint usé" -huile #Qualité vér`, `" ' \ : * & | ! ( ) NEAR`, "-\"", "é\u0301\xff#", "Θερμο 12,5"} {
		f.Add(seed, "La fuite d’huile, Θερμοκρασία 😀 "+seed)
	}
	f.Fuzz(func(t *testing.T, typed, text string) {
		q := search.Parse(typed)
		e := q.Express(true)
		for _, group := range e.All {
			require.NotEmpty(t, group)
			for _, c := range group {
				require.Regexp(t, plainToken, c.Token)
			}
		}
		for _, token := range append(e.Not, search.Tokens(text)...) {
			require.Regexp(t, plainToken, token)
		}
		found, ok := q.Find(text)
		if !ok {
			return
		}
		n, end := len(utf16.Encode([]rune(found.Snippet.Text))), 0
		for _, m := range found.Snippet.Marks {
			require.GreaterOrEqual(t, m.Start, end)
			require.Positive(t, m.Length)
			end = m.Start + m.Length
			require.LessOrEqual(t, end, n)
		}
		// What answers is found by the index: it holds what is asked for.
		has := map[string]bool{}
		for _, token := range search.Tokens(text) {
			has[token] = true
		}
		for _, term := range q.Terms {
			if !term.Begun {
				for _, c := range (search.Question{Terms: []search.Term{term}}).Express(false).All {
					require.True(t, has[c[0].Token], c[0].Token)
				}
			}
		}
	})
}
