package feed

import (
	"strings"
	"unicode"
)

// plain is how the accented letters of the Latin alphabets of western and central
// Europe, and ligatures, are folded.
var plain = func() map[rune]string {
	out := map[rune]string{'æ': "ae", 'œ': "oe", 'ß': "ss", '’': "'", '\u00a0': " ", '\u202f': " "}
	for letter, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı",
		"j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț",
		"u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range accented {
			out[r] = letter
		}
	}
	return out
}()

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
