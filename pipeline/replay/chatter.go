package replay

import (
	"cmp"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// A condition chatters when it begins chatterCount times within
// chatterWindow. The standards ask for none and give no number; this one is the
// usual reading of ISA-18.2.
const (
	chatterCount  = 3
	chatterWindow = time.Minute
	chatterWorst  = 10
)

// Chatter is a condition that came and went too fast to be of use.
type Chatter struct {
	Rule     string             `json:"rule"`
	Asset    pipeline.AssetPath `json:"asset"`
	Key      string             `json:"key"`
	Bursts   int                `json:"bursts"`   // times that it began three times within a minute
	Unstable int                `json:"unstable"` // times that it was called unstable
}

// chatters is what was heard of each condition that began more than once.
type chatters map[string]*beginnings

type beginnings struct {
	Chatter
	last []time.Time
}

func (c chatters) hear(e *rule.Effect) {
	if e.Kind != rule.Raise && e.Kind != rule.Unstable {
		return
	}
	b := c[e.Key]
	if b == nil {
		b = &beginnings{Chatter: Chatter{Rule: e.Rule, Asset: e.Asset, Key: e.Key}}
		c[e.Key] = b
	}
	if e.Kind == rule.Unstable {
		b.Unstable++
		return
	}
	b.last = append(b.last, e.At)
	if first := len(b.last) - chatterCount; first >= 0 {
		if e.At.Sub(b.last[first]) <= chatterWindow {
			b.Bursts++
		}
		b.last = slices.Delete(b.last, 0, first+1)
	}
}

// worst lists those that chattered most.
func (c chatters) worst() []Chatter {
	list := []Chatter{}
	for _, b := range c {
		if b.Bursts+b.Unstable > 0 {
			list = append(list, b.Chatter)
		}
	}
	slices.SortFunc(list, func(a, b Chatter) int {
		return cmp.Or(b.Bursts-a.Bursts, b.Unstable-a.Unstable, cmp.Compare(a.Key, b.Key))
	})
	return list[:min(len(list), chatterWorst)]
}
