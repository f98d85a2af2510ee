package search

import (
	"slices"
	"strings"
	"unicode/utf16"
)

// Mark is a stretch of a text that answers a question, in UTF-16 units as
// browsers count them.
type Mark struct{ Start, Length int }

// Snippet is the part of a text that answers a question.
type Snippet struct {
	Text  string
	Marks []Mark
}

// snippetWords is how many words a snippet shows before its first mark, and
// snippetBytes about how long it gets.
const (
	snippetWords = 6
	snippetBytes = 180
)

// Found is how texts answer a question.
type Found struct {
	Snippet Snippet
	Field   int     // index of the text that the snippet is of
	Score   float64 // the higher, the better
}

// Find tells how texts answer a question, the one to quote first; ok is false
// when they do not. Tags are not asked for here: they are no words.
func (q Question) Find(texts ...string) (found Found, ok bool) {
	words := make([][]Word, len(texts))
	for i, text := range texts {
		words[i] = Words(text)
	}
	for _, t := range q.Not {
		if slices.ContainsFunc(words, func(all []Word) bool { return len(t.in(all)) > 0 }) {
			return Found{}, false
		}
	}
	spans := make([][]Word, len(texts)) // where each text answers
	best := max(0, slices.IndexFunc(words, func(all []Word) bool { return len(all) > 0 }))
	for _, t := range q.Terms {
		hit := false
		for i, all := range words {
			at := t.in(all)
			hit = hit || len(at) > 0
			spans[i] = append(spans[i], at...)
			found.Score += t.weight(len(at), len(all))
		}
		if !hit {
			return Found{}, false
		}
	}
	for i := range spans {
		if len(spans[i]) > len(spans[best]) {
			best = i
		}
	}
	if len(texts) == 0 {
		return found, len(q.Terms) == 0
	}
	found.Field = best
	found.Snippet = quote(texts[best], words[best], spans[best])
	return found, true
}

// weight is what n answers among so many words are worth: the first counts
// most, and more in a short text.
func (t Term) weight(n, among int) float64 {
	if n == 0 {
		return 0
	}
	return float64(len(t.Words)) * (1 + float64(n-1)/float64(n)) / (1 + float64(among)/50)
}

// in lists the stretches of a text that are the term.
func (t Term) in(text []Word) []Word {
	var out []Word
	for i := 0; i+len(t.Words) <= len(text); i++ {
		if t.at(text[i : i+len(t.Words)]) {
			out = append(out, Word{Start: text[i].Start, End: text[i+len(t.Words)-1].End})
		}
	}
	return out
}

func (t Term) at(text []Word) bool {
	for i, w := range t.Words {
		begun := t.Begun && i == len(t.Words)-1
		if text[i].Stem != w.Stem && (!begun || !strings.HasPrefix(text[i].Folded, w.Folded)) {
			return false
		}
	}
	return true
}

// quote cuts out of a text what stands around its first answer.
func quote(text string, words, spans []Word) Snippet {
	slices.SortFunc(spans, func(a, b Word) int { return a.Start - b.Start })
	from, to := 0, len(text)
	if len(spans) > 0 {
		first := slices.IndexFunc(words, func(w Word) bool { return w.Start == spans[0].Start })
		if first > snippetWords {
			from = words[first-snippetWords].Start
		}
	}
	for _, w := range words {
		if w.End-from > snippetBytes && w.Start > from && (len(spans) == 0 || w.Start >= spans[0].End) {
			to = w.Start
			break
		}
	}
	before, after := "", ""
	if from > 0 {
		before = "… "
	}
	if to < len(text) {
		after = " …"
	}
	out := Snippet{Text: before + strings.TrimRight(text[from:to], " \n\t") + after}
	end := 0
	for _, s := range spans {
		if s.Start < max(from, end) || s.End > to {
			continue
		}
		out.Marks = append(out.Marks, Mark{
			Start:  units(before) + units(text[from:s.Start]),
			Length: units(text[s.Start:s.End]),
		})
		end = s.End
	}
	return out
}

// units is how long a text is as browsers count.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
