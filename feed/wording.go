package feed

import (
	"slices"
	"strings"
)

// Wording knows in which other words the same answer is given: rules and screens
// offer their answers in both languages, and people say the one that they read.
type Wording map[string]Text

// UsualAnswers are those that the screens offer whatever a rule says.
func UsualAnswers() []Text {
	return []Text{
		{FR: "Réglage fait", EN: "Adjusted"},
		{FR: "Pièce changée", EN: "Part replaced"},
		{FR: "Nettoyage", EN: "Cleaned"},
		{FR: "Fausse alerte", EN: "False alarm"},
		{FR: "Remis en rayon", EN: "Back on shelf"},
		{FR: "Réassort commandé", EN: "Replenishment ordered"},
		{FR: "Stock corrigé", EN: "Stock corrected"},
		{FR: "Réassort fait", EN: "Replenished"},
		{FR: "Facing agrandi", EN: "Facing enlarged"},
		{FR: "Acceptée", EN: "Accepted"},
		{FR: "Refusée", EN: "Refused"},
		{FR: "Déjà en place", EN: "Already in place"},
		{FR: "autres", EN: "others"}, // stops of too many causes
	}
}

// NewWording returns the wording of answers. Of two that are said alike in one
// language the first is meant.
func NewWording(answers ...Text) Wording {
	w := Wording{}
	w.Learn(answers...)
	return w
}

// Learn adds answers.
func (w Wording) Learn(answers ...Text) {
	for _, t := range answers {
		if t.FR == "" || t.EN == "" {
			continue
		}
		for _, said := range []string{FoldCause(t.FR), FoldCause(t.EN)} {
			if _, known := w[said]; !known {
				w[said] = t
			}
		}
	}
}

// Of is an answer in both languages; of one that nobody offered, as it was said.
func (w Wording) Of(said string) Text {
	said = strings.TrimSpace(said)
	if t, known := w[FoldCause(said)]; known {
		return t
	}
	return Text{FR: said}
}

// Key is the same for the same answer, in whichever language and spelling.
func (w Wording) Key(said string) string { return FoldCause(w.Of(said).FR) }

// In is an answer in a language.
func (w Wording) In(lang Lang, said string) string {
	if t, known := w[FoldCause(said)]; known {
		return t.Render(lang, nil)
	}
	return said
}

// Answers is the wording of what the rule of the post offers to answer.
func (p *Post) Answers() Wording {
	w := Wording{}
	for _, t := range slices.Concat(p.Causes, p.Actions) {
		w.Learn(Text{FR: t.Render(French, p.Values), EN: t.Render(English, p.Values)})
	}
	return w
}
