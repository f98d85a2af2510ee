package mqtt

import (
	"errors"
	"fmt"
	"slices"
	"unicode"

	"github.com/fildefer/fildefer/pipeline"
)

// few is up to how many names a walk is faster than a map.
const few = 16

// nameSet is a set of names. Its zero value is empty.
type nameSet struct {
	first [few]string
	n     int // of first
	more  map[string]struct{}
}

// add returns false if the name was there already.
func (s *nameSet) add(name string) bool {
	if slices.Contains(s.first[:s.n], name) {
		return false
	}
	if s.n < few {
		s.first[s.n] = name
		s.n++
		return true
	}
	if s.more == nil {
		s.more = map[string]struct{}{}
	}
	before := len(s.more)
	s.more[name] = struct{}{}
	return len(s.more) > before
}

// checkSignal says why s cannot name a signal. Markup is no fault: names are
// data, and whoever shows them escapes them.
func checkSignal(s string) error {
	switch {
	case s == "":
		return errors.New("the value has no name; set signal")
	case len(s) > pipeline.MaxSignalBytes:
		return fmt.Errorf("signal %.40q… has %d bytes, at most %d are allowed", s, len(s), pipeline.MaxSignalBytes)
	}
	return checkPrintable("signal", s)
}

// checkPrintable refuses control characters and those that turn the direction
// of reading, which could make a name look like another.
func checkPrintable(what, s string) error {
	for _, r := range s {
		if unicode.IsControl(r) || r == '\u202e' || r == '\u2066' || r == '\u2067' {
			return fmt.Errorf("%s %.80q holds the control character %U", what, s, r)
		}
	}
	return nil
}
