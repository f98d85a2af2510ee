package replay

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const (
	columns   = 250  // of a picture; each has a least and a greatest value
	maxTraces = 4096 // of one engine; signals that are met later have no picture
)

// Picture is the curve of a signal and where posts were opened.
type Picture struct {
	Rule   string             `json:"rule"` // whose openings they are
	Asset  pipeline.AssetPath `json:"asset"`
	Signal string             `json:"signal"`
	Unit   string             `json:"unit"`
	Limits []float64          `json:"limits"`
	Points []Point            `json:"points"`
	Opens  []Span             `json:"opens"`
}

// Point is [Unix milliseconds, value].
type Point [2]float64

// Span is the time for which a post was open.
type Span struct {
	At    time.Time `json:"at"`
	Until time.Time `json:"until,omitzero"` // zero: to the end
}

// traces are the curves of the signals that rules name.
type traces struct {
	named map[string]bool
	known map[traceOf]*trace
}

type traceOf struct {
	asset  pipeline.AssetPath
	signal string
}

func newTraces(set *rule.Set) *traces {
	t := &traces{named: map[string]bool{}, known: map[traceOf]*trace{}}
	for _, r := range set.Rules() {
		if r.Signal != "" && r.Key == "" {
			t.named[r.Signal] = true
		}
	}
	return t
}

func (t *traces) take(ev *pipeline.Event) {
	v, ok := ev.Value.Number()
	if !ok || !ev.Usable() || !t.named[ev.Signal] {
		return
	}
	key := traceOf{ev.Asset, ev.Signal}
	curve := t.known[key]
	if curve == nil {
		if len(t.known) >= maxTraces {
			return
		}
		curve = &trace{unit: ev.Unit, width: time.Second}
		t.known[key] = curve
	}
	curve.add(pipeline.Believed(ev.At, ev.Received), v)
}

// join takes in the curves of other assets.
func (t *traces) join(other *traces) {
	for key, curve := range other.known {
		t.known[key] = curve
	}
}

// trace is a curve in a fixed number of columns, which grow wider with time.
type trace struct {
	unit    string
	start   time.Time
	width   time.Duration
	columns []column
}

type column struct {
	least, most point
	filled      bool
}

type point struct {
	at    time.Time
	value float64
}

func (t *trace) add(at time.Time, v float64) {
	if t.start.IsZero() {
		t.start = at
	}
	if at.Before(t.start) {
		return
	}
	for at.Sub(t.start) >= columns*t.width {
		t.widen()
	}
	i := int(at.Sub(t.start) / t.width)
	for len(t.columns) <= i {
		t.columns = append(t.columns, column{})
	}
	t.columns[i].add(column{least: point{at, v}, most: point{at, v}, filled: true})
}

// widen makes one column of two.
func (t *trace) widen() {
	t.width *= 2
	for i := range t.columns {
		c := t.columns[i]
		t.columns[i] = column{}
		t.columns[i/2].add(c)
	}
	t.columns = t.columns[:(len(t.columns)+1)/2]
}

func (c *column) add(other column) {
	switch {
	case !other.filled:
	case !c.filled:
		*c = other
	default:
		if other.least.value < c.least.value {
			c.least = other.least
		}
		if other.most.value > c.most.value {
			c.most = other.most
		}
	}
}

func (t *trace) points() []Point {
	list := []Point{}
	for _, c := range t.columns {
		if !c.filled {
			continue
		}
		first, second := c.least, c.most
		if second.at.Before(first.at) {
			first, second = second, first
		}
		list = append(list, Point{float64(first.at.UnixMilli()), first.value})
		if second != first {
			list = append(list, Point{float64(second.at.UnixMilli()), second.value})
		}
	}
	return list
}

// pictures shows the signals on which most posts were opened.
func (t *traces) pictures(openings []Opening, most int) []Picture {
	byRule := map[string]*Picture{}
	for i := range openings {
		o := &openings[i]
		curve := t.known[traceOf{o.Asset, o.Signal}]
		if curve == nil {
			continue
		}
		key := o.Rule + "\n" + string(o.Asset)
		p := byRule[key]
		if p == nil {
			p = &Picture{Rule: o.Rule, Asset: o.Asset, Signal: o.Signal, Unit: cmp.Or(o.Unit, curve.unit), Limits: []float64{}, Points: curve.points()}
			byRule[key] = p
		}
		if o.Limit != nil && !math.IsInf(*o.Limit, 0) && !slices.Contains(p.Limits, *o.Limit) {
			p.Limits = append(p.Limits, *o.Limit)
		}
		p.Opens = append(p.Opens, Span{o.At, o.Until})
	}
	list := make([]Picture, 0, len(byRule))
	for _, p := range byRule {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Picture) int {
		return cmp.Or(len(b.Opens)-len(a.Opens), cmp.Compare(a.Asset, b.Asset), cmp.Compare(a.Rule, b.Rule))
	})
	return list[:min(len(list), most)]
}
