package replay

import (
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/fildefer/fildefer/pipeline"
)

// Label is a time in which something is known to have been wrong.
type Label struct {
	Asset  pipeline.AssetPath `json:"asset" yaml:"asset"`
	Signal string             `json:"signal,omitempty" yaml:"signal"`
	From   time.Time          `json:"from" yaml:"from"`
	To     time.Time          `json:"to" yaml:"to"`
}

// ParseLabels reads a YAML file with a list under "labels".
func ParseLabels(file string, data []byte) ([]Label, error) {
	var doc struct {
		Labels []Label `yaml:"labels"`
	}
	if err := yaml.UnmarshalWithOptions(data, &doc, yaml.Strict()); err != nil {
		return nil, located(file, "", err)
	}
	for i, l := range doc.Labels {
		if l.Asset == "" || l.From.IsZero() || !l.To.After(l.From) {
			return nil, fmt.Errorf("%s: label %d: write {asset: a/b, from: 2026-01-05T06:00:00Z, to: 2026-01-05T07:00:00Z}, with to after from", file, i+1)
		}
	}
	return doc.Labels, nil
}

// Detection is what became of one label. It is found when a post is opened or
// bumped inside it: that one is merely open proves nothing, since it may have
// been stuck open before.
type Detection struct {
	Label
	Found   bool    `json:"found"`
	Rule    string  `json:"rule,omitempty"`
	Seconds float64 `json:"seconds"` // from the label's beginning
}

// judge compares the openings with labels.
func (r *Report) judge(labels []Label) {
	if len(labels) == 0 {
		return
	}
	for _, l := range labels {
		r.Detections = append(r.Detections, r.detect(l))
	}
	for i := range r.Openings {
		o := &r.Openings[i]
		if o.attention() && !slices.ContainsFunc(labels, func(l Label) bool { return l.covers(o) && l.holds(o.At) }) {
			r.FalseOpens++
		}
	}
	if days := r.Days(); days > 0 {
		r.FalsePerDay = float64(r.FalseOpens) / days
	}
}

func (r *Report) detect(l Label) Detection {
	d := Detection{Label: l}
	for i := range r.Openings {
		o := &r.Openings[i]
		if !l.covers(o) {
			continue
		}
		for _, at := range o.told {
			if wait := at.Sub(l.From).Seconds(); l.holds(at) && (!d.Found || wait < d.Seconds) {
				d.Found, d.Rule, d.Seconds = true, o.Rule, wait
			}
		}
	}
	return d
}

func (l *Label) covers(o *Opening) bool {
	return (o.Asset == l.Asset || slices.Contains(o.others, l.Asset)) && (l.Signal == "" || o.Signal == "" || l.Signal == o.Signal)
}

func (l *Label) holds(at time.Time) bool { return !at.Before(l.From) && !at.After(l.To) }
