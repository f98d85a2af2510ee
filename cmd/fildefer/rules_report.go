package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/fildefer/fildefer/pipeline/replay"
)

// mostListed is how many posts of a kind a report lists; JSON has all.
const mostListed = 40

// printResult prints a report for people.
func printResult(w io.Writer, r *replay.Result) error {
	t := &reportText{tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)}
	t.head(r.Report)
	if r.Report.Events == 0 {
		t.faults(r.Report)
		return t.Flush()
	}
	t.threads(r.Report)
	t.top(r.Report)
	t.escalations(r.Report)
	t.health(r.Report)
	t.labels(r.Report)
	if r.Diff != nil {
		t.diff(r.Diff)
	} else {
		t.list("Posts", r.Report.Openings, " ")
	}
	t.faults(r.Report)
	return t.Flush()
}

// reportText writes the parts of a report, each with an empty line before it.
type reportText struct{ *tabwriter.Writer }

func (t *reportText) line(format string, args ...any) { _, _ = fmt.Fprintf(t, format+"\n", args...) }

func (t *reportText) head(r *replay.Report) {
	if r.Events == 0 {
		t.line("There is no event in this time.")
		return
	}
	const when = "2006-01-02 15:04:05"
	t.line("%s to %s (UTC), %.1f days, %s", r.From.Format(when), r.To.Format(when), r.Days(), amount(float64(r.Events), "events"))
	t.line("%s, %s; people were told again %s", plural(r.Posts, "post"), severities(r), plural(r.Bumps, "time"))
}

func severities(r *replay.Report) string {
	var parts []string
	for _, s := range []string{"critical", "major", "minor", "info"} {
		if n := r.Severities[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "none")
}

func (t *reportText) threads(r *replay.Report) {
	if len(r.Threads) == 0 {
		return
	}
	t.line("")
	t.line("day\tterritory\tposts\ttold again")
	for _, d := range r.Threads {
		t.line("%s\t%s\t%d\t%d", d.Day, d.Territory, d.Posts, d.Bumps)
	}
}

func (t *reportText) top(r *replay.Report) {
	if len(r.Top) == 0 {
		return
	}
	t.line("")
	t.line("rule\tposts\tshare")
	for _, s := range r.Top {
		t.line("%s\t%d\t%.0f %%", s.Rule, s.Posts, s.Share*100)
	}
}

func (t *reportText) escalations(r *replay.Report) {
	if len(r.Escalations) == 0 {
		return
	}
	t.line("")
	t.line("rule\tescalated to\ttimes")
	for _, e := range r.Escalations {
		t.line("%s\t%s\t%d", e.Rule, e.To, e.Times)
	}
}

func (t *reportText) health(r *replay.Report) {
	t.line("")
	t.line("time in flood\t%.2f %%", r.FloodShare*100)
	t.line("open for more than a day\t%d", r.Standing)
	for _, e := range r.Excesses {
		t.line("more than expected: %s\t%.1f a day, %.1f expected", e.Rule, e.PerDay, e.Expected)
	}
	for _, reason := range slices.Sorted(maps.Keys(r.Held)) {
		t.line("held back: %s\t%d", reason, r.Held[reason])
	}
	for _, c := range r.Chatter {
		t.line("chatters: %s on %s\t%s, called unstable %s", c.Rule, c.Asset, plural(c.Bursts, "burst"), plural(c.Unstable, "time"))
	}
}

func (t *reportText) labels(r *replay.Report) {
	if len(r.Detections) == 0 {
		return
	}
	t.line("")
	t.line("label\tfrom\tfound after\tby")
	found := 0
	for _, d := range r.Detections {
		after := "MISSED"
		if d.Found {
			found++
			after = lasting(time.Duration(d.Seconds * float64(time.Second)))
		}
		t.line("%s %s\t%s\t%s\t%s", d.Asset, d.Signal, d.From.Format(time.RFC3339), after, d.Rule)
	}
	t.line("%d of %d found; %s outside of every label, %.2f a day", found, len(r.Detections), plural(r.FalseOpens, "post"), r.FalsePerDay)
}

func (t *reportText) diff(d *replay.Diff) {
	t.line("")
	t.line("Against the other rules: %d the same, −%d, +%d", d.Same, len(d.Removed), len(d.Added))
	t.list("No longer posted", d.Removed, "−")
	t.list("Posted now", d.Added, "+")
}

func (t *reportText) list(title string, openings []replay.Opening, sign string) {
	if len(openings) == 0 {
		return
	}
	t.line("")
	t.line("%s:", title)
	for i, o := range openings {
		if i == mostListed {
			t.line("  and %d more; --json lists all", len(openings)-mostListed)
			return
		}
		lasted := "open"
		if !o.Until.IsZero() {
			lasted = lasting(o.Until.Sub(o.At))
		}
		t.line("%s %s\t%s\t%s\t%s\t%s", sign, o.At.Format("01-02 15:04:05"), lasted, o.Rule, o.Asset, printable([]byte(cmp.Or(o.Title.EN, o.Title.FR))))
	}
}

func (t *reportText) faults(r *replay.Report) {
	for _, remark := range r.Remarks {
		t.line("note: %s", remark)
	}
	if r.Faults.Count == 0 {
		return
	}
	t.line("")
	were := "were"
	if r.Faults.Count == 1 {
		were = "was"
	}
	t.line("%s %s passed over:", plural(r.Faults.Count, "line"), were)
	for _, fault := range r.Faults.First {
		t.line("  %s", printable([]byte(fault)))
	}
}

// lasting is d to the second, and without seconds that are none.
func lasting(d time.Duration) string {
	text := d.Round(time.Second).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	return text
}
