package replay

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// standing is how long a post is open before it counts as standing (ISA-18.2
// counts alarms that are active for more than 24 hours).
const standing = 24 * time.Hour

// maxOpenings is how many posts a report lists; more are counted only. A rule
// that is tried may be far off, in a program that has other things to do.
const maxOpenings = 100_000

// tally counts what people would have seen.
type tally struct {
	set      *rule.Set
	from, to time.Time
	openings []*Opening // the first ones
	posts    int
	byRule   map[string]int
	severity map[string]int
	standing int
	latest   map[string]*Opening // by thread
	bumps    int
	held     map[editor.Reason]int
	holding  map[string]editor.Reason // what is held back now, by condition
	days     map[dayOf]*Threads
	zones    map[pipeline.AssetPath]*time.Location
	chatter  chatters
	asked    escalations
	floods   floods
	digest   hash.Hash
}

type dayOf struct {
	day       string
	territory pipeline.AssetPath
}

func newTally(set *rule.Set) *tally {
	return &tally{
		set: set, byRule: map[string]int{}, severity: map[string]int{}, latest: map[string]*Opening{}, held: map[editor.Reason]int{}, holding: map[string]editor.Reason{}, days: map[dayOf]*Threads{},
		zones: map[pipeline.AssetPath]*time.Location{}, chatter: chatters{}, asked: escalations{}, floods: newFloods(),
		digest: sha256.New(),
	}
}

// span notes how far the stream is.
func (t *tally) span(now time.Time) {
	if t.from.IsZero() {
		t.from = now
	}
	t.to = now
}

// hear takes in what the rules said, before any of it was edited.
func (t *tally) hear(effects []rule.Effect) {
	for i := range effects {
		e := &effects[i]
		_, _ = fmt.Fprintln(t.digest, e.ID, e.Kind, e.Key, e.Episode, e.At.UnixNano(), e.Severity, e.Value)
		t.chatter.hear(e)
	}
}

// note takes in what becomes of it.
func (t *tally) note(e *editor.Edit) {
	_, _ = fmt.Fprintln(t.digest, e.ID, e.Kind, e.Key, e.Episode, e.At.UnixNano(), e.Bump, e.Total, e.Holding, e.To)
	switch e.Kind {
	case editor.Hold:
		t.hold(e)
		return
	case editor.Release:
		t.release(e)
		return
	case editor.Handover:
		return
	case editor.Escalate:
		t.asked.note(e)
	case rule.Raise:
		if o := t.latest[e.Key]; o == nil || o.episode != e.Episode {
			t.open(e)
			return
		}
	}
	o := t.latest[e.Key]
	if o == nil {
		return
	}
	o.join(e)
	switch e.Kind {
	case rule.Raise:
		if !o.Until.IsZero() {
			o.Until, o.since = time.Time{}, e.At
		}
	case rule.Clear, rule.Retire:
		o.Until = e.At
		t.stand(o, e.At)
	case rule.Unstable:
		o.Unstable = true
	}
	if e.Bump {
		o.Bumps++
		o.told = append(o.told, e.At)
		t.bumps++
		t.day(e.At, o.Territory).Bumps++
	}
}

// hold counts a condition that is held back, once for each reason that it is
// held back for in turn.
func (t *tally) hold(e *editor.Edit) {
	if e.Held == nil || t.holding[e.Held.Key] == e.Held.Reason {
		return
	}
	t.holding[e.Held.Key] = e.Held.Reason
	t.held[e.Held.Reason]++
	if e.Held.Reason == editor.Flood || e.Held.Reason == editor.Budget {
		place := placeOf(e)
		t.floods.hold(e.Held.Key, place, e.At, t.set.Noise(place))
	}
}

func (t *tally) release(e *editor.Edit) {
	if e.Held != nil {
		delete(t.holding, e.Held.Key)
		t.floods.release(e.Held.Key, e.At)
	}
}

func (t *tally) open(e *editor.Edit) {
	o := &Opening{
		Rule: e.Rule, Key: e.Key, Asset: e.Asset, Territory: placeOf(e), Signal: e.Signal, Unit: e.Unit, Limit: e.Limit,
		PostKind: e.PostKind, Severity: e.Severity, Title: titleOf(e), At: e.At,
		episode: e.Episode, told: []time.Time{e.At}, since: e.At,
	}
	o.join(e)
	if len(t.openings) < maxOpenings {
		t.openings = append(t.openings, o)
	}
	if before := t.latest[e.Key]; before != nil && before.Until.IsZero() { // its end was never told: it has been replaced
		before.Until = e.At
	}
	t.latest[e.Key] = o
	t.posts++
	t.byRule[o.Rule]++
	t.severity[o.Severity]++
	t.day(e.At, o.Territory).Posts++
	t.floods.open(o, t.set.Noise(o.Territory))
}

// join notes the assets that the post is about besides its own.
func (o *Opening) join(e *editor.Edit) {
	for i := range e.Members {
		if asset := e.Members[i].Asset; asset != o.Asset && !slices.Contains(o.others, asset) {
			o.others = append(o.others, asset)
		}
	}
}

// stand counts a post that was open for too long, once.
func (t *tally) stand(o *Opening, until time.Time) {
	if !o.stood && until.Sub(o.since) > standing {
		o.stood = true
		t.standing++
	}
}

// placeOf is where the post stands: at its asset's place unless its rule says
// otherwise.
func placeOf(e *editor.Edit) pipeline.AssetPath {
	switch {
	case e.Territory != "":
		return e.Territory
	case e.Asset.Parent() != "":
		return e.Asset.Parent()
	}
	return e.Asset
}

func (t *tally) day(at time.Time, place pipeline.AssetPath) *Threads {
	zone := t.zones[place]
	if zone == nil {
		zone = time.UTC
		if c := t.set.Calendar(place); c != nil {
			if z, err := time.LoadLocation(c.Zone); err == nil {
				zone = z
			}
		}
		t.zones[place] = zone
	}
	key := dayOf{at.In(zone).Format(time.DateOnly), place}
	if t.days[key] == nil {
		t.days[key] = &Threads{Day: key.day, Territory: place}
	}
	return t.days[key]
}

// report is the counts as they stand.
func (t *tally) report() *Report {
	for _, o := range t.latest {
		if o.Until.IsZero() {
			t.stand(o, t.to)
		}
	}
	r := &Report{
		From: t.from, To: t.to, Posts: t.posts, Openings: make([]Opening, 0, len(t.openings)), Bumps: t.bumps, Held: t.held,
		Threads: make([]Threads, 0, len(t.days)), Chatter: t.chatter.worst(), FloodShare: t.floods.share(t.from, t.to),
		Top: top(t.byRule, t.posts), Standing: t.standing, Severities: t.severity, Escalations: t.asked.list(), Digest: hex.EncodeToString(t.digest.Sum(nil)),
	}
	for _, d := range t.days {
		r.Threads = append(r.Threads, *d)
	}
	slices.SortFunc(r.Threads, func(a, b Threads) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Territory, b.Territory))
	})
	for _, o := range t.openings {
		r.Openings = append(r.Openings, *o)
	}
	r.Excesses = t.excesses(r.Days())
	return r
}

// excesses are the rules that posted more than their owners expect.
func (t *tally) excesses(days float64) []Excess {
	list := []Excess{}
	for _, r := range t.set.Rules() {
		perDay := float64(t.byRule[r.ID]) / max(days, 1) // an hour tells nothing of a day
		if expected := r.Expect.PostsPerDay; expected > 0 && perDay > expected {
			list = append(list, Excess{r.ID, perDay, expected})
		}
	}
	return list
}

func top(byRule map[string]int, all int) []Share {
	list := make([]Share, 0, len(byRule))
	for id, n := range byRule {
		list = append(list, Share{id, n, float64(n) / float64(all)})
	}
	slices.SortFunc(list, func(a, b Share) int { return cmp.Or(b.Posts-a.Posts, cmp.Compare(a.Rule, b.Rule)) })
	return list[:min(len(list), topRules)]
}
