package rule

import (
	"cmp"

	"github.com/fildefer/fildefer/pipeline"
)

// tell makes an effect of kind, unless that is empty.
func (c *condition) tell(kind EffectKind, m moment) {
	if kind == "" {
		return
	}
	face := c.shows(kind, m)
	r, ev := c.rule(), c.cause()
	e := Effect{
		Kind: kind, Rule: r.ID, Key: c.key, Episode: c.life.Episode, At: m.now,
		PostKind: face.PostKind, Topic: r.Topic, Severity: face.Severity,
		Territory: r.territory(c.watch.asset.path, ev.Attr), Asset: c.watch.asset.path,
		Author: r.traits.author, AuthorName: authorName(r, ev),
		TitleFR: r.Title.FR, TitleEN: r.Title.EN,
		Value: face.Value.Value, Unit: unitOf(r, ev), Event: *ev, Since: c.life.Since, Began: c.life.Began,
	}
	if c.life.unstable() {
		e.Flips = c.life.Flap.Flips
	}
	c.hand.mark(&e)
	e.Values = map[string]any{"asset": c.watch.asset.path.Base(), "signal": r.Signal, "unit": e.Unit}
	if !c.life.Since.IsZero() {
		e.Values["since_min"] = max(0, m.now.Sub(c.life.Since).Minutes())
	}
	if r.Key == "" {
		e.Signal = r.Signal
	} else {
		e.article(r, c.sub())
	}
	r.kind.describe(c.memory, &e)
	e.dropInfinite()
	c.agenda().effects = append(c.agenda().effects, e)
	if kind == Clear && c.hand.once() {
		c.unshelve(m)
	}
}

// shows is the face of an effect. Those that change what the post shows are
// remembered; of one that does not hold any more the post keeps its own.
func (c *condition) shows(kind EffectKind, m moment) face {
	f, was := c.face(), c.life.shown()
	changes := kind == Raise || kind == Worsen || kind == Update
	switch {
	case !changes:
		f.Severity = cmp.Or(was.Severity, f.Severity)
	case c.life.Phase != active:
		f = was
	}
	f.PostKind, f.Severity = cmp.Or(f.PostKind, postAlert), cmp.Or(f.Severity, c.rule().Severity)
	if changes {
		c.life.show(f, m)
	}
	return f
}

// cause is the event that decided; of a condition that does not hold, what a
// person did to it.
func (c *condition) cause() *pipeline.Event {
	if c.last != nil {
		return c.last
	}
	return c.hand.event()
}

// article names what the sub-key stands for. The asset's curve would mix all
// its articles, so none is shown.
func (e *Effect) article(r *Rule, sub string) {
	if r.Key == "sku" {
		e.SKU = sub
	}
	e.Values["sku"], e.Values["article"] = sub, sub
	if label := e.Event.Attr["label"]; label != "" {
		e.Values["article"] = label
	}
}

func authorName(r *Rule, ev *pipeline.Event) string {
	switch name := ev.Attr["name"]; {
	case r.traits.author == byERP:
		return "ERP"
	case name != "":
		return name
	}
	return ev.Asset.Base()
}

func unitOf(r *Rule, ev *pipeline.Event) string {
	if ev.Unit != "" {
		return ev.Unit
	}
	return r.Unit
}
