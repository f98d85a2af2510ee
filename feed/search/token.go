package search

import (
	"encoding/hex"
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fildefer/fildefer/feed"
)

// maxWord bounds a word, in characters: what is longer is found by its
// beginning.
const maxWord = 40

// Word is a word of a text and where it stands there, in bytes.
type Word struct {
	Folded     string
	Stem       string
	Start, End int
}

// Words lists the words of a text in their order. A single letter, as elisions
// leave them, is none.
func Words(text string) []Word {
	var out []Word
	start := -1
	add := func(end int) {
		if start >= 0 {
			if w, ok := word(text[start:end]); ok {
				w.Start, w.End = start, end
				out = append(out, w)
			}
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case !inWord(r):
			add(i)
		case start < 0:
			start = i
		}
	}
	add(len(text))
	return out
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.Is(unicode.Nd, r) || unicode.Is(unicode.M, r))
}

func word(s string) (Word, bool) {
	folded := feed.Fold(s)
	if runes := []rune(folded); len(runes) > maxWord {
		folded = string(runes[:maxWord])
	}
	if folded == "" || len(folded) == 1 && (folded[0] < '0' || folded[0] > '9') {
		return Word{}, false
	}
	return Word{Folded: folded, Stem: Stem(folded)}, true
}

// Tokens are lowercase ASCII letters, digits and underscores, so that neither
// database takes one apart. What is no word begins with an underscore.

// token is a word, or the beginning of one, as the indexes hold it.
func token(s string) string {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return "_x" + hex.EncodeToString([]byte(s))
		}
	}
	return s
}

// IsWord tells whether a token is one of a text's words.
func IsWord(token string) bool {
	return !strings.HasPrefix(token, "_") || strings.HasPrefix(token, "_x")
}

// TagToken stands for a tag.
func TagToken(tag string) string { return "_t" + hex.EncodeToString([]byte(tag)) }

// KindToken stands for a kind of post.
func KindToken(k feed.Kind) string { return "_k" + hashed(string(k)) }

// AuthorToken stands for who wrote something.
func AuthorToken(m feed.MemberID) string { return "_a" + hashed(string(m)) }

// PlaceToken stands for a place that something stands at or below.
func PlaceToken(p feed.Path) string { return "_p" + hashed(string(p)) }

func hashed(s string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return hex.EncodeToString(h.Sum(nil))
}

// Tokens are those of the words of texts, each once, in the order in which they
// first come.
func Tokens(texts ...string) []string {
	seen := map[string]bool{}
	var out []string
	for _, text := range texts {
		for _, w := range Words(text) {
			if t := token(w.Stem); !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	return out
}

// cut is the text without what stands before and after, for messages.
func cut(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return strings.TrimSpace(string(r[:runes]))
	}
	return s
}
