package search

import "strings"

// minStem is the shortest that a stem gets.
const minStem = 3

// endings are what words of the same family end in, in French or English, the
// longest first. A text does not say which of the two it is in, so one stemmer
// serves both; what it joins too much is settled by the order of the answer.
var endings = []struct{ from, to string }{
	{"ements", ""},
	{"ement", ""},
	{"euses", "eur"},
	{"euse", "eur"},
	{"eaux", "eau"},
	{"aux", "al"},
	{"eux", "eu"},
	{"oux", "ou"},
	{"ings", ""},
	{"ing", ""},
	{"iees", "i"},
	{"iee", "i"},
	{"ies", "i"},
	{"ied", "i"},
	{"ier", "i"},
	{"iez", "i"},
	{"ie", "i"},
	{"ees", ""},
	{"ee", ""},
	{"ers", ""},
	{"er", ""},
	{"ez", ""},
	{"ed", ""},
	{"es", ""},
	{"e", ""},
	{"s", ""},
	{"y", "i"},
}

// Stem is what a folded word has in common with its plural, its feminine and
// its verb. Codes, which hold digits, stay as they are. It is the same for a
// word that was stemmed once as long as that matters: texts and questions are
// both stemmed exactly once.
func Stem(word string) string {
	if strings.ContainsAny(word, "0123456789") {
		return word
	}
	for _, end := range endings {
		root, ok := strings.CutSuffix(word, end.from)
		if !ok {
			continue
		}
		if len(root)+len(end.to) >= minStem && (end.from != "s" || !strings.HasSuffix(root, "s")) {
			word = root + end.to
			break
		}
	}
	return single(word)
}

// single drops the second of two equal consonants at the end: bonne and bon,
// stopped and stop.
func single(word string) string {
	n := len(word)
	if n > minStem && word[n-1] == word[n-2] && !strings.ContainsRune("aeiouy", rune(word[n-1])) && word[n-1] < 0x80 {
		return word[:n-1]
	}
	return word
}
