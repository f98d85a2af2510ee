package feed

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed vocabulary.txt
var vocabularyText string

// Vocabulary is what people call the same thing: each thing with its names, each
// name with its words.
type Vocabulary [][][]string

// shortestBegun is how many letters of a name's last word have to be typed
// before it is taken for that name.
const shortestBegun = 5

// TradeVocabulary is the one of plants and stores.
func TradeVocabulary() Vocabulary {
	var out Vocabulary
	for line := range strings.Lines(vocabularyText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var names [][]string
		for name := range strings.SplitSeq(line, ",") {
			if words := strings.Fields(SkillKey(name)); len(words) > 0 {
				names = append(names, words)
			}
		}
		if len(names) > 0 {
			out = append(out, names)
		}
	}
	return out
}

// Readings are the ways to read words that somebody asks for: as they stand, and
// with a name of a thing in the place of another one.
func (v Vocabulary) Readings(asked []string) [][]string {
	out := [][]string{asked}
	for _, names := range v {
		for _, name := range names {
			at := holds(asked, name)
			if at < 0 {
				continue
			}
			for _, other := range names {
				out = append(out, slices.Concat(asked[:at], other, asked[at+len(name):]))
			}
		}
	}
	return out
}

// holds tells where a name stands among words of which the last may be begun
// only; below 0 where it does not.
func holds(asked, name []string) int {
	for at := 0; at+len(name) <= len(asked); at++ {
		if reads(asked[at:at+len(name)], name, at+len(name) == len(asked)) {
			return at
		}
	}
	return -1
}

func reads(said, name []string, last bool) bool {
	for i, word := range name {
		begun := last && i == len(name)-1 && len(said[i]) >= shortestBegun && strings.HasPrefix(word, said[i])
		if said[i] != word && said[i] != word+"s" && !begun {
			return false
		}
	}
	return true
}
