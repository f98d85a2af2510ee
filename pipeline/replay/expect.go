package replay

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// expectation is one line under expect. With "by" it counts what happened up to
// then, with "at" it looks at how things stand then, and with neither it counts
// all that happened. Counts are numbers or bounds: 1, "<=2", ">0".
type expectation struct {
	At   rule.Delay `yaml:"at"`
	By   rule.Delay `yaml:"by"`
	Rule string     `yaml:"rule"`
	// Asset narrows it to posts of one asset.
	Asset pipeline.AssetPath `yaml:"asset"`

	Open     *count `yaml:"open"`     // at: posts that are open; by: that were opened; in all: open at the end
	Bump     *count `yaml:"bump"`     // times that people were told again
	Close    *count `yaml:"close"`    // posts that ended
	Unstable *count `yaml:"unstable"` // posts that were called unstable; true is ">0"
	Stale    *count `yaml:"stale"`    // posts whose data went stale
	Held     *count `yaml:"held"`     // conditions that were held back
	Title    string `yaml:"title"`    // some post contains it, in French or English

	Threads *count `yaml:"threads"` // posts in all
	Bumps   *count `yaml:"bumps"`
	Closes  *count `yaml:"closes"`
	State   string `yaml:"state"` // open or closed: how things stand at the end, or at that time

	timed, state bool // written with by or at; with at
	line         int
}

// count is a number, or a bound of one.
type count struct {
	sign string
	n    int
}

// UnmarshalYAML reads 2, "<=2", true (at least one) or false (none).
func (c *count) UnmarshalYAML(node ast.Node) error {
	text := strings.TrimSpace(node.GetToken().Value)
	switch text {
	case "true":
		*c = count{">", 0}
		return nil
	case "false":
		*c = count{"", 0}
		return nil
	}
	c.sign = text[:len(text)-len(strings.TrimLeft(text, "<>="))]
	n, err := strconv.Atoi(strings.TrimSpace(text[len(c.sign):]))
	if c.n = n; err != nil || !slices.Contains([]string{"", "=", "<", ">", "<=", ">="}, c.sign) {
		e := &rule.Error{Text: fmt.Sprintf("%q is no count; write 2, \"<=2\" or \">0\"", text)}
		place(e, node.GetToken())
		return e
	}
	return nil
}

func (c *count) holds(n int) bool {
	switch c.sign {
	case "<":
		return n < c.n
	case "<=":
		return n <= c.n
	case ">":
		return n > c.n
	case ">=":
		return n >= c.n
	}
	return n == c.n
}

func (c *count) String() string {
	if c.sign == "" || c.sign == "=" {
		return strconv.Itoa(c.n)
	}
	return c.sign + " " + strconv.Itoa(c.n)
}

func parseExpect(file string, node ast.Node) ([]expectation, error) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil, faultAt(file, node, "expect", "write a list here; [] expects no post")
	}
	all := make([]expectation, 0, len(list.Values))
	for _, element := range list.Values {
		e := expectation{line: element.GetToken().Position.Line}
		if err := yaml.NodeToValue(element, &e, yaml.Strict()); err != nil {
			return nil, located(file, "expect", err)
		}
		at, by := entryNode(element, "at") != element, entryNode(element, "by") != element
		e.timed, e.state = at || by, at
		if text := e.fault(at && by); text != "" {
			return nil, faultAt(file, element, "expect", text)
		}
		all = append(all, e)
	}
	return all, nil
}

func (e *expectation) fault(both bool) string {
	switch {
	case both:
		return "write at (how things stand then) or by (what happened up to then), not both"
	case e.state && (e.Bump != nil || e.Close != nil):
		return "bump and close are counted: write by in place of at"
	case e.timed && (e.Threads != nil || e.Bumps != nil || e.Closes != nil):
		return "threads, bumps and closes are counts of all: write open, bump and close with by"
	case e.State != "" && e.State != "open" && e.State != "closed":
		return fmt.Sprintf("%q is no state; write open or closed", e.State)
	}
	return ""
}

// when is up to when the expectation looks.
func (e *expectation) when(start, end time.Time) time.Time {
	switch {
	case e.state:
		return start.Add(e.At.Duration)
	case e.timed:
		return start.Add(e.By.Duration)
	}
	return end
}

// check returns what did not happen as expected.
func (e *expectation) check(l *timeline, trialRule string, start, end time.Time) []string {
	until := e.when(start, end)
	seen := l.look(until, func(m *moment) bool {
		return (trialRule == "" || m.rule == trialRule) && (e.Rule == "" || m.rule == e.Rule) && (e.Asset == "" || m.asset == e.Asset)
	})
	var wrong []string
	want := func(name string, c *count, n int) {
		if c != nil && !c.holds(n) {
			wrong = append(wrong, fmt.Sprintf("%s%s is %d, expected %s", e.prefix(), name, n, c))
		}
	}
	opened, unstable, stale, held := seen.open, seen.nowUnstable, seen.nowStale, seen.nowHeld
	if !e.state {
		unstable, stale, held = seen.unstable, seen.stale, seen.held
		if e.timed {
			opened = seen.opened
		}
	}
	want("open", e.Open, opened)
	want("bump", e.Bump, seen.bumps)
	want("close", e.Close, seen.closes)
	want("unstable", e.Unstable, unstable)
	want("stale", e.Stale, stale)
	want("held", e.Held, held)
	want("threads", e.Threads, seen.opened)
	want("bumps", e.Bumps, seen.bumps)
	want("closes", e.Closes, seen.closes)
	if e.Title != "" && !slices.ContainsFunc(seen.titles, func(t string) bool { return strings.Contains(t, e.Title) }) {
		wrong = append(wrong, fmt.Sprintf("%sno post says %q", e.prefix(), e.Title))
	}
	if open := seen.open > 0; e.State == "open" && !open || e.State == "closed" && (open || seen.opened == 0) {
		wrong = append(wrong, fmt.Sprintf("%sthe state is not %s: %d open of %d", e.prefix(), e.State, seen.open, seen.opened))
	}
	return wrong
}

func (e *expectation) prefix() string {
	switch {
	case e.state:
		return fmt.Sprintf("line %d: at %s, ", e.line, short(e.At.Duration))
	case e.timed:
		return fmt.Sprintf("line %d: by %s, ", e.line, short(e.By.Duration))
	}
	return fmt.Sprintf("line %d: in all, ", e.line)
}
