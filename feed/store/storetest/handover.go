package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// handover is the notice that the shift of line 1 ends soon.
func handover(effect, shift string, start, at time.Time) feed.Notice {
	return feed.Notice{
		Effect: effect, Kind: feed.HandOver, Key: "handover\tlyon/line-1\t" + shift, Episode: at.UnixMilli(), At: at, Bump: true,
		PostKind: feed.Handover, Topic: feed.Speed, Severity: feed.Info, Territory: "lyon/line-1",
		Author: feed.Author{Kind: feed.ByMachine}, Title: feed.Text{FR: "Relève {shift}", EN: "Handover {shift}"}, Values: feed.Values{"shift": shift},
		Sheet: &feed.Sheet{Shift: shift, Next: "Nuit", Start: start, End: at.Add(10 * time.Minute)},
	}
}

// about is a raise of another key of the line.
func about(key string, at time.Time) feed.Notice {
	n := said(feed.Raise, key, 1, at)
	n.Key = key
	return n
}

func listed(lines []feed.SheetLine) (out []feed.PostID) {
	for _, l := range lines {
		out = append(out, l.Post)
	}
	return out
}

func aHandoverFillsItsSheet(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	before := d.opened(t, handover("h0", "Nuit", noon.Add(-16*time.Hour), noon.Add(-8*time.Hour)))
	old := d.opened(t, about("old", noon.Add(-time.Hour)))
	taken, waits := d.opened(t, about("taken", noon.Add(time.Minute))), d.opened(t, about("waits", noon.Add(2*time.Minute)))
	shelved, unstable := d.opened(t, about("shelved", noon.Add(3*time.Minute))), d.opened(t, about("unstable", noon.Add(4*time.Minute)))
	run := about("run", noon)
	run.PostKind, run.Run = feed.Production, &feed.Run{Order: "OF-1", Count: 120, StartedAt: noon}
	thread := d.opened(t, run)
	flips := said(feed.GoUnstable, "flips", 1, noon.Add(5*time.Minute))
	flips.Key = "unstable"
	elsewhere := about("elsewhere", noon)
	elsewhere.Asset = "lyon/line-2/press"
	d.commit(t, flips, elsewhere, held(feed.Hold, "e2", "x", "budget", "lyon/line-1/filler", noon.Add(time.Minute)))
	b.now = noon.Add(time.Hour)
	for _, err := range []error{
		second(b.service.Take(ctx, operator, taken.ID)),
		second(b.service.Shelve(ctx, operator, shelved.ID, noon.Add(4*time.Hour), false, "Essais")),
		second(b.service.Resolve(ctx, operator, old.ID, "Buse", "")),
	} {
		require.NoError(t, err)
	}

	end := noon.Add(8 * time.Hour)
	p := d.opened(t, handover("h1", "Matin", noon, end))
	require.Equal(t, []any{feed.Handover, feed.New, feed.Path("lyon/line-1")}, []any{p.Kind, p.State, p.Territory})
	s := p.Sheet
	require.Equal(t, []feed.PostID{taken.ID}, listed(s.Open))
	require.Equal(t, "Karim", s.Open[0].Note)
	require.Equal(t, []feed.PostID{waits.ID}, listed(s.Unanswered))
	require.Equal(t, []feed.PostID{shelved.ID}, listed(s.Shelved))
	require.Equal(t, "Essais", s.Shelved[0].Note)
	require.Equal(t, []feed.PostID{unstable.ID}, listed(s.Unstable))
	require.Equal(t, []feed.PostID{thread.ID}, listed(s.Runs))
	require.Equal(t, "OF-1", s.Runs[0].Run.Order)
	require.Equal(t, []int{5, 1, 1}, []int{s.Opened, s.Solved, s.Held})
	require.Equal(t, "Relève Matin", p.Title.Render(feed.French, p.Values))
	require.Equal(t, feed.Closed, b.read(t, before.ID).State, "the sheet before has served its time")

	again := handover("h1 again", "Matin", noon, end)
	d.commit(t, again)
	require.Equal(t, b.read(t, p.ID).Change, p.Change, "a shift is handed over once")
}

// aBusyShiftIsHandedOver has more open than a sheet is made of: the runs are on
// it all the same, and the sheet before ends.
func aBusyShiftIsHandedOver(t *testing.T, b *bench) {
	d := b.desk(t)
	before := d.opened(t, handover("h0", "Nuit", noon.Add(-16*time.Hour), noon.Add(-8*time.Hour)))
	var all []feed.Notice
	for i := range 320 {
		all = append(all, about(fmt.Sprint("alert ", i), noon))
	}
	d.commit(t, all...)
	run := about("run", noon)
	run.PostKind, run.Severity, run.Run = feed.Production, feed.Info, &feed.Run{Order: "OF-1", StartedAt: noon}
	thread := d.opened(t, run)
	p := d.opened(t, handover("h1", "Matin", noon, noon.Add(8*time.Hour)))
	require.Equal(t, []feed.PostID{thread.ID}, listed(p.Sheet.Runs))
	require.Equal(t, feed.Closed, b.read(t, before.ID).State)
	require.Len(t, p.Sheet.Unanswered, feed.MaxLines)
}
