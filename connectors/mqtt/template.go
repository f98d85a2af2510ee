package mqtt

import (
	"fmt"
	"slices"
	"strings"
)

// topicTemplate is a topic whose levels are literal, or captured by a name:
// "plant/{line}/{asset}/telemetry". "{name...}", as the last level, captures
// one level or more.
type topicTemplate struct {
	levels []level
	names  []string // of the captures, in order
	rest   bool     // the last level captures one level or more
}

type level struct {
	literal  string
	captured bool
}

func parseTopic(s string) (topicTemplate, error) {
	var t topicTemplate
	parts := strings.Split(s, "/")
	for i, part := range parts {
		name, isCapture := captureName(part)
		if !isCapture {
			if strings.ContainsAny(part, "{}+#") {
				return t, fmt.Errorf("%q is neither a name nor a whole {capture}", part)
			}
			t.levels = append(t.levels, level{literal: part})
			continue
		}
		if rest, ok := strings.CutSuffix(name, "..."); ok {
			if i != len(parts)-1 {
				return t, fmt.Errorf("{%s} must be the last level", name)
			}
			name, t.rest = rest, true
		}
		if name == "" || slices.Contains(t.names, name) {
			return t, fmt.Errorf("level %d needs a capture name of its own", i+1)
		}
		t.names = append(t.names, name)
		t.levels = append(t.levels, level{captured: true})
	}
	return t, nil
}

func captureName(part string) (string, bool) {
	if len(part) < 2 || part[0] != '{' || part[len(part)-1] != '}' {
		return "", false
	}
	name := part[1 : len(part)-1]
	return name, !strings.ContainsAny(name, "{}")
}

// topicOf makes a template of a filter, whose wildcards capture unnamed.
func topicOf(filter string) topicTemplate {
	var t topicTemplate
	for i, part := range strings.Split(unshared(filter), "/") {
		switch part {
		case "+", "#":
			t.rest = part == "#"
			t.names = append(t.names, fmt.Sprint(i+1))
			t.levels = append(t.levels, level{captured: true})
		default:
			t.levels = append(t.levels, level{literal: part})
		}
	}
	return t
}

// filter is the narrowest filter that reaches every topic of the template.
func (t topicTemplate) filter() string {
	parts := make([]string, len(t.levels))
	for i, l := range t.levels {
		switch {
		case !l.captured:
			parts[i] = l.literal
		case t.rest && i == len(t.levels)-1:
			parts[i] = "#"
		default:
			parts[i] = "+"
		}
	}
	return strings.Join(parts, "/")
}

// match appends what is captured of topic to captures.
func (t topicTemplate) match(topic string, captures []string) ([]string, bool) {
	last := len(t.levels) - 1
	for i, l := range t.levels {
		if i == last && t.rest {
			return append(captures, topic), true
		}
		part, tail, more := strings.Cut(topic, "/")
		if more != (i < last) || !l.captured && part != l.literal {
			return captures, false
		}
		if l.captured {
			captures = append(captures, part)
		}
		topic = tail
	}
	return captures, true
}

// textTemplate is a text with captures in it: "lyon/{line}/{asset}".
type textTemplate struct {
	parts []textPart
}

// textPart is a literal, followed by a capture unless that is negative.
type textPart struct {
	literal string
	capture int
}

func parseText(s string, names []string) (textTemplate, error) {
	var t textTemplate
	for {
		literal, tail, found := strings.Cut(s, "{")
		if strings.Contains(literal, "}") {
			return t, fmt.Errorf("%q has a } without {", s)
		}
		if !found {
			t.parts = append(t.parts, textPart{literal, -1})
			return t, nil
		}
		name, rest, closed := strings.Cut(tail, "}")
		i := slices.Index(names, name)
		if !closed || i < 0 {
			return t, fmt.Errorf("{%s} is not captured by the topic, which gives %v", name, names)
		}
		t.parts = append(t.parts, textPart{literal, i})
		s = rest
	}
}

func (t textTemplate) expand(captures []string) string {
	if len(t.parts) == 1 && t.parts[0].capture < 0 {
		return t.parts[0].literal
	}
	var b strings.Builder
	for _, part := range t.parts {
		b.WriteString(part.literal)
		if part.capture >= 0 {
			b.WriteString(captures[part.capture])
		}
	}
	return b.String()
}

// checkFilter says what is wrong with an MQTT topic filter.
func checkFilter(filter string) error {
	plain := unshared(filter)
	if strings.HasPrefix(filter, "$share/") && plain == filter {
		return fmt.Errorf("%q is not $share/group/filter", filter)
	}
	if plain == "" || len(filter) > 65535 || strings.ContainsRune(filter, 0) {
		return fmt.Errorf("%.80q is not a topic filter", filter)
	}
	parts := strings.Split(plain, "/")
	for i, part := range parts {
		switch {
		case part == "#" && i != len(parts)-1:
			return fmt.Errorf("%q: # must be the last level", filter)
		case len(part) > 1 && strings.ContainsAny(part, "+#"):
			return fmt.Errorf("%q: a wildcard must be a whole level", filter)
		}
	}
	return nil
}

// unshared is filter without the "$share/group/" before it.
func unshared(filter string) string {
	if shared, ok := strings.CutPrefix(filter, "$share/"); ok {
		if _, plain, ok := strings.Cut(shared, "/"); ok {
			return plain
		}
	}
	return filter
}

// covers tells whether every topic of the narrow filter is one of the wide.
func covers(wide, narrow string) bool {
	w, n := strings.Split(unshared(wide), "/"), strings.Split(narrow, "/")
	for i, part := range w {
		if part == "#" {
			return true
		}
		if i >= len(n) || n[i] == "#" || part != "+" && part != n[i] {
			return false
		}
	}
	return len(w) == len(n)
}
