package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkKind is what a stretch of a text is besides words.
type MarkKind string

// Kinds of marks.
const (
	MarkMention MarkKind = "mention" // @ and a name that is known
	MarkCall    MarkKind = "call"    // @ and a word that is none
	MarkTag     MarkKind = "tag"     // #word
	MarkLink    MarkKind = "link"    // http:// or https://
)

// Mark is one stretch of what somebody wrote that is more than words.
type Mark struct {
	Kind MarkKind
	Says string // a mention or call as written, without its @; a tag folded; an address
}

// MaxTag bounds a tag and the word of a call, in characters.
const MaxTag = 40

// Marks finds mentions, tags and links in a text, in their order. Names are
// those that may be mentioned; the longest one that fits is meant. The screens
// read texts in the same way (web/src/talk/marks.ts); both are held to
// testdata/marks.json.
func Marks(text string, names []string) []Mark {
	known := newNames(names)
	runes := []rune(text)
	var out []Mark
	for i := 0; i < len(runes); {
		m, n := Mark{}, 0
		if i == 0 || !glues(runes[i-1]) {
			m, n = markAt(runes[i:], known)
		}
		if n == 0 {
			i++
			continue
		}
		out = append(out, m)
		i += n
	}
	return out
}

// markAt reads the mark at the start of a text, and how long it is.
func markAt(text []rune, known names) (Mark, int) {
	switch text[0] {
	case '@':
		if n := known.longest(text[1:]); n > 0 {
			return Mark{MarkMention, string(text[1 : 1+n])}, 1 + n
		}
		if n := wordLen(text[1:]); n > 1 && n <= MaxTag && unicode.IsLetter(text[1]) {
			return Mark{MarkCall, string(text[1 : 1+n])}, 1 + n
		}
	case '#':
		n := wordLen(text[1:])
		if word := text[1 : 1+n]; n > 0 && n <= MaxTag && strings.ContainsFunc(string(word), unicode.IsLetter) {
			return Mark{MarkTag, Fold(string(word))}, 1 + n
		}
	case 'h', 'H':
		if n := linkLen(text); n > 0 {
			return Mark{MarkLink, string(text[:n])}, n
		}
	}
	return Mark{}, 0
}

// glues tells whether a mark cannot begin after that character: an address of
// e-mail mentions nobody.
func glues(r rune) bool { return isWord(r) || strings.ContainsRune("@#&/", r) }

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.Nd, r) || unicode.Is(unicode.M, r) || r == '_'
}

// wordLen is how long the word at the start of a text is: hyphens within it
// belong to it.
func wordLen(text []rune) int {
	n := 0
	for i, r := range text {
		switch {
		case isWord(r):
			n = i + 1
		case r == '-' && i == n && i > 0:
		default:
			return n
		}
	}
	return n
}

// linkLen is how long the address at the start of a text is, without what ends
// the sentence that it stands in.
func linkLen(text []rune) int {
	scheme := 0
	for _, s := range []string{"http://", "https://"} {
		if len(text) >= len(s) && strings.EqualFold(string(text[:len(s)]), s) {
			scheme = len(s)
		}
	}
	n := scheme
	for n > 0 && n < len(text) && !isGap(text[n]) && !strings.ContainsRune("<>\"«»", text[n]) {
		n++
	}
	for n > scheme && strings.ContainsRune(".,;:!?)]}'’…", text[n-1]) {
		n--
	}
	if n == scheme {
		return 0
	}
	return n
}

func isGap(r rune) bool { return r <= ' ' || r >= 0x7f && r <= 0xa0 || unicode.Is(unicode.Z, r) }

// names are those that may be mentioned, folded, by their first letter.
type names map[rune][]string

func newNames(list []string) names {
	out := names{}
	for _, name := range list {
		folded := Fold(name)
		if first, _ := utf8.DecodeRuneInString(folded); folded != "" {
			out[first] = append(out[first], folded)
		}
	}
	return out
}

// longest is how many characters of the text the longest name takes that it
// begins with, 0 when it begins with none.
func (n names) longest(text []rune) int {
	if len(text) == 0 {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(foldRune(text[0]))
	best := 0
	for _, name := range n[first] {
		best = max(best, takes(text, name))
	}
	return best
}

// takes is how many characters of the text the folded name takes, up to the end
// of a word.
func takes(text []rune, name string) int {
	left := name
	for i, r := range text {
		if left == "" {
			if foldRune(r) == "" {
				continue // an accent of the last letter
			}
			if isWord(r) {
				return 0
			}
			return i
		}
		var ok bool
		if left, ok = strings.CutPrefix(left, foldRune(r)); !ok {
			return 0
		}
	}
	if left != "" {
		return 0
	}
	return len(text)
}
