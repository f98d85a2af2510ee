package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

const lineSilent = `
rules:
- {id: silent, kind: silence, signal: weight, match: {asset: "**"}, expect_every: 4s, grace: 10s,
   topic: maintenance, severity: minor, title: {fr: "{asset} se tait depuis {since_min|0} min"}}
`

func TestSilenceIsNeverEarlyAndEndsWithTheFirstWord(t *testing.T) {
	t.Parallel()
	p := play(t, lineSilent)
	const asset = "lyon/line/filler"
	require.Empty(t, p.tick(0, asset))
	require.Empty(t, p.tick(30, asset), "it watches from the first event on")
	require.Empty(t, p.number(31, 1))
	require.Empty(t, p.number(32, 1), "not written, but allowed for")
	require.Empty(t, p.tick(46, asset), "31 + 4 + 10 would be early for what was heard at 32")
	effects := p.tick(47, asset)
	require.Equal(t, "raise", brief(effects))
	require.Equal(t, start.Add(31*time.Second), effects[0].Event.At)
	require.InDelta(t, 16/60.0, effects[0].Values["since_min"], 1e-9)
	bad := at(60, "weight", pipeline.Value{})
	bad.Quality = pipeline.Bad
	require.Equal(t, "clear", brief(p.step(bad)), "bad data is not silence")
	require.Equal(t, "raise", brief(p.tick(76, asset)))
}

func TestARepeatedEventDoesNotBreakTheSilence(t *testing.T) {
	t.Parallel()
	p := play(t, lineSilent)
	ev := at(0, "weight", pipeline.Number(1))
	p.step(ev)
	ev.Received = start.Add(15e9)
	require.Empty(t, p.step(ev))
	require.Equal(t, "raise", brief(p.tick(16, ev.Asset)))
	require.Empty(t, p.step(ev))
}

func TestAHealthySignalIsSeldomWritten(t *testing.T) {
	t.Parallel()
	p := play(t, lineSilent)
	written := 0
	for i := range 200 {
		p.number(float64(i)/10, 1)
		for _, s := range p.engine.Dirty() {
			if len(s.Key) > 2 {
				written++
				require.Less(t, len(s.Blob), 1000)
			}
		}
	}
	require.Equal(t, 10, written, "20 s at half of expect_every")
}

func TestSilenceOfAWholeAsset(t *testing.T) {
	t.Parallel()
	p := play(t, `
rules:
- {id: silent, kind: silence, match: {asset: "**", source: plc}, expect_every: 4s,
   topic: maintenance, severity: minor, title: {fr: x}}
`)
	weight, rate := at(0, "weight", pipeline.Number(1)), at(5, "rate", pipeline.Number(1))
	weight.Source, rate.Source = "plc", "plc"
	p.step(weight)
	p.step(rate)
	require.Empty(t, p.step(at(10, "weight", pipeline.Number(1))), "another source does not speak for it")
	require.Equal(t, "raise", brief(p.tick(11, "lyon/line/filler")))
}

const fileLate = `
rules:
- {id: late, kind: silence, match: {asset: "shop"}, expect_by: {at: "07:30", zone: Europe/Paris, days: mon-fri}, grace: 10m,
   topic: maintenance, severity: minor, title: {fr: "Pas de fichier depuis {since_min|0} min"}}
`

// start is Monday, 5 January 2026, 07:00 in Paris.
func TestAFileIsMissedAtItsHour(t *testing.T) {
	t.Parallel()
	p := play(t, fileLate)

	file := func(s float64) string { return brief(p.step(sku(s, "stock", pipeline.Number(3)))) }
	require.Empty(t, file(0))
	require.Empty(t, file(1), "its second row")
	require.Empty(t, p.tick(oneDay+2399, "shop"), "Tuesday, 07:39:59")
	effects := p.tick(oneDay+2400, "shop")
	require.Equal(t, "raise", brief(effects))
	require.InDelta(t, 24*60+40, effects[0].Values["since_min"], 0.1)
	require.Equal(t, "clear", file(oneDay+2*hour), "late, at 09:00")
	require.Empty(t, file(oneDay+2*hour+60), "its other rows do not count for Wednesday")
	require.Equal(t, "raise", brief(p.tick(2*oneDay+2400, "shop")))
	require.Equal(t, "clear", file(2*oneDay+16*hour), "Wednesday, 23:00: the file of Thursday")
	require.Empty(t, p.tick(4*oneDay+2399, "shop"))
	require.Equal(t, "raise", brief(p.tick(4*oneDay+2400, "shop")), "Friday")
	require.Equal(t, "clear", file(4*oneDay+3*hour))
	require.Empty(t, p.tick(7*oneDay+2399, "shop"), "the weekend is free")
	require.Equal(t, "raise", brief(p.tick(7*oneDay+2400, "shop")))
}

func TestAfterAPauseTheHourIsLookedAtSoon(t *testing.T) {
	t.Parallel()
	p := play(t, fileLate)
	p.idle = true
	p.tick(0, "shop")
	p.step(sku(1, "stock", pipeline.Number(3)))
	p.tick(2, "shop")
	morning := 30 * hour // Tuesday, 13:00
	require.Empty(t, p.tick(morning, "shop"), "the connector may be about to read it")
	p.idle, p.ticked = false, start.Add(30*60*60e9)
	require.Equal(t, "raise", brief(p.tick(morning+600, "shop")))
}
