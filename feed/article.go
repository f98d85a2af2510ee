package feed

import (
	"strings"
	"time"
	"unicode"
)

// Article is what the ERP last said of an article in a store. What it does not
// say is nil, zero or empty: a missing figure is not a figure of nothing.
type Article struct {
	Store    Path
	SKU      string
	Label    string
	Aisle    Path     // where it stands
	OnHand   *float64 // nil when the ERP no longer lists it
	BackRoom *float64 // of those, in the back room
	Price    *float64
	Currency string   // of the price; a code of ISO 4217, as far as the ERP knows
	Delivery Delivery // the next one
	Source   string   // connector, as configured
	At       time.Time
}

// Delivery is one that the ERP announces.
type Delivery struct {
	At       time.Time // zero when none is announced
	Quantity *float64
}

// Sale is pieces of an article that left a store. A sale told again is the same
// sale: it is counted once by its effect.
type Sale struct {
	Effect string
	Store  Path
	SKU    string
	Day    Day
	Pieces float64   // below zero when they came back
	At     time.Time // heard of
}

// Day is a day of a store's own calendar: "2026-11-21".
type Day string

// DayOf is the day that t falls on.
func DayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// Sold is what was sold of an article on a day.
type Sold struct {
	Day    Day
	Pieces float64
}

// Matches tells whether somebody who typed this means the article: the start of
// its code, or the starts of words of its label, with or without accents.
func (a *Article) Matches(typed string) bool {
	if strings.HasPrefix(a.SKU, strings.TrimSpace(typed)) {
		return true
	}
	label := " " + strings.Join(wordsOf(a.Label), " ")
	asked := wordsOf(typed)
	for _, word := range asked {
		if !strings.Contains(label, " "+word) {
			return false
		}
	}
	return len(asked) > 0
}

// wordsOf splits a text into its words, in small letters without accents.
func wordsOf(text string) []string {
	return strings.FieldsFunc(bare.Replace(strings.ToLower(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// bare takes the accents of French off small letters.
var bare = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i",
	"ô", "o", "ö", "o", "ù", "u", "û", "u", "ü", "u", "ÿ", "y", "œ", "oe", "æ", "ae",
)
