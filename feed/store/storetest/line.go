package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func aHandoverIsSignedByTwo(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, handover("h1", "Matin", noon, noon.Add(8*time.Hour)))
	b.now = noon.Add(8 * time.Hour)
	for range 2 { // the same again changes nothing
		got, err := b.service.Sign(ctx, operator, p.ID, feed.Given, " Surveillez la buse 4 ")
		require.NoError(t, err)
		require.Equal(t, 1, got.Comments)
	}
	require.Equal(t, feed.Conflict, feed.ProblemOf(second(b.service.Sign(ctx, operator, p.ID, feed.Received, ""))), "one person is one side")
	require.Equal(t, feed.Conflict, feed.ProblemOf(second(b.service.Sign(ctx, manager, p.ID, feed.Given, ""))), "one side is one person")
	require.NoError(t, second(b.service.Sign(ctx, manager, p.ID, feed.Received, "")))
	require.Equal(t, feed.NotFound, feed.ProblemOf(second(b.service.Sign(ctx, staff, p.ID, feed.Given, ""))))

	kept := b.read(t, p.ID)
	require.Equal(t, []feed.Signature{
		{Side: feed.Given, By: feed.Author{Kind: feed.ByPerson, Name: "Karim", Member: "operator"}, At: b.now},
		{Side: feed.Received, By: feed.Author{Kind: feed.ByPerson, Name: "Inès", Member: "manager"}, At: b.now},
	}, kept.Sheet.Signed)
	require.Equal(t, "Surveillez la buse 4", kept.LastComment.Text)
	timeline, err := b.Timeline(ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, timeline, 3)
	require.Equal(t, []any{feed.WasSigned, "given"}, []any{timeline[1].Kind, timeline[1].Text})

	alert := d.opened(t, about("alert", noon))
	require.Equal(t, feed.Invalid, feed.ProblemOf(second(b.service.Sign(ctx, operator, alert.ID, feed.Given, ""))))
	d.commit(t, handover("h2", "Nuit", noon.Add(8*time.Hour), noon.Add(16*time.Hour)))
	unsigned := feed.Member{ID: "late", Name: "Ana", Grants: operator.Grants}
	require.Equal(t, feed.Conflict, feed.ProblemOf(second(b.service.Sign(ctx, unsigned, p.ID, feed.Given, ""))), "it has served its time")
}

// aSheetIsReadAtAnyTime: the running shift sees what it would hand over, and
// nothing is changed by looking.
func aSheetIsReadAtAnyTime(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	before := d.opened(t, handover("h0", "Nuit", noon.Add(-8*time.Hour), noon.Add(-time.Minute)))
	waits := d.opened(t, about("waits", noon.Add(time.Minute)))
	solved := d.opened(t, about("solved", noon.Add(2*time.Minute)))
	b.now = noon.Add(time.Hour)
	require.NoError(t, second(b.service.Resolve(ctx, operator, solved.ID, "Buse", "")))

	shift := feed.Sheet{Shift: "Matin", Start: noon, End: noon.Add(8 * time.Hour)}
	sheet, err := shift.Fill(ctx, b.Store, "lyon/line-1", b.now)
	require.NoError(t, err)
	require.Equal(t, []feed.PostID{waits.ID}, listed(sheet.Unanswered))
	require.Equal(t, []int{2, 1}, []int{sheet.Opened, sheet.Solved})
	require.Equal(t, "Matin", sheet.Shift)
	elsewhere, err := shift.Fill(ctx, b.Store, "lyon/line-2", b.now)
	require.NoError(t, err)
	require.Empty(t, elsewhere.Unanswered)
	require.True(t, b.read(t, before.ID).State.Open(), "only a handover ends the sheet before")
}

func answersOfATopicAreRanked(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	say := func(effect string, asset feed.Path, topic feed.Topic, cause string) {
		n := about(effect, noon)
		n.Asset, n.Topic = asset, topic
		p := d.opened(t, n)
		b.now = b.now.Add(time.Minute)
		require.NoError(t, second(b.service.Resolve(ctx, manager, p.ID, cause, "Fait")))
	}
	say("1", "lyon/line-1/capper", feed.Quality, "Bouchon")
	say("2", "lyon/line-1/capper", feed.Quality, "Bouchon")
	say("3", "lyon/line-1/filler", feed.Quality, "Buse")
	say("4", "lyon/line-1/filler", feed.Speed, "Micro-arrêts")
	say("5", "lyon/line-2/filler", feed.Quality, "Ailleurs")

	causes, actions, err := b.Answered(ctx, "lyon/line-1", "lyon/line-1/filler", feed.Quality)
	require.NoError(t, err)
	require.Equal(t, []string{"Buse", "Bouchon"}, causes, "the machine's own come first")
	require.Equal(t, []string{"Fait"}, actions)
	causes, _, err = b.Answered(ctx, "lyon/line-1", "", feed.Quality)
	require.NoError(t, err)
	require.Equal(t, []string{"Bouchon", "Buse"}, causes)
	causes, _, err = b.Answered(ctx, "lyon/line-1", "", feed.Safety)
	require.NoError(t, err)
	require.Empty(t, causes)
}
