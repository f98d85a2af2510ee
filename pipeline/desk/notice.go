package desk

import (
	"fmt"
	"hash/fnv"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// notice says in the feed's words what a rule decided on the event cause. A
// stream that was made anew uses its numbers again, so the effect is named by
// its cause too.
func notice(e *rule.Effect, cause pipeline.EventID) feed.Notice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(cause))
	n := feed.Notice{
		Effect: fmt.Sprintf("%s@%x", e.ID, h.Sum64()), Kind: feed.NoticeKind(e.Kind), Key: e.Key, Episode: e.Episode, At: e.At,
		PostKind: feed.Kind(e.PostKind), Topic: feed.Topic(e.Topic), Severity: feed.Severity(e.Severity),
		Territory: feed.Path(e.Territory), Asset: feed.Path(e.Asset), SKU: e.SKU,
		Author: feed.Author{Kind: feed.AuthorKind(e.Author), Name: e.AuthorName},
		Title:  feed.Text{FR: e.TitleFR, EN: e.TitleEN}, Values: feed.Values(e.Values),
		Signal: e.Signal, Unit: e.Unit, Limit: e.Limit,
		Provenance: provenance(e),
		Bump:       e.Kind == rule.Raise || e.Kind == rule.Worsen,
	}
	if v, ok := e.Value.Number(); ok {
		n.Value = &v
	}
	return n
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
