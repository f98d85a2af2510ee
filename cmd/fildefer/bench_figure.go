package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// figure is one line of the bench's table.
type figure struct {
	name string
	unit string
	ours float64
	bare float64 // the limit, from the same run; 0 when there is none
	goal goal
}

// goal is what a figure should reach. The zero goal is none: the figure is
// there to be seen.
type goal struct {
	ratioAtLeast, ratioAtMost, atLeast, atMost float64

	none bool // it should be 0
}

// ratio compares with the limit; it is 0 without one.
func (f figure) ratio() float64 {
	if f.bare == 0 {
		return 0
	}
	return f.ours / f.bare
}

// verdict is the goal and whether it was met, in words.
func (f figure) verdict() (wanted, met string) {
	var ok bool
	switch g := f.goal; {
	case g.ratioAtLeast > 0:
		wanted, ok = fmt.Sprintf("ratio ≥ %.1f", g.ratioAtLeast), f.ratio() >= g.ratioAtLeast
	case g.ratioAtMost > 0:
		wanted, ok = fmt.Sprintf("ratio ≤ %.1f", g.ratioAtMost), f.ratio() <= g.ratioAtMost
	case g.atLeast > 0:
		wanted, ok = "≥ "+amount(g.atLeast, f.unit), f.ours >= g.atLeast
	case g.none:
		wanted, ok = "none", f.ours == 0
	case g.atMost > 0:
		wanted, ok = "≤ "+amount(g.atMost, f.unit), f.ours <= g.atMost
	default:
		return "–", ""
	}
	if ok {
		return wanted, "met"
	}
	return wanted, "MISSED"
}

// amount writes large numbers without and small ones with digits behind the
// point.
func amount(v float64, unit string) string {
	digits := 0
	if v < 100 && v != float64(int(v)) {
		digits = 2
	}
	return message.NewPrinter(language.English).Sprintf("%.*f %s", digits, v, unit)
}

func printFigures(w io.Writer, figures []figure) error {
	if len(figures) == 0 {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(t, "measured\there\tbare limit\tratio\tgoal\t")
	for _, f := range figures {
		bare, ratio := "–", "–"
		if f.bare > 0 {
			bare, ratio = amount(f.bare, f.unit), fmt.Sprintf("%.2f", f.ratio())
		}
		wanted, met := f.verdict()
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", f.name, amount(f.ours, f.unit), bare, ratio, wanted, met)
	}
	return t.Flush()
}
