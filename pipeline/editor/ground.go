package editor

import (
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// settle is how long a condition waits after the one that suppressed it ended:
// a line that starts again needs so long to show what is really wrong, and what
// is only its start-up never becomes a post.
const settle = 30 * time.Second

// ground is where conditions of rules that suppress others hold.
type ground map[string][]*condition // by rule and asset, and by rule and parent

// newGround knows the rules of set that suppress, and no condition.
func newGround(set *rule.Set) ground {
	g := ground{}
	for _, r := range set.Rules() {
		for _, s := range r.SuppressedBy {
			g[s.Rule] = nil
		}
	}
	return g
}

// watches tells whether conditions of that rule suppress others.
func (g ground) watches(id string) bool {
	_, ok := g[id]
	return ok
}

func on(id string, asset pipeline.AssetPath) string { return id + "\t" + string(asset) }

func beside(id string, asset pipeline.AssetPath) string {
	return id + "\t" + string(asset.Parent()) + "\t"
}

func (g ground) add(c *condition) {
	if !g.watches(c.Shows.Rule) {
		return
	}
	for _, key := range []string{on(c.Shows.Rule, c.Shows.Asset), beside(c.Shows.Rule, c.Shows.Asset)} {
		if !slices.Contains(g[key], c) {
			g[key] = append(g[key], c)
		}
	}
}

func (g ground) remove(c *condition) {
	if !g.watches(c.Shows.Rule) {
		return
	}
	for _, key := range []string{on(c.Shows.Rule, c.Shows.Asset), beside(c.Shows.Rule, c.Shows.Asset)} {
		if i := slices.Index(g[key], c); i >= 0 {
			g[key] = slices.Delete(g[key], i, i+1)
		}
		if len(g[key]) == 0 {
			delete(g, key)
		}
	}
}

// suppressor returns the condition because of which c is not posted now, or
// nil: of the first suppression of its rule that applies, the one with the
// lowest key.
func (e *Editor) suppressor(c *condition) *condition {
	r := e.rule(c.Shows.Rule)
	for _, s := range r.SuppressedBy {
		var found *condition
		look := func(key string) {
			for _, p := range e.ground[key] {
				if (found == nil || p.key < found.key) && e.suppresses(p, c, r) {
					found = p
				}
			}
		}
		switch s.Where {
		case rule.Beside:
			look(beside(s.Rule, c.Shows.Asset))
		case rule.Above:
			for asset := c.Shows.Asset; asset != ""; asset = asset.Parent() {
				look(on(s.Rule, asset))
			}
		default:
			look(on(s.Rule, c.Shows.Asset))
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// suppresses refuses what would hide a condition for good: one that suppresses
// itself, by way of others or not. What only an author sees hides nothing from
// the others.
func (e *Editor) suppresses(p, c *condition, r *rule.Rule) bool {
	if e.rule(p.Shows.Rule).Shadow != nil && r.Shadow == nil {
		return false
	}
	for range len(e.conditions) {
		switch {
		case p == c:
			return false
		case p == nil || p.Parent == "":
			return true
		}
		p = e.conditions[p.Parent]
	}
	return true
}

// suppress holds c back as long as parent holds.
func (e *Editor) suppress(c, parent *condition) {
	c.Settle = time.Time{}
	e.hold(c, Held{Reason: Suppressed, By: e.standing(parent)})
	c.Parent = parent.key
	e.keep(c)
}

// standing is the thread of the post that stands for c.
func (e *Editor) standing(c *condition) string {
	switch {
	case c.Thread != "":
		return c.Thread
	case c.Held != nil && c.Held.By != "":
		return c.Held.By
	}
	return c.key
}

// unsuppress looks again at what p suppressed, now that it ended.
func (e *Editor) unsuppress(p *condition) {
	if !e.ground.watches(p.Shows.Rule) {
		return
	}
	for _, c := range e.sortedConditions(func(c *condition) bool { return c.Parent == p.key && c.Told }) {
		if other := e.suppressor(c); other != nil {
			e.suppress(c, other)
			continue
		}
		c.Settle = e.awake.Add(settle)
		e.hold(c, Held{Reason: Suppressed, By: c.Held.By, Until: e.instant(c.Settle)})
	}
}
