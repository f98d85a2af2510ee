package storetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func whatIsHiddenIsSeenNowhere(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Une idée #propre")
	c := s.say(t, mechanic, p, "", "Paul est nul #paul")
	s.heard()
	_, err := s.service.Hide(ctx, operator, p.ID, c.ID, "Vise une personne")
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = s.service.Hide(ctx, teamLead, p.ID, c.ID, "Vise une personne")
	require.NoError(t, err)
	require.Equal(t, map[feed.MemberID]feed.Why{"mechanic": feed.Moderated}, s.heard())
	now := s.post(t, p.ID)
	require.Zero(t, now.Comments)
	require.Nil(t, now.LastComment)
	require.Equal(t, []string{"propre"}, now.Talk.Tags)
	thread, err := s.Thread(ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, thread[0].Veiled().Text)
	require.Equal(t, "Vise une personne", thread[0].Veiled().Hidden.Reason)
	require.NotEmpty(t, thread[0].Text, "kept, for who moderates")

	_, err = s.service.Contest(ctx, mechanic, p.ID, c.ID, "C’était une blague")
	require.NoError(t, err)
	require.Equal(t, map[feed.MemberID]feed.Why{"lead": feed.Answered}, s.heard())
	_, err = s.service.Contest(ctx, mechanic, p.ID, c.ID, "Encore")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "once")
	_, err = s.service.Show(ctx, teamLead, p.ID, c.ID)
	require.NoError(t, err)
	now = s.post(t, p.ID)
	require.Equal(t, "Paul est nul #paul", now.LastComment.Text)
	require.Equal(t, []string{"propre", "paul"}, now.Talk.Tags)
}

func aHiddenPostIsQuotedNowhere(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p, _, err := s.service.Report(ctx, operator, feed.Draft{Kind: feed.OtherPoint, Territory: "lyon/line-1", Text: "Paul a encore dormi #paul"})
	require.NoError(t, err)
	sheet := &feed.Post{
		ID: "sheet", Kind: feed.Handover, Territory: "lyon/line-1", State: feed.New, OpenedAt: noon, Since: noon, UpdatedAt: noon, BumpedAt: noon,
		Title: feed.Text{FR: "Relève", EN: "Handover"},
		Sheet: &feed.Sheet{Unanswered: []feed.SheetLine{{Post: p.ID, Title: feed.Text{FR: "{text}", EN: "{text}"}, Values: feed.Values{"text": p.Text}}}},
	}
	require.NoError(t, s.Store.InTx(ctx, func(tx feed.Tx) error { return tx.Save(ctx, sheet) }))
	_, err = s.service.Hide(ctx, teamLead, p.ID, "", "Vise une personne")
	require.NoError(t, err)
	now := s.post(t, p.ID)
	seen := now.Veiled()
	require.Empty(t, seen.Text)
	require.Equal(t, "Retiré par la modération : Vise une personne", seen.Title.Render(feed.French, seen.Values))
	require.Empty(t, now.Talk.Tags)
	line := s.post(t, "sheet").Sheet.Unanswered[0]
	require.NotContains(t, line.Title.Render(feed.French, line.Values), "Paul")
	page, err := s.Feed(ctx, operator.Scope(), feed.Query{Tag: "paul"})
	require.NoError(t, err)
	require.Empty(t, page.Posts)
	_, err = s.service.EditPost(ctx, operator, p.ID, "Autre chose")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	_, err = s.service.Show(ctx, teamLead, p.ID, "")
	require.NoError(t, err)
	line = s.post(t, "sheet").Sheet.Unanswered[0]
	require.Contains(t, line.Title.Render(feed.French, line.Values), "Paul")

	d := s.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 1))
	machine := s.only(t, operator.Scope(), feed.Query{Kind: feed.Alert})
	_, err = s.service.Hide(ctx, teamLead, machine.ID, "", "Faux")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "a machine means nobody")
}

func aFlagReachesWhoModerates(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Une idée")
	c := s.say(t, mechanic, p, "", "Paul est nul")
	s.heard()
	for range 2 {
		_, err := s.service.Flag(ctx, fitter, p.ID, c.ID, "Vise une personne")
		require.NoError(t, err)
	}
	require.Equal(t, map[feed.MemberID]feed.Why{"lead": feed.AskedFor, "manager": feed.AskedFor}, s.heard())
	flags, err := s.Flags(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.Flag{{Post: p.ID, Comment: c.ID, Member: "fitter", Reason: "Vise une personne", At: s.now}}, flags, "one person counts once")
	_, err = s.service.Hide(ctx, teamLead, p.ID, c.ID, "Vise une personne")
	require.NoError(t, err)
	flags, err = s.Flags(ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, flags, "it was seen to")
}
