package feed

import (
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a path: what machines may publish under.
const (
	maxDepth   = 16
	maxSegment = 128 // bytes
)

// CheckPath says what keeps p from being a place of the tree, nil when nothing
// does.
func CheckPath(p Path) *Error {
	segments := strings.Split(string(p), "/")
	if len(segments) > maxDepth {
		return Refuse(Invalid, "il compte plus de 16 niveaux", "it has more than 16 levels")
	}
	for _, s := range segments {
		if e := checkSegment(s); e != nil {
			return e
		}
	}
	return nil
}

func checkSegment(s string) *Error {
	switch {
	case s == "":
		return Refuse(Invalid, "une partie est vide entre deux /", "a part between two / is empty")
	case len(s) > maxSegment:
		return Refuse(Invalid, "une partie est trop longue", "a part is too long")
	case s != strings.TrimSpace(s):
		return Refuse(Invalid, "une partie commence ou finit par une espace", "a part begins or ends with a space")
	case strings.HasPrefix(s, "@"):
		return Refuse(Invalid, "@ est réservé aux groupes", "@ is kept for groups")
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable):
		return Refuse(Invalid, "elle contient des caractères de contrôle ou l’un de * ? # + > \\ %", "it holds control characters or one of * ? # + > \\ %")
	}
	return nil
}

// unprintable are characters that hide, and those that brokers, patterns and
// addresses give another meaning.
func unprintable(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(`*?#+>\%`, r) }

// Segment makes the last part of a path of a name: "Épicerie sucrée" becomes
// "epicerie-sucree".
func Segment(name string) string {
	var b strings.Builder
	for _, r := range Fold(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > maxSegment-8 {
			break
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// same tells whether two places say the same.
func same(a, b Territory) bool { return reflect.DeepEqual(a, b) }
