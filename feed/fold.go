package feed

import (
	"strings"
	"unicode"
)

// plain is how letters with accents and ligatures are folded. The screens fold
// with the same table (web/src/talk/marks.ts), so that a tag is the same one on
// both sides.
var plain = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ã': "a", 'ä': "a", 'å': "a", 'æ': "ae", 'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ñ': "n", 'ò': "o", 'ó': "o", 'ô': "o", 'õ': "o", 'ö': "o", 'ø': "o", 'œ': "oe",
	'ß': "ss", 'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ý': "y", 'ÿ': "y", '’': "'", '\u00a0': " ", '\u202f': " ",
}

// Fold makes what people write differently the same: case and accents.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(foldRune(r))
	}
	return b.String()
}

func foldRune(r rune) string {
	if unicode.Is(unicode.Mn, r) {
		return "" // an accent that is written apart from its letter
	}
	r = unicode.ToLower(r)
	if s, ok := plain[r]; ok {
		return s
	}
	return string(r)
}
