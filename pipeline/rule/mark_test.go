package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

func TestRepeatedAndLateReadingsChangeNothing(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	low := at(0, "weight", pipeline.Number(490))
	p.step(low)
	require.Equal(t, "raise 490", brief(p.tick(10, low.Asset)))
	require.Empty(t, p.number(20, 500))
	low.Received = start.Add(25 * time.Second)
	require.Empty(t, p.step(low), "the old low reading, delivered again")
	same := at(20, "weight", pipeline.Number(500))
	same.Received = start.Add(30 * time.Second)
	require.Empty(t, p.step(same), "the same reading under another id")
	require.Equal(t, "clear 500", brief(p.tick(40, low.Asset)))
	require.Empty(t, p.step(low))
	require.Empty(t, p.tick(60, low.Asset))
}

func TestALateReadingBeginsNothing(t *testing.T) {
	t.Parallel()
	p := play(t, heavyAtOnce)
	require.Empty(t, p.number(0, 490))
	require.Empty(t, p.number(11, 490))
	late := at(10, "weight", pipeline.Number(510))
	late.Received = start.Add(12 * time.Second)
	require.Empty(t, p.step(late), "over before it was told")
	p.restart(heavyAtOnce, map[string][]byte{})
	late.ID = "again"
	require.Empty(t, p.step(late))
	require.Equal(t, "raise 510", p.number(13, 510))
}

func TestAClockThatIsSetBackHidesNothing(t *testing.T) {
	t.Parallel()
	p := play(t, heavyAtOnce)
	for s := range 10 {
		require.Empty(t, p.number(float64(60*s), 490))
	}
	back := func(s, v float64) string {
		ev := at(s, "weight", pipeline.Number(v))
		ev.At = ev.At.Add(-time.Hour)
		return brief(p.step(ev))
	}
	require.Empty(t, back(600, 490))
	require.Equal(t, "raise 510", back(601, 510))
	require.Equal(t, "clear 490", back(602, 490))
}

func TestAQuietSignalIsSeldomWritten(t *testing.T) {
	t.Parallel()
	p := play(t, heavyAtOnce)
	written := 0
	for i := range 1000 {
		p.number(float64(i)/10, 490)
		for _, s := range p.engine.Dirty() {
			if len(s.Key) > 2 {
				written++
				require.Less(t, len(s.Blob), 200, "%s", s.Blob)
			}
		}
	}
	require.Equal(t, 10, written, "100 s")
}

func TestAStampFarOffIsNotBelieved(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	ev := at(0, "weight", pipeline.Number(490))
	ev.At = start.Add(time.Hour) // would hide everything for an hour
	p.step(ev)
	require.Empty(t, p.number(5, 500))
	require.Empty(t, p.tick(10, ev.Asset), "the later reading counted")
}
