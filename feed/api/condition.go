package api

import (
	"maps"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Condition is one condition under a post of several.
type Condition struct {
	Key      string    `json:"key"`
	Rule     string    `json:"rule"`
	Asset    string    `json:"asset"`
	Name     string    `json:"name" doc:"Of the asset, for people."`
	SKU      string    `json:"sku,omitempty"`
	At       time.Time `json:"at" doc:"When it happened, by its source."`
	First    bool      `json:"first" doc:"Nothing in the post happened before it; several may be first."`
	Active   bool      `json:"active"`
	Severity string    `json:"severity" enum:"critical,major,minor,info"`
	Title    string    `json:"title"`
}

// Shelf says who silenced a condition, why and for how long.
type Shelf struct {
	Until  *time.Time `json:"until,omitempty" doc:"The latest that it ends; absent: out of service, until somebody puts it back in service."`
	Once   bool       `json:"once" doc:"It ends with the condition, if that is sooner."`
	By     Author     `json:"by"`
	Reason string     `json:"reason"`
}

// Past is how the same thing was solved the last time.
type Past struct {
	Post    string    `json:"post"`
	Cause   string    `json:"cause"`
	Action  string    `json:"action,omitempty"`
	At      time.Time `json:"at"`
	Minutes float64   `json:"minutes" doc:"From opening to solution."`
	By      string    `json:"by"`
}

func (v view) conditions(list []feed.Condition) []Condition {
	var out []Condition
	for _, c := range list {
		name, values := v.assetName(c.Asset, c.Name), feed.Values{}
		maps.Copy(values, c.Values)
		values["asset"] = name // whatever the rules call it
		out = append(out, Condition{
			Key: c.Key, Rule: c.Rule, Asset: string(c.Asset), Name: name, SKU: c.SKU, At: utc(c.At),
			First: c.First, Active: c.Active, Severity: string(c.Severity), Title: c.Title.Render(v.lang, values),
		})
	}
	return out
}

// assetName is what a condition calls its asset, else what the tree does.
func (v view) assetName(asset feed.Path, name string) string {
	if name != "" {
		return name
	}
	return v.tree.Name(asset)
}

func shelf(s *feed.Shelf) *Shelf {
	if s == nil {
		return nil
	}
	return &Shelf{Until: instant(s.Until), Once: s.OneShot, By: author(s.By), Reason: s.Reason}
}

// past is how it ended the last time, in the words that the rule offers now.
func (v view) past(of *feed.Post) *Past {
	p := of.Past
	if p == nil {
		return nil
	}
	return &Past{Post: string(p.Post), Cause: v.answer(of, p.Cause), Action: v.answer(of, p.Action), At: utc(p.At), Minutes: number(p.Minutes), By: p.By}
}
