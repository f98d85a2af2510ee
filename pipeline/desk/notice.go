package desk

import (
	"fmt"
	"hash/fnv"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// notice says in the feed's words what the editor decided on the event cause,
// by the rule r, which is nil when there is none any more. A stream that was
// made anew uses its numbers again, so the edit is named by its cause too.
func notice(e *editor.Edit, r *rule.Rule, cause pipeline.EventID) feed.Notice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(cause))
	n := feed.Notice{
		Effect: fmt.Sprintf("%s@%x", e.ID, h.Sum64()), Kind: feed.NoticeKind(e.Kind), Key: e.Key, Episode: e.Episode, At: e.At,
		PostKind: feed.Kind(e.PostKind), Topic: feed.Topic(e.Topic), Severity: feed.Severity(e.Severity),
		Territory: feed.Path(e.Territory), Asset: feed.Path(e.Asset), SKU: e.SKU,
		Author: feed.Author{Kind: feed.AuthorKind(e.Author), Name: e.AuthorName},
		Title:  feed.Text{FR: e.TitleFR, EN: e.TitleEN}, Values: feed.Values(e.Values),
		Signal: e.Signal, Unit: e.Unit, Limit: e.Limit,
		Provenance: provenance(&e.Effect),
		Bump:       e.Bump, Total: e.Total, Holding: e.Holding, Flips: e.Flips, Level: e.Level, Asked: e.To,
		Run: run(e.Run), Held: held(e), Members: conditions(e.Members),
	}
	if v, ok := e.Value.Number(); ok {
		n.Value = &v
	}
	if e.Kind == editor.Handover {
		n.Sheet = &feed.Sheet{Shift: e.Shift.Name, Next: e.Shift.Next, Start: e.Shift.Start, End: e.Shift.End}
	}
	if r != nil {
		ask(&n, &r.Editorial)
	}
	return n
}

// ask adds what the rule asks for its posts.
func ask(n *feed.Notice, r *rule.Editorial) {
	n.Owner, n.Question, n.Causes, n.Actions = r.Owner, feed.Text(r.Question), texts(r.Causes), texts(r.Actions)
	if r.Shadow != nil {
		n.ShadowFor = feed.MemberID(r.Shadow.Author)
	}
}

func texts(titles []rule.Title) []feed.Text {
	var out []feed.Text
	for _, t := range titles {
		out = append(out, feed.Text(t))
	}
	return out
}

func conditions(members []editor.Member) []feed.Condition {
	var out []feed.Condition
	for _, m := range members {
		out = append(out, feed.Condition{
			Key: m.Key, Rule: m.Rule, Asset: feed.Path(m.Asset), SKU: m.SKU, Name: m.Asset.Base(), At: m.At, First: m.First, Active: m.Active,
			Severity: feed.Severity(m.Severity), Title: feed.Text{FR: m.TitleFR, EN: m.TitleEN}, Values: feed.Values(m.Values),
		})
	}
	return out
}

// held says why a condition is not posted, or until when a post is silent: of
// what a person asked for, the rule may have allowed less.
func held(e *editor.Edit) *feed.Held {
	switch h := e.Held; {
	case h != nil:
		return &feed.Held{Key: h.Key, Reason: string(h.Reason), By: h.By, Since: h.Since, Until: h.Until}
	case e.Kind == rule.Shelve:
		return &feed.Held{Key: e.Key, Reason: e.Reason, Since: e.At, Until: e.Until}
	}
	return nil
}

func run(r *rule.Run) *feed.Run {
	if r == nil {
		return nil
	}
	out := &feed.Run{
		Order: r.Order, Product: r.Product, Shift: r.Shift, Count: r.Count, Target: r.Target, Scrap: r.Scrap, Pace: r.Pace, Ideal: r.Ideal,
		Lost: r.Lost, Stopped: r.Stopped, StartedAt: r.StartedAt, ExpectedEnd: r.ExpectedEnd,
	}
	for _, s := range r.Stops {
		out.Stops = append(out.Stops, feed.Halt(s))
	}
	return out
}

func provenance(e *rule.Effect) feed.Provenance {
	ev := &e.Event
	return feed.Provenance{
		Source: ev.Source, Rule: e.Rule, Event: string(ev.ID),
		Quality: string(ev.Quality), Status: ev.Status,
		At: instant(ev.At), Received: instant(ev.Received), Attr: ev.Attr,
	}
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
