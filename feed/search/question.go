package search

import (
	"strings"
	"unicode"

	"github.com/fildefer/fildefer/feed"
)

// Bounds of a question.
const (
	maxQuestion = 200 // characters
	maxTerms    = 12
	minPrefix   = 2 // characters: a shorter beginning is a word
)

// Question is what somebody typed, taken apart: words that have to be there,
// the last of them perhaps only begun, "phrases", #tags, and -words that must
// not be there.
type Question struct {
	Terms []Term
	Not   []Term
	Tags  []string // folded
}

// Term is a word, or several that follow one another.
type Term struct {
	Words []Word
	Begun bool // the last word may go on
}

// Parse takes a question apart. Every text is a question; one without words
// asks for nothing.
func Parse(typed string) Question {
	var q Question
	rest := cut(typed, maxQuestion)
	open := rest != "" && !unicode.IsSpace(lastRune(rest)) // the last word may go on
	for len(q.Terms)+len(q.Not)+len(q.Tags) < maxTerms {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if rest == "" {
			break
		}
		var piece string
		not := rest[0] == '-'
		if not {
			rest = rest[1:]
		}
		quoted := strings.HasPrefix(rest, `"`)
		piece, rest = next(rest, quoted)
		switch {
		case strings.HasPrefix(piece, "#") && !not && !quoted:
			q.tag(piece[1:])
		case quoted:
			q.add(Term{Words: Words(piece)}, not)
		default:
			q.words(piece, not, open && rest == "")
		}
	}
	return q
}

// next is the first word or phrase of the rest of a question, and what follows.
func next(rest string, quoted bool) (piece, after string) {
	if quoted {
		piece, after, _ = strings.Cut(rest[1:], `"`)
		return piece, after
	}
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		return rest[:i], rest[i:]
	}
	return rest, ""
}

func lastRune(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}

// words adds a piece between blanks: what is written together, as in 12,5 or
// l'huile, has to be there word by word.
func (q *Question) words(piece string, not, open bool) {
	words := Words(piece)
	for i, w := range words {
		begun := open && !not && i == len(words)-1 && len([]rune(w.Folded)) >= minPrefix
		q.add(Term{Words: []Word{w}, Begun: begun}, not)
	}
}

func (q *Question) add(t Term, not bool) {
	switch {
	case len(t.Words) == 0 || len(q.Terms)+len(q.Not) >= maxTerms:
	case not:
		q.Not = append(q.Not, t)
	default:
		q.Terms = append(q.Terms, t)
	}
}

func (q *Question) tag(tag string) {
	if m := feed.Marks("#"+tag, nil); len(m) == 1 && m[0].Kind == feed.MarkTag {
		q.Tags = append(q.Tags, m[0].Says)
		return
	}
	q.words(tag, false, false)
}

// IsZero tells whether nothing is asked for.
func (q Question) IsZero() bool { return len(q.Terms)+len(q.Tags) == 0 }

// Plain are the words asked for, to look people up by.
func (q Question) Plain() string {
	var out []string
	for _, t := range q.Terms {
		for _, w := range t.Words {
			out = append(out, w.Folded)
		}
	}
	return strings.Join(out, " ")
}
