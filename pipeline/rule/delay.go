package rule

import (
	"time"

	"github.com/goccy/go-yaml/ast"
)

// Delay is a duration in a rule file ("10s", "2m30s"): not negative, and
// distinguishable from one that was left out.
type Delay struct {
	time.Duration
	set bool
}

// UnmarshalYAML reads a duration with its unit.
func (d *Delay) UnmarshalYAML(node ast.Node) error {
	v, err := time.ParseDuration(node.GetToken().Value)
	if err != nil {
		return (&Error{Text: "write a duration with its unit, such as 10s, 5m or 1h30m"}).at(node.GetToken())
	}
	if v < 0 {
		return (&Error{Text: "a delay cannot be negative"}).at(node.GetToken())
	}
	d.Duration, d.set = v, true
	return nil
}

// or returns d, or the default when it was left out.
func (d Delay) or(v time.Duration) Delay {
	if d.set {
		return d
	}
	return Delay{Duration: v}
}
