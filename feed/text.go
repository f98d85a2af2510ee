package feed

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Lang is a reader's language.
type Lang string

// The languages that are complete. French is the default.
const (
	French  Lang = "fr"
	English Lang = "en"
)

// Text is one sentence in each language. Machine text is kept as template and
// values and rendered for its reader:
//
//	"{asset} : poids {value|1} {unit} pour {limit|1}"
//
// {name} inserts a value, {name|n} a number with n decimals. Unknown names
// render as an ellipsis, so that a missing value is seen as missing.
type Text struct {
	FR string `json:"fr" yaml:"fr"`
	EN string `json:"en" yaml:"en"`
}

// IsZero tells whether there is no text in any language.
func (t Text) IsZero() bool { return t.FR == "" && t.EN == "" }

// Values fills the templates of a Text. A value is a float64 or a string.
type Values map[string]any

// Clone returns a copy that may be written to.
func (v Values) Clone() Values { return maps.Clone(v) }

const (
	maxValueRunes  = 160
	maxRenderBytes = 2000
)

// Render fills the template of lang, French when that language is empty.
func (t Text) Render(lang Lang, v Values) string {
	src := t.FR
	if lang == English && t.EN != "" || src == "" {
		src = t.EN
	}
	if !strings.Contains(src, "{") {
		return src
	}
	var b strings.Builder
	for b.Len() < maxRenderBytes {
		open := strings.IndexByte(src, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(src[open:], '}')
		if end < 0 {
			break
		}
		b.WriteString(src[:open])
		b.WriteString(renderValue(lang, v, src[open+1:open+end]))
		src = src[open+end+1:]
	}
	b.WriteString(src)
	return b.String()
}

func renderValue(lang Lang, v Values, spec string) string {
	name, decimals, _ := strings.Cut(spec, "|")
	switch x := v[name].(type) {
	case float64:
		n := -1
		if d, err := strconv.Atoi(decimals); err == nil && d >= 0 && d <= 9 {
			n = d
		}
		return FormatNumber(lang, x, n)
	case string:
		return clean(x)
	default:
		return "…"
	}
}

// clean makes text from outside harmless to read: no control characters, no
// direction overrides, bounded length.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > maxValueRunes {
		s = string([]rune(s)[:maxValueRunes-1]) + "…"
	}
	return s
}

// FormatNumber renders v as lang writes numbers, with the given number of
// decimals, or as many as needed (at most 6) when decimals is negative:
// 18240.5 is "18 240,5" in French (narrow no-break space) and "18,240.5" in
// English.
func FormatNumber(lang Lang, v float64, decimals int) string {
	if decimals < 0 {
		v = math.Round(v*1e6) / 1e6
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	group, point := "\u202f", ","
	if lang == English {
		group, point = ",", "."
	}
	var parts []string
	for len(whole) > 3 {
		parts = append(parts, whole[len(whole)-3:])
		whole = whole[:len(whole)-3]
	}
	parts = append(parts, whole)
	slices.Reverse(parts)
	out := strings.Join(parts, group)
	if frac != "" {
		out += point + frac
	}
	if v < 0 && strings.Trim(s, "0.") != "" {
		out = "\u2212" + out
	}
	return out
}
