package opcua

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxLevels bounds browse paths and the depth to which ** descends.
const maxLevels = 32

// browsePath is a parsed pattern of browse names, from Objects down.
type browsePath struct {
	levels    []level
	wildcards int
}

// level is one name of a browse path.
type level struct {
	namespace int // -1: any
	pattern   string
	deep      bool // **
	wildcard  int  // number of the wildcard, or -1
}

// trail is how far one node got along a browse path. A node may be on several
// trails of one path, since ** may match fewer or more levels.
type trail struct {
	at       int      // the level to match next
	captures []string // by number of wildcard
}

// parseBrowsePath reads "/Objects/2:Press*/**/Temperature".
func parseBrowsePath(s string) (browsePath, error) {
	names := strings.Split(strings.TrimPrefix(s, "/"), "/")
	switch {
	case !utf8.ValidString(s):
		return browsePath{}, errors.New("is not UTF-8")
	case names[0] != "Objects" && names[0] != "0:Objects":
		return browsePath{}, fmt.Errorf("browse path %.80q must start with /Objects", s)
	case len(names) < 2 || len(names) > maxLevels:
		return browsePath{}, fmt.Errorf("browse path %.80q must have 2 to %d levels", s, maxLevels)
	}
	var p browsePath
	for i, name := range names[1:] {
		l := level{namespace: -1, pattern: name, wildcard: -1, deep: name == "**"}
		if index, rest, found := strings.Cut(name, ":"); found {
			if n, err := strconv.ParseUint(index, 10, 16); err == nil {
				l.namespace, l.pattern = int(n), rest
			}
		}
		switch {
		case l.pattern == "":
			return browsePath{}, fmt.Errorf("browse path %.80q: level %d is empty", s, i+2)
		case l.deep && i > 0 && p.levels[i-1].deep:
			return browsePath{}, fmt.Errorf("browse path %.80q: level %d repeats **", s, i+2)
		}
		if strings.ContainsAny(l.pattern, "*?") {
			l.wildcard = p.wildcards
			p.wildcards++
		}
		p.levels = append(p.levels, l)
	}
	return p, nil
}

// start is where Objects itself stands.
func (p browsePath) start() []trail { return p.settle(trail{}) }

// done tells whether a node on t matches the whole path.
func (p browsePath) done(t trail) bool { return t.at == len(p.levels) }

// step returns the trails on which a child of that name stands, when its
// parent stands on t. None: the child is not on the path.
func (p browsePath) step(t trail, namespace uint16, name string) []trail {
	if p.done(t) {
		return nil
	}
	l := p.levels[t.at]
	if l.deep {
		captures := slices.Clone(t.captures)
		captures[l.wildcard] = strings.TrimPrefix(captures[l.wildcard]+"/"+captured(name), "/")
		return p.settle(trail{at: t.at, captures: captures})
	}
	if l.namespace >= 0 && l.namespace != int(namespace) || !matchGlob(l.pattern, name) {
		return nil
	}
	next := trail{at: t.at + 1, captures: t.captures}
	if l.wildcard >= 0 {
		next.captures = append(slices.Clone(t.captures), captured(name))
	}
	return p.settle(next)
}

// settle adds, for a trail that stands before **, the one that passes over it.
func (p browsePath) settle(t trail) []trail {
	if p.done(t) || !p.levels[t.at].deep {
		return []trail{t}
	}
	if len(t.captures) == p.levels[t.at].wildcard {
		t.captures = append(slices.Clone(t.captures), "")
	}
	return []trail{t, {at: t.at + 1, captures: t.captures}}
}

// captured makes a browse name fit for one segment of an asset path.
func captured(name string) string { return strings.ReplaceAll(name, "/", "_") }

// matchGlob tells whether name matches pattern, where * stands for any text
// and ? for one character.
func matchGlob(pattern, name string) bool {
	p, n := []rune(pattern), []rune(name)
	star, mark := -1, 0
	i := 0
	for j := 0; j < len(n); {
		switch {
		case i < len(p) && p[i] == '*':
			star, mark = i, j
			i++
		case i < len(p) && (p[i] == '?' || p[i] == n[j]):
			i++
			j++
		case star >= 0:
			mark++
			i, j = star+1, mark
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}
