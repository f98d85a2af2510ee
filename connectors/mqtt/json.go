package mqtt

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/fildefer/fildefer/pipeline"
)

// Bounds of a payload. Beyond them it goes to the dead letters.
const (
	maxPayloadBytes = 1 << 20
	maxDepth        = 32
	maxLeaves       = 4096
)

// scalar is a leaf of a payload. Null is a scalar without a value.
type scalar struct {
	value  pipeline.Value
	number string // as written, when it is one
}

// scanner reads one JSON text in a single pass, without building a tree. It is
// stricter than encoding/json: a key given twice is a fault, since nobody can
// tell which of the two was meant.
type scanner struct {
	text   string
	pos    int
	leaves int
	leaf   func(path string, s scalar) error
}

// scanJSON calls leaf for each leaf of text, in order. Path joins keys and
// array indexes by "."; it is empty when the whole text is a scalar.
func scanJSON(text string, leaf func(path string, s scalar) error) error {
	s := scanner{text: text, leaf: leaf}
	if err := s.scan("", 0); err != nil {
		return err
	}
	if s.peek() != 0 || s.pos < len(s.text) {
		return s.fault("something follows the end of the JSON text")
	}
	return nil
}

func (s *scanner) scan(path string, depth int) error {
	switch c := s.peek(); {
	case depth > maxDepth:
		return s.fault("is nested more than %d deep", maxDepth)
	case c == '{':
		return s.object(path, depth)
	case c == '[':
		return s.array(path, depth)
	}
	if s.leaves++; s.leaves > maxLeaves {
		return s.fault("has more than %d values", maxLeaves)
	}
	v, err := s.scalar()
	if err != nil {
		return err
	}
	return s.leaf(path, v)
}

func (s *scanner) object(path string, depth int) error {
	s.pos++
	if s.take('}') {
		return nil
	}
	var keys nameSet
	for {
		if s.peek() != '"' {
			return s.fault("a key was expected")
		}
		key, err := s.quoted()
		if err != nil {
			return err
		}
		if !keys.add(key) {
			return s.fault("key %.80q is given twice", key)
		}
		if !s.take(':') {
			return s.fault("a colon was expected")
		}
		if err := s.scan(join(path, key), depth+1); err != nil {
			return err
		}
		if s.take('}') {
			return nil
		}
		if !s.take(',') {
			return s.fault("a comma or } was expected")
		}
	}
}

func (s *scanner) array(path string, depth int) error {
	s.pos++
	if s.take(']') {
		return nil
	}
	for i := 0; ; i++ {
		if err := s.scan(join(path, strconv.Itoa(i)), depth+1); err != nil {
			return err
		}
		if s.take(']') {
			return nil
		}
		if !s.take(',') {
			return s.fault("a comma or ] was expected")
		}
	}
}

func (s *scanner) scalar() (scalar, error) {
	switch c := s.peek(); {
	case c == '"':
		text, err := s.quoted()
		return scalar{value: pipeline.Text(text)}, err
	case c == 't' && s.word("true"):
		return scalar{value: pipeline.Bool(true)}, nil
	case c == 'f' && s.word("false"):
		return scalar{value: pipeline.Bool(false)}, nil
	case c == 'n' && s.word("null"):
		return scalar{}, nil
	case c == '-' || isDigit(c):
		literal := s.text[s.pos : s.pos+numberLength(s.text[s.pos:])]
		if literal == "" {
			return scalar{}, s.fault("a number is malformed")
		}
		v, err := number(literal)
		if err != nil {
			return scalar{}, s.fault("%w", err)
		}
		s.pos += len(literal)
		return v, nil
	case s.pos >= len(s.text):
		return scalar{}, s.fault("the JSON text ends too early")
	}
	return scalar{}, s.fault("a value was expected")
}

// quoted reads a string. Only strings with escapes cost a copy.
func (s *scanner) quoted() (string, error) {
	start := s.pos
	escaped := false
	for i := start + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			s.pos = i + 1
			if !escaped {
				return s.text[start+1 : i], nil
			}
			var text string
			if err := json.Unmarshal([]byte(s.text[start:s.pos]), &text); err != nil {
				return "", s.fault("a string has a malformed escape")
			}
			return text, nil
		case c == '\\':
			escaped = true
			i++
		case c < ' ':
			s.pos = i
			return "", s.fault("a string holds the control character %U", c)
		}
	}
	return "", s.fault("a string does not end")
}

func (s *scanner) word(w string) bool {
	if !strings.HasPrefix(s.text[s.pos:], w) {
		return false
	}
	s.pos += len(w)
	return true
}

// peek skips white space and returns the next byte, or 0 at the end.
func (s *scanner) peek() byte {
	for ; s.pos < len(s.text); s.pos++ {
		switch c := s.text[s.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.pos++
	return true
}

func (s *scanner) fault(format string, args ...any) error {
	return fmt.Errorf("JSON, byte %d: %w", s.pos, fmt.Errorf(format, args...))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// numberLength is the length of the JSON number at the start of s, or 0.
func numberLength(s string) int {
	i := 0
	digits := func() bool {
		start := i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		return i > start
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	zero := i < len(s) && s[i] == '0'
	first := i
	if !digits() || zero && i > first+1 {
		return 0
	}
	if i < len(s) && s[i] == '.' {
		i++
		if !digits() {
			return 0
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if !digits() {
			return 0
		}
	}
	return i
}

// maxExact is the largest integer up to which a float64 holds every integer.
const maxExact = 1 << 53

var errTooLarge = errors.New("number is beyond what a 64-bit float can hold")

// number keeps integers that a float64 would round as text: they are serial
// numbers, not readings.
func number(literal string) (scalar, error) {
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		return scalar{}, fmt.Errorf("%.40s: %w", literal, errTooLarge)
	}
	s := scalar{value: pipeline.Number(f), number: literal}
	if (f >= maxExact || f <= -maxExact) && !strings.ContainsAny(literal, ".eE") {
		s.value = pipeline.Text(literal)
	}
	return s, nil
}
