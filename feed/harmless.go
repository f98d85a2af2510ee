package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many accents may stand on one letter: the languages that
// stack most need no more, and a tower of them covers the lines above.
const maxMarks = 4

// Harmless is what somebody wrote without what can only be meant to deceive or
// to break a page: control characters, direction overrides, invisible letters,
// towers of accents, walls of empty lines. Text that cannot be kept at all is
// left as it is, for checkText to refuse.
func Harmless(s string) string {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	var b strings.Builder
	lines, marks, last := 0, 0, rune(0)
	for _, r := range s {
		switch {
		case r == '\n':
			lines++
		case !unicode.IsSpace(r):
			lines = 0
		}
		marks = following(marks, unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r))
		if deceives(r, last) || lines > 2 && unicode.IsSpace(r) || marks > maxMarks {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return strings.TrimSpace(b.String())
}

// following counts what comes again and again.
func following(n int, again bool) int {
	if again {
		return n + 1
	}
	return 0
}

// deceives tells whether a character is there to be missed. A joiner makes one
// sign of two, as families of emoji need, so one of them is kept after a sign.
func deceives(r, last rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xad, r == 0x61c, r == 0x115f, r == 0x1160, r == 0x180e, r == 0x3164, r == 0xfeff, r == 0xffa0:
		return true
	case r == 0x200c, r == 0x200d:
		return last == 0 || unicode.IsSpace(last) || last == 0x200c || last == 0x200d
	case r == 0x200b, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	}
	return r >= 0xfff9 && r <= 0xfffb || r >= 0xe0000 && r <= 0xe007f
}
