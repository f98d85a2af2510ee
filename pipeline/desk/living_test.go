package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// Rules of the stories: each test takes those that it needs.
const (
	weightRule = `
  - id: weight-low
    kind: limit
    signal: weight
    match: {asset: "lyon/**"}
    low: 498
    deadband: 0.5
    topic: quality
    severity: major
    owner: "@quality"
    question: {fr: "La buse goutte-t-elle ?", en: "Does the nozzle drip?"}
    causes: [{fr: "Buse usée", en: "Worn nozzle"}]
    shelve: {max: 10m}
    title: {fr: "{asset} : {value|1} g", en: "{asset}: {value|1} g"}
`
	askRule = `
    escalate: [{after: 5m, to: lead}, {after: 10m, to: manager, when: not_solved}]
`
	guardRule = `
  - id: guard-open
    kind: state
    signal: guard
    match: {asset: "lyon/**"}
    equals: [open]
    latch: true
    topic: safety
    severity: critical
    title: {fr: "{asset} : carter ouvert", en: "{asset}: guard open"}
`
	stopRule = `
  - id: stopped
    kind: state
    signal: state
    match: {asset: "lyon/**"}
    equals: [stopped]
    group: {by: line, wait: 10s}
    topic: stop
    severity: major
    title: {fr: "{asset} à l’arrêt", en: "{asset} has stopped"}
`
)

func TestAShelfLastsAsLongAsTheRuleAllowsAndEndsByItself(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule, func(t *testing.T, d *day) {
		d.tell(t, weight(497))
		p := d.post(t)
		_, err := d.people.Shelve(t.Context(), lead, p.ID, d.now.Add(4*time.Hour), false, "Essais de buse")
		require.NoError(t, err)
		asked := d.now
		d.carry(t)
		p = d.post(t)
		require.NotNil(t, p.Shelf)
		require.Equal(t, "Essais de buse", p.Shelf.Reason)
		require.WithinDuration(t, asked.Add(10*time.Minute), p.Shelf.Until, 2*time.Second, "of four hours the rule allows ten minutes")

		d.tell(t, weight(490))
		d.pass(t, 9*time.Minute)
		require.NotNil(t, d.post(t).Shelf)
		d.pass(t, 2*time.Minute)
		p = d.post(t)
		require.Nil(t, p.Shelf)
		require.True(t, p.Active, "the condition went on meanwhile")
		require.InDelta(t, 490, *p.Value, 0)
	})
}

func TestWhatAPersonSilencedIsListedWhenItComesBack(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule, func(t *testing.T, d *day) {
		d.tell(t, weight(497))
		p := d.post(t)
		_, err := d.people.Shelve(t.Context(), lead, p.ID, d.now.Add(8*time.Minute), false, "Essais de buse")
		require.NoError(t, err)
		d.carry(t)
		d.tell(t, weight(500))
		require.Equal(t, feed.Closed, d.post(t).State)
		d.tell(t, weight(496))
		require.Equal(t, feed.Closed, d.post(t).State, "nobody is told")
		held, err := d.store.Held(t.Context(), everywhere, "lyon", 10)
		require.NoError(t, err)
		require.Len(t, held, 1)
		require.Equal(t, "shelved", held[0].Reason)
		require.InDelta(t, 1, d.count(t, "fildefer_desk_held_total", "shelved"), 0)

		d.pass(t, 9*time.Minute)
		require.Equal(t, feed.New, d.post(t).State, "the shelf has ended, and it still holds")
		held, err = d.store.Held(t.Context(), everywhere, "lyon", 10)
		require.NoError(t, err)
		require.Empty(t, held)
	})
}

func TestWhoTakesAPostIsNotAskedForByTheEscalation(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule+askRule, func(t *testing.T, d *day) {
		d.tell(t, weight(497))
		d.pass(t, 4*time.Minute)
		_, err := d.people.Take(t.Context(), lead, d.post(t).ID)
		require.NoError(t, err)
		d.carry(t)
		d.pass(t, 5*time.Minute)
		require.Zero(t, d.post(t).Level, "it was taken in time")

		d.pass(t, 6*time.Minute)
		p := d.post(t)
		require.Equal(t, "manager", p.Asked, "taken, and not solved")
		require.Equal(t, 2, p.Level)
	})
}

func TestWhoeverIsOnShiftIsAskedWhenNobodyAnswers(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule+askRule, func(t *testing.T, d *day) {
		d.tell(t, weight(497))
		d.pass(t, 4*time.Minute)
		require.Zero(t, d.post(t).Level)
		before := d.post(t).BumpedAt
		d.pass(t, 2*time.Minute)
		p := d.post(t)
		require.Equal(t, "lead", p.Asked)
		require.Equal(t, 1, p.Level)
		require.True(t, p.BumpedAt.After(before))
	})
}

func TestALatchedPostEndsWhenSomebodySaysSo(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+guardRule, func(t *testing.T, d *day) {
		d.tell(t, says("filler", "guard", "open"))
		d.tell(t, says("filler", "guard", "closed"))
		p := d.post(t)
		require.True(t, p.Latched)
		require.False(t, p.Active)
		require.True(t, p.State.Open())
		_, err := d.people.Reset(t.Context(), lead, p.ID)
		require.NoError(t, err)
		d.carry(t)
		p = d.post(t)
		require.False(t, p.Latched)
		require.Equal(t, feed.Closed, p.State)
	})
}

func TestARuleThatIsChangedWhileItHoldsKeepsItsPost(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule, func(t *testing.T, d *day) {
		d.tell(t, weight(497))
		d.desk.Adopt(compile(t, "rules:"+weightRule+guardRule+"\nnoise: [{burst: 2}]\n"))
		d.pass(t, time.Second)
		require.True(t, d.post(t).Active)
		d.tell(t, weight(500))
		p := d.post(t)
		require.Equal(t, feed.Closed, p.State, "the condition went on under the new rules")
		require.Equal(t, 1, p.Occurrences)
		require.True(t, p.BackToNormal)
	})
}

func TestThePostOfARuleThatIsRemovedIsClosedAsRetired(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule+guardRule, func(t *testing.T, d *day) {
		d.tell(t, weight(497))
		d.desk.Adopt(compile(t, "rules:"+guardRule))
		d.pass(t, time.Second)
		p := d.post(t)
		require.Equal(t, feed.Closed, p.State)
		require.False(t, p.BackToNormal, "nobody knows whether it is over")
		entries, err := d.store.Timeline(t.Context(), p.ID)
		require.NoError(t, err)
		require.Equal(t, feed.WasRetired, entries[len(entries)-1].Kind)
		d.tell(t, weight(490))
		require.Equal(t, feed.Closed, d.post(t).State)
	})
}

func TestAGhostTerritoryPostsForThoseWhoKeepItsRules(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule, func(t *testing.T, d *day) {
		e := weight(497)
		e.Asset = "lyon/hall/press"
		d.tell(t, e)
		require.Empty(t, d.posts(t))
		ghosts, err := d.store.Feed(t.Context(), chief.Scope(), feed.Query{Audience: feed.Ghost})
		require.NoError(t, err)
		require.Len(t, ghosts.Posts, 1)
		ghosts, err = d.store.Feed(t.Context(), lead.Scope(), feed.Query{Audience: feed.Ghost})
		require.NoError(t, err)
		require.Empty(t, ghosts.Posts, "a lead keeps no rules")
	})
}

func TestARuleInShadowPostsForItsAuthorOnly(t *testing.T) {
	t.Parallel()
	shadow := "    shadow: {author: sofia, of: guard-open}\n"
	inADay(t, "rules:"+guardRule+weightRule+shadow, func(t *testing.T, d *day) {
		d.tell(t, weight(497))
		require.Empty(t, d.posts(t))
		for reader, want := range map[*feed.Member]int{&chief: 1, &lead: 0} {
			page, err := d.store.Feed(t.Context(), reader.Scope(), feed.Query{Audience: feed.Shadow})
			require.NoError(t, err)
			require.Len(t, page.Posts, want, reader.Name)
		}
	})
}

func TestMachinesOfOneLineStopInOnePostThatNamesTheFirst(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+stopRule, func(t *testing.T, d *day) {
		d.tell(t, says("filler", "state", "stopped"))
		d.tell(t, says("capper", "state", "stopped"))
		require.Empty(t, d.posts(t), "others of the line are waited for")
		d.pass(t, 15*time.Second)
		p := d.post(t)
		require.Len(t, p.Members, 2)
		require.Equal(t, "Remplisseuse", p.Members[0].Name)
		require.True(t, p.Members[0].First)
		require.False(t, p.Members[1].First)
		require.Equal(t, 2, p.Holding)
		held, err := d.store.Held(t.Context(), everywhere, "lyon", 10)
		require.NoError(t, err)
		require.Len(t, held, 1, "the second is listed as held back")
		require.Equal(t, "grouped", held[0].Reason)
		require.Equal(t, p.ID, held[0].Post)
		require.Equal(t, feed.Path("lyon/capper"), held[0].Asset)

		d.tell(t, says("filler", "state", "running"))
		d.tell(t, says("capper", "state", "running"))
		d.pass(t, 2*time.Second)
		require.Equal(t, feed.Closed, d.post(t).State)
		held, err = d.store.Held(t.Context(), everywhere, "lyon", 10)
		require.NoError(t, err)
		require.Empty(t, held)
	})
}

func TestThePostOfALineIsHeadedByTheFirstThatStoppedThoughItIsHeardOfLast(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+stopRule, func(t *testing.T, d *day) {
		before := d.now
		d.pass(t, 10*time.Second)
		d.tell(t, says("filler", "state", "stopped"))
		d.pass(t, 15*time.Second)
		p := d.post(t)
		require.Equal(t, "Remplisseuse à l’arrêt", p.Title.Render(feed.French, p.Values))

		late := says("capper", "state", "stopped")
		late.At = before
		d.sayAt(t, late, d.now)
		d.pass(t, 3*time.Second)
		p = d.post(t)
		require.Equal(t, "Boucheuse à l’arrêt", p.Title.Render(feed.French, p.Values))
		require.Equal(t, feed.Path("lyon/capper"), p.Asset)
		require.True(t, p.Members[0].First)
		require.False(t, p.Members[1].First)
	})
}

func TestEventsThatComeTooLateAreCountedBySource(t *testing.T) {
	t.Parallel()
	inADay(t, "lateness: {test: 5s}\nrules:"+weightRule, func(t *testing.T, d *day) {
		late := weight(490)
		late.At = d.now.Add(-time.Minute)
		d.sayAt(t, late, d.now)
		d.pass(t, 10*time.Second)
		require.Empty(t, d.posts(t))
		require.InDelta(t, 1, d.count(t, "fildefer_events_late_total", "test"), 0)

		d.sayAt(t, weightAt(490, d.now), d.now)
		d.pass(t, 10*time.Second)
		require.Len(t, d.posts(t), 1, "what comes in time is judged when its time has come")
		require.InDelta(t, 1, d.count(t, "fildefer_events_late_total", "test"), 0)
	})
}

func weightAt(v float64, at time.Time) pipeline.Event {
	e := weight(v)
	e.At = at
	return e
}
