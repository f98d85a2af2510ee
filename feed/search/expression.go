package search

import "slices"

// Expression is a question as an index answers it: one of each group of
// Choices has to be there, and none of Not. A phrase asks for its words here;
// that they follow one another is for [Question.Find] to say.
type Expression struct {
	All [][]Choice
	Not []string
}

// Choice is a token, or the beginning of one.
type Choice struct {
	Token string
	Begun bool
}

// Express turns a question into tokens. With begun the last word may go on:
// that asks the index for every word that begins so, which costs more the more
// there are.
func (q Question) Express(begun bool) Expression {
	var e Expression
	for _, tag := range q.Tags {
		e.Need(TagToken(tag))
	}
	for _, t := range q.Terms {
		for i, w := range t.Words {
			group := []Choice{{Token: token(w.Stem)}}
			if begun && t.Begun && i == len(t.Words)-1 {
				group = append(group, Choice{Token: token(w.Folded), Begun: true})
			}
			e.All = append(e.All, group)
		}
	}
	for _, t := range q.Not {
		if len(t.Words) == 1 { // whether a phrase is there is not known by its words
			e.Not = append(e.Not, token(t.Words[0].Stem))
		}
	}
	return e
}

// Need asks for one of the tokens besides.
func (e *Expression) Need(oneOf ...string) {
	group := make([]Choice, len(oneOf))
	for i, t := range oneOf {
		group[i] = Choice{Token: t}
	}
	e.All = append(e.All, group)
}

// Goes tells whether the last word of a question may go on.
func (q Question) Goes() bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool { return t.Begun })
}
