package report_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/store"
)

// noShift is a place where no calendar says who works.
func noShift(feed.Path, time.Time) (feed.Sheet, bool) { return feed.Sheet{}, false }

func TestASheetFillsItselfIsCorrectedAndEnds(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s, err := store.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "feed.db"), store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.SetTerritories(ctx, nodes("s1", "s1/l1")))
	now := yearBegins.Add(10 * time.Hour)
	require.NoError(t, s.InTx(ctx, func(tx feed.Tx) error {
		return tx.Save(ctx, &feed.Post{ID: "guard", Kind: feed.SafetyPoint, Topic: feed.Safety, Severity: feed.Major, State: feed.New, Territory: "s1/l1", OpenedAt: now.Add(-time.Hour), Values: feed.Values{}})
	}))
	m := report.NewMeetings(s, noShift, inUTC, func() time.Time { return now })
	sheet, err := m.Sheet(ctx, "s1/l1", feed.OfShift, now)
	require.NoError(t, err)
	require.Equal(t, feed.OfDay, sheet.Span, "without a shift it is that of the day")
	require.Len(t, sheet.Cells, len(feed.Concerns))
	safety := sheet.Cells[0]
	require.True(t, safety.Abnormal)
	require.Equal(t, []feed.PostID{"guard"}, safety.Posts)

	write := func(c feed.MeetingChange) error {
		sheet, err = m.Write(ctx, boss, "s1/l1", feed.OfShift, now, c)
		return err
	}
	require.NoError(t, write(feed.MeetingChange{Correct: &feed.Correcting{Concern: feed.OnPeople, Value: 7, Reason: "Compté à la main"}}))
	require.InDelta(t, 7, sheet.Cells[4].Corrected.Value, 0)
	require.Equal(t, feed.Invalid, feed.ProblemOf(write(feed.MeetingChange{Correct: &feed.Correcting{Concern: feed.OnPeople, Value: 7}})), "a correction has a reason")
	require.Equal(t, feed.Invalid, feed.ProblemOf(write(feed.MeetingChange{Task: &feed.MeetingTask{Concern: feed.OnCost, Text: "x", Owner: "y", Due: "demain"}})))
	require.NoError(t, write(feed.MeetingChange{Raise: &feed.Raising{Concern: feed.OnQuality, Text: "Une buse manque"}}))
	above, err := m.Sheet(ctx, "s1", feed.OfDay, now)
	require.NoError(t, err)
	require.Equal(t, "Une buse manque", above.Below[0].Text)

	require.NoError(t, write(feed.MeetingChange{End: true}))
	require.NoError(t, s.InTx(ctx, func(tx feed.Tx) error {
		return tx.Save(ctx, &feed.Post{ID: "late", Kind: feed.SafetyPoint, Topic: feed.Safety, Severity: feed.Major, State: feed.New, Territory: "s1/l1", OpenedAt: now.Add(-time.Minute), Values: feed.Values{}})
	}))
	ended, err := m.Sheet(ctx, "s1/l1", feed.OfShift, now)
	require.NoError(t, err)
	require.Equal(t, sheet.Cells, ended.Cells, "what was ended stays what it was")
	require.Equal(t, feed.Conflict, feed.ProblemOf(write(feed.MeetingChange{End: true})))

	stranger := feed.Member{ID: "x", Grants: []feed.Grant{{Territory: "s2", Role: feed.Manager}}}
	_, err = m.Write(ctx, stranger, "s1/l1", feed.OfShift, now, feed.MeetingChange{End: true})
	require.Equal(t, feed.NotFound, feed.ProblemOf(err))
}
