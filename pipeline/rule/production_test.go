package rule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// byOrder is a line that makes two pieces a second at best.
const byOrder = `
rules:
- {id: order, kind: production, match: {asset: "lyon/**"}, count: {signal: good, counter: true, rollover: 65536}, scrap: {signal: scrap, counter: true},
   state: {signal: state, stopped: [stopped, fault], cause: attr.cause}, order: {signal: order}, ideal_cycle: 500ms, topic: speed, severity: info}
`

// told keeps the effects of a tape.
type told struct {
	*tape
	all []rule.Effect
}

func follow(t *testing.T, yaml string) *told { return &told{tape: play(t, yaml)} }

func (p *told) say(ev pipeline.Event) { p.all = append(p.all, p.step(ev)...) }

// count tells a counter's reading; signals of a line are numbers but for state
// and order.
func (p *told) count(seconds, n float64) { p.say(at(seconds, "good", pipeline.Number(n))) }

func (p *told) order(seconds float64, number string, attr ...string) {
	ev := at(seconds, "order", pipeline.Text(number))
	ev.Attr = map[string]string{}
	for i := 0; i < len(attr); i += 2 {
		ev.Attr[attr[i]] = attr[i+1]
	}
	p.say(ev)
}

func (p *told) state(seconds float64, state, cause string) {
	ev := at(seconds, "state", pipeline.Text(state))
	ev.Attr = map[string]string{"cause": cause}
	p.say(ev)
}

func (p *told) wait(seconds float64) {
	p.all = append(p.all, p.tickTo(start.Add(time.Duration(seconds*float64(time.Second))))...)
}

// posts renders what begins and ends, "raise 4711 0, clear 4711 120".
func (p *told) posts() string {
	var list []string
	for _, e := range p.all {
		if e.Kind != rule.Update {
			list = append(list, fmt.Sprintf("%s %s%s %g", e.Kind, e.Run.Order, e.Run.Shift, e.Run.Count))
		}
	}
	return strings.Join(list, ", ")
}

func (p *told) last() rule.Effect { return p.all[len(p.all)-1] }

func TestAnOrderIsOnePostThatLivesWithIt(t *testing.T) {
	t.Parallel()
	p := follow(t, byOrder)
	p.count(1, 5000)
	p.order(2, "4711", "target", "1200", "product", "Bouteille 1 l")
	for s := 3.; s <= 302; s++ { // one a second: half of what could be
		p.count(s, 5000+s-2)
	}
	p.wait(303)
	now := p.last()
	require.Equal(t, rule.Update, now.Kind)
	require.Equal(t, "production", now.PostKind)
	require.Equal(t, "{order} · {product} : {count|0} / {target|0}", now.TitleFR)
	require.Equal(t, "{order} · {product}: {count|0} / {target|0}", now.TitleEN)
	require.InDelta(t, 300, now.Run.Count, 0)
	require.InDelta(t, 1200, *now.Limit, 0)
	require.InDelta(t, 60, now.Run.Pace, 0.5)
	require.InDelta(t, 120, now.Run.Ideal, 1e-9)
	require.InDelta(t, 300, now.Run.Lost, 1)
	require.WithinDuration(t, start.Add(1202*time.Second), now.Run.ExpectedEnd, 10*time.Second)
	require.Equal(t, start.Add(2*time.Second), now.Run.StartedAt)
	require.Equal(t, "4711", now.Values["order"])

	p.state(303, "fault", "")
	p.wait(350)
	p.state(351, "fault", "bourrage") // an operator says why
	p.wait(420)
	require.True(t, p.last().Run.Stopped)
	require.InDelta(t, 2, p.last().Run.Stops[0].Minutes, 0.1, "the post of a line that stands goes on, each minute")
	p.state(423, "running", "")
	p.say(at(424, "scrap", pipeline.Number(7)))
	p.say(at(425, "scrap", pipeline.Number(9)))
	p.order(426, "done")
	p.wait(440)
	require.Equal(t, "raise 4711 0, clear 4711 300", p.posts())
	end := p.last().Run
	require.Equal(t, []rule.Halt{{Cause: "bourrage", Count: 1, Minutes: 2}}, end.Stops)
	require.InDelta(t, 2, end.Scrap, 0)
	require.InDelta(t, 424*2-302, end.Lost, 1, "what two a second would have made since, and was not")
	require.False(t, end.Stopped)
	require.Zero(t, end.ExpectedEnd)
}

func TestADayWithThreeOrdersIsThreePosts(t *testing.T) {
	t.Parallel()
	p := follow(t, byOrder)
	n := 0.
	for i, number := range []string{"A", "B", "C"} {
		from := float64(i)*600 + 10
		p.order(from, number)
		for s := 1.; s < 600; s++ {
			if i == 1 && s == 300 {
				n = 0 // the controller was restarted
			}
			n++
			p.count(from+s, n)
		}
	}
	p.order(1810, "")
	p.wait(1820)
	require.Equal(t, "raise A 0, clear A 598, raise B 5, clear B 599, raise C 5, clear C 599", p.posts())
	episodes := map[int64]bool{}
	for i, e := range p.all {
		episodes[e.Episode] = true
		if i > 0 && e.Kind == rule.Update && p.all[i-1].Kind == rule.Update {
			require.GreaterOrEqual(t, e.At.Sub(p.all[i-1].At), time.Second, "once a second is enough for anybody")
		}
	}
	require.Len(t, episodes, 3, "orders that follow each other at once are not one post")
}

func TestWhatComesLateOrAgainCountsOnceAndForItsOrder(t *testing.T) {
	t.Parallel()
	late := func(ev pipeline.Event, happened float64) pipeline.Event {
		ev.At = start.Add(time.Duration(happened * float64(time.Second)))
		return ev
	}
	p := follow(t, byOrder)
	p.order(1, "A")
	p.count(2, 10)
	p.count(4, 14)
	p.say(late(at(5, "good", pipeline.Number(12)), 3)) // overtaken: no reset
	p.count(6, 16)
	p.count(8, 19)
	p.say(late(at(9, "order", pipeline.Text("B")), 7)) // the pieces of the eighth second are its own
	p.say(late(at(9.2, "order", pipeline.Text("A")), 1))
	p.order(11, "B", "target", "40") // told again
	p.count(12, 21)
	p.order(20, "done")
	p.order(21, "done")
	p.wait(30)
	require.Equal(t, "raise A 0, clear A 6, raise B 5, clear B 5", p.posts())
	require.InDelta(t, 40, p.last().Run.Target, 0)
	require.Equal(t, start.Add(7*time.Second), p.last().Run.StartedAt)
}

func TestAClockThatIsAheadMovesNoPieces(t *testing.T) {
	t.Parallel()
	p := follow(t, byOrder)
	ahead := func(ev pipeline.Event) { // by two minutes
		ev.At = ev.At.Add(2 * time.Minute)
		p.say(ev)
	}
	p.order(1, "A")
	for s := 2.; s < 60; s++ {
		ahead(at(s, "good", pipeline.Number(s)))
	}
	p.order(60, "done")
	p.order(80, "B")
	ahead(at(81, "good", pipeline.Number(61)))
	p.order(90, "C")
	p.order(120, "done")
	p.wait(130)
	require.Equal(t, "raise A 0, clear A 57, raise B 0, clear B 2, raise C 0, clear C 0", p.posts())
}

func TestWhoLooksThroughOrdersBeginsOnlyTheOneHeStaysOn(t *testing.T) {
	t.Parallel()
	p := follow(t, byOrder)
	p.order(1, "A")
	p.count(2, 10)
	p.count(30, 20)
	p.order(31, "B")
	p.order(32, "C")
	p.count(33, 22)
	p.order(34, "A")
	p.count(60, 30)
	p.order(61, "B")
	p.order(62, "D", "product", "Bouchon")
	p.count(63, 31)
	p.order(90, "done")
	p.wait(100)
	require.Equal(t, "raise A 0, clear A 20, raise D 1, clear D 1", p.posts())
	require.Equal(t, "Bouchon", p.last().Run.Product)
}

func TestTheERPTellsWhichOrderRuns(t *testing.T) {
	t.Parallel()
	p := follow(t, strings.Replace(byOrder, "order: {signal: order}", "order: {signal: order, begins: [started], ends: [closed]}", 1))
	row := func(seconds float64, number, status string, attr ...string) {
		ev := at(seconds, "order", pipeline.Text(status))
		ev.Kind, ev.Attr = pipeline.Record, map[string]string{"order": number, "target": "500"}
		if status == "" {
			ev.Value, ev.Attr["removed"] = pipeline.Value{}, "true"
		}
		p.say(ev)
	}
	row(1, "4711", "released")
	p.count(2, 10)
	row(3, "4711", "started")
	row(3, "4712", "released")
	p.count(4, 12)
	row(5, "4710", "closed") // of another
	row(6, "4709", "")       // of another
	p.count(7, 14)
	row(8, "4711", "closed")
	p.wait(20)
	require.Equal(t, "raise 4711 0, clear 4711 4", p.posts())
	row(21, "4712", "started")
	p.count(22, 15)
	row(30, "4712", "") // it is listed no more
	p.wait(40)
	require.Equal(t, "raise 4711 0, clear 4711 4, raise 4712 0, clear 4712 1", p.posts())
}

func TestMoreCausesThanAPostCanShowAreOthers(t *testing.T) {
	t.Parallel()
	p := follow(t, byOrder)
	p.order(1, "A")
	for i := range 12 {
		s := float64(10 + i*30)
		p.state(s, "stopped", fmt.Sprint("cause ", i))
		p.state(s+float64(i)+1, "running", "")
	}
	p.order(400, "done")
	p.wait(410)
	stops := p.last().Run.Stops
	require.Len(t, stops, 9)
	require.Equal(t, rule.Halt{Cause: "autres", Count: 4, Minutes: 42. / 60}, stops[0])
	require.Equal(t, "cause 7", stops[1].Cause, "longest first")
	require.InDelta(t, 12, p.last().Values["stops"], 0)
}

func TestALineOfWhichNothingRunsIsSmall(t *testing.T) {
	t.Parallel()
	p := follow(t, byOrder)
	p.order(1, "A")
	for s := 2.; s < 300; s++ {
		p.count(s, s)
		p.say(at(s, "scrap", pipeline.Number(s)))
		p.state(s, []string{"running", "stopped"}[int(s)%2], fmt.Sprint("cause ", s))
	}
	for _, state := range p.engine.Dirty() {
		require.Less(t, len(state.Blob), 4000, "%s", state.Blob)
	}
	p.order(300, "done")
	p.wait(310)
	for _, state := range p.engine.Dirty() {
		require.Less(t, len(state.Blob), 1000, "%s", state.Blob)
	}
}

// Whatever the orders, each piece is counted once, in one of them.
func TestNoPieceIsLostBetweenOrders(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		p := follow(t, byOrder)
		p.order(1, "first")
		p.count(2, 0)
		s, n := 2., 0.
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			s += float64(rapid.IntRange(1, 9).Draw(rt, "seconds"))
			if rapid.IntRange(0, 3).Draw(rt, "what") == 0 {
				p.order(s, rapid.SampledFrom([]string{"A", "B", "C"}).Draw(rt, "order"))
				continue
			}
			n += float64(rapid.IntRange(0, 8).Draw(rt, "pieces"))
			p.count(s, n)
		}
		p.order(s+20, "")
		p.wait(s + 30)
		sum := 0.
		for _, e := range p.all {
			if e.Kind == rule.Clear {
				sum += e.Run.Count
			}
		}
		require.InDelta(rt, n, sum, 0)
	})
}
