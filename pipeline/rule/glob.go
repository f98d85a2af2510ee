package rule

import (
	"errors"
	"strings"

	"github.com/fildefer/fildefer/pipeline"
)

// glob selects asset paths: "*" stands for one segment or a part of one, "**"
// for any number of segments.
type glob struct {
	text     string
	prefix   string // literal start, to refuse most paths at once
	segments []string
}

func parseGlob(s string) (glob, error) {
	if s == "" {
		return glob{}, errors.New(`say which assets, for example "lyon/bottling/*/filler-*", or "**" for all`)
	}
	prefix, _, _ := strings.Cut(s, "*")
	if prefix != s { // "a/**" selects "a" too
		prefix = strings.TrimSuffix(prefix, "/")
	}
	g := glob{text: s, prefix: prefix, segments: strings.Split(s, "/")}
	for _, segment := range g.segments {
		switch {
		case segment == "":
			return glob{}, errors.New("the path has an empty segment; write names separated by single slashes")
		case segment != "**" && strings.Contains(segment, "**"):
			return glob{}, errors.New(`"**" must stand alone between slashes; use "*" for a part of a name`)
		}
	}
	return g, nil
}

func (g glob) matches(p pipeline.AssetPath) bool {
	return strings.HasPrefix(string(p), g.prefix) && matchPath(g.segments, string(p), true)
}

// matchPath matches path, of which more tells whether a segment is left.
func matchPath(segments []string, path string, more bool) bool {
	for i, segment := range segments {
		if segment == "**" {
			rest := segments[i+1:]
			for {
				if matchPath(rest, path, more) {
					return true
				}
				if !more {
					return false
				}
				_, path, more = strings.Cut(path, "/")
			}
		}
		if !more {
			return false
		}
		var name string
		name, path, more = strings.Cut(path, "/")
		if !matchName(segment, name) {
			return false
		}
	}
	return !more
}

// matchName matches one segment, in time linear in practice: after a star that
// fails, only the last star is tried further on.
func matchName(pattern, name string) bool {
	p, n, star, from := 0, 0, -1, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, n
			p++
		case p < len(pattern) && pattern[p] == name[n]:
			p++
			n++
		case star >= 0:
			from++
			p, n = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
