package rule

import (
	"math"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// allowance is a distance in a rule file: a number in the signal's own unit
// ("2.5"), or a share of what it is measured from ("5%").
type allowance struct {
	Size    float64
	Percent bool
}

// UnmarshalYAML reads a finite number that is not negative, with or without %.
func (a *allowance) UnmarshalYAML(node ast.Node) error {
	text, percent := strings.CutSuffix(node.GetToken().Value, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !isFinite(v) || v < 0 {
		return (&Error{Text: "write a number that is not negative, such as 2.5, or a share, such as 5%"}).at(node.GetToken())
	}
	a.Size, a.Percent = v, percent
	return nil
}

// of is the distance that a allows from v.
func (a allowance) of(v float64) float64 {
	if a.Percent {
		return math.Abs(v) * a.Size / 100
	}
	return a.Size
}
