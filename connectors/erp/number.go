package erp

import (
	"math"
	"strconv"
	"strings"
)

// Locale says how a column writes numbers.
type Locale string

// Locales that a column may declare. None is guessed: "1.234" is a thousand in
// one country and a little more than one in the next.
const (
	French  Locale = "fr" // 1 234,50 with any kind of space
	English Locale = "en" // 1,234.50
)

// marks returns what separates thousands and decimals.
func (l Locale) marks() (group, decimal string) {
	if l == English {
		return ",", "."
	}
	return " ", ","
}

// spaces folds the thousands separators of French typography into one: space,
// no-break space and narrow no-break space.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "'", " ")

// parseNumber reads a number as people and ERPs write it: grouped thousands,
// a sign before or, as SAP does, behind it, or accountants' parentheses.
// Scientific notation is refused: it is what a spreadsheet left of a code.
func parseNumber(text string, locale Locale) (float64, *Fault) {
	refused := func() (float64, *Fault) {
		return 0, newFault("%q n'est pas un nombre au format %s", "%q is not a number in the format %s", text, locale)
	}
	digits, negative := cutSign(strings.TrimSpace(spaces.Replace(text)))
	if strings.ContainsAny(digits, "eE") {
		return 0, newFault("%q est en notation scientifique : un tableur a perdu les chiffres",
			"%q is in scientific notation: a spreadsheet lost its digits", text)
	}
	group, decimal := locale.marks()
	whole, fraction, hasFraction := strings.Cut(digits, decimal)
	if whole == "" && hasFraction {
		whole = "0" // databases write ",5"
	}
	whole, ok := ungroup(whole, group)
	if !ok || hasFraction && !allDigits(fraction) {
		return refused()
	}
	n, err := strconv.ParseFloat(whole+"."+fraction, 64)
	if err != nil || len(whole) > 300 {
		return refused()
	}
	if negative {
		n = -n
	}
	return n, nil
}

// maxExact is the greatest integer up to which a float64 counts by ones.
const maxExact = 1 << 53

// parseInteger reads a number that has no fraction and that a float64 holds
// exactly. Codes such as EAN are texts, not numbers.
func parseInteger(text string, locale Locale) (float64, *Fault) {
	n, fault := parseNumber(text, locale)
	switch {
	case fault != nil:
		return 0, fault
	case n != math.Trunc(n):
		return 0, newFault("%q n'est pas un nombre entier", "%q is not a whole number", text)
	case n > maxExact || n < -maxExact:
		return 0, newFault("%q est trop long pour un nombre : déclarez la colonne en texte",
			"%q is too long for a number: declare the column as text", text)
	}
	return n, nil
}

func cutSign(s string) (digits string, negative bool) {
	switch {
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		return strings.TrimSpace(s[1 : len(s)-1]), true
	case strings.HasPrefix(s, "-"):
		return strings.TrimSpace(s[1:]), true
	case strings.HasPrefix(s, "\u2212"):
		return strings.TrimSpace(s[len("\u2212"):]), true
	case strings.HasSuffix(s, "-"):
		return strings.TrimSpace(s[:len(s)-1]), true
	}
	return strings.TrimPrefix(s, "+"), false
}

// ungroup takes the separators out of "1 234 567": every group but the first
// has three digits, so that "1 23" or two numbers in a cell are refused.
func ungroup(s, separator string) (string, bool) {
	groups := strings.Split(s, separator)
	for i, g := range groups {
		grouped := len(groups) > 1
		if !allDigits(g) || grouped && (i == 0 && len(g) > 3 || i > 0 && len(g) != 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
