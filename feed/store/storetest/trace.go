package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// weigh commits one sample of the filler's weight.
func (d *desk) weigh(t *testing.T, at time.Time, value float64, notices ...feed.Notice) {
	t.Helper()
	batch := d.batch(notices...)
	batch.Traces = []feed.Trace{{
		Asset: "lyon/line-1/filler", Signal: "weight", Unit: "g", At: at, Points: []feed.Point{{At: at, Value: value}},
	}}
	require.NoError(t, d.b.Commit(t.Context(), batch))
	d.seq++
}

func (b *bench) trace(t *testing.T) (out *feed.Trace) {
	t.Helper()
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) (err error) {
		out, err = tx.Trace(t.Context(), "lyon/line-1/filler", "weight")
		return err
	}))
	return out
}

func aTraceKeepsThirtyMinutes(t *testing.T, b *bench) {
	require.Nil(t, b.trace(t))
	d := b.desk(t)
	for i := range feed.TraceLen + 10 {
		d.weigh(t, noon.Add(time.Duration(i)*feed.TraceStep), 500+float64(i)/8)
	}
	tr := b.trace(t)
	require.Len(t, tr.Points, feed.TraceLen)
	require.Equal(t, feed.Point{At: noon.Add(10 * feed.TraceStep), Value: 501.25}, tr.Points[0])
	d.weigh(t, noon, -1)
	require.Equal(t, tr, b.trace(t), "an old sample changes nothing")
}

func aCurveFreezes(t *testing.T, b *bench) {
	d := b.desk(t)
	d.weigh(t, noon, 512, notice(feed.Raise, "e1", 1, noon, 512))
	require.Len(t, b.only(t, manager.Scope(), feed.Query{}).Series, 1)
	d.weigh(t, noon.Add(time.Minute), 511)
	p := b.only(t, manager.Scope(), feed.Query{})
	require.Equal(t, []feed.Point{{At: noon, Value: 512}, {At: noon.Add(time.Minute), Value: 511}}, p.Series)
	_, err := b.service.Take(t.Context(), manager, p.ID)
	require.NoError(t, err)

	end := noon.Add(2 * time.Minute)
	d.weigh(t, end, 500, notice(feed.Clear, "e2", 1, end, 500))
	d.weigh(t, noon.Add(3*time.Minute), 499)
	p = b.only(t, manager.Scope(), feed.Query{})
	require.Len(t, p.Series, 3, "with the sample that ended it, and none after")
	require.Equal(t, end, p.Series[2].At)
}
