package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// names are what members are called, in the order in which they come.
func names(members []feed.Member) (out []string) {
	for _, m := range members {
		out = append(out, m.Name)
	}
	return out
}

// member reads somebody as they are now.
func (b *bench) member(t *testing.T, m feed.Member) feed.Member {
	t.Helper()
	now, err := b.Member(t.Context(), m.ID)
	require.NoError(t, err)
	return now
}

// anAmbassadorSaysYes asks two people, one of whom says no.
func anAmbassadorSaysYes(t *testing.T, b *bench) {
	ctx := t.Context()
	b.staffed(t, lyonnaise, operator, maintainer, plumber, staff)
	embassies := feed.NewAmbassadors(b, b.clock)
	d := b.desk(t)
	p := d.opened(t, notice(feed.Raise, "e1", 1, noon, 1012))
	_, err := b.service.Resolve(ctx, maintainer, p.ID, "Buse", "")
	require.NoError(t, err)
	_, err = b.service.React(ctx, operator, p.ID, feed.Useful, true)
	require.NoError(t, err)

	of, err := embassies.Of(ctx, lyonnaise, "lyon")
	require.NoError(t, err)
	require.Equal(t, []string{"Bruno"}, names(of.Suggested), "what he solved was useful to others")
	require.Empty(t, of.Others, "the others work on one line")
	seen, err := embassies.Of(ctx, maintainer, "lyon")
	require.NoError(t, err)
	require.Empty(t, seen.Suggested, "who may not ask is suggested nobody")
	_, err = embassies.Of(ctx, staff, "lyon")
	require.ErrorIs(t, err, feed.ErrNotFound)

	require.Equal(t, feed.Forbidden, feed.ProblemOf(embassies.Propose(ctx, operator, "lyon/line-1", maintainer.ID)))
	require.ErrorIs(t, embassies.Propose(ctx, lyonnaise, "lyon", staff.ID), feed.ErrNotFound)
	require.ErrorIs(t, embassies.Answer(ctx, maintainer, "lyon", true), feed.ErrNotFound, "nobody asked")
	require.NoError(t, embassies.Propose(ctx, lyonnaise, "lyon", maintainer.ID))
	require.Equal(t, []string{"invited Camille vous propose d’être ambassadeur : Lyon"}, b.told(t, maintainer))
	require.False(t, feed.Can(b.member(t, maintainer), feed.Nudge, "lyon"), "to be asked gives nothing")
	require.NoError(t, embassies.Answer(ctx, maintainer, "lyon", true))
	require.Empty(t, b.told(t, maintainer))
	require.True(t, feed.Can(b.member(t, maintainer), feed.Nudge, "lyon/line-1"))
	require.Equal(t, []string{"answered Bruno accepte d’être ambassadeur : Lyon"}, b.told(t, lyonnaise))
	of, err = embassies.Of(ctx, b.member(t, operator), "lyon/line-1")
	require.NoError(t, err)
	require.Empty(t, of.Ambassadors, "of the site, not of the line")

	require.NoError(t, embassies.Propose(ctx, lyonnaise, "lyon/line-1", operator.ID))
	require.NoError(t, embassies.Answer(ctx, operator, "lyon/line-1", false))
	require.Equal(t, feed.Conflict, feed.ProblemOf(embassies.Propose(ctx, lyonnaise, "lyon/line-1", operator.ID)), "no is respected for a while")
	b.now = b.now.Add(91 * 24 * time.Hour)
	require.NoError(t, embassies.Propose(ctx, lyonnaise, "lyon/line-1", operator.ID))

	require.Equal(t, feed.Forbidden, feed.ProblemOf(embassies.Stop(ctx, operator, "lyon/line-1", maintainer.ID)))
	require.NoError(t, embassies.Stop(ctx, b.member(t, maintainer), "lyon", maintainer.ID))
	require.False(t, feed.Can(b.member(t, maintainer), feed.Nudge, "lyon"))
	require.Contains(t, b.told(t, lyonnaise), "answered Bruno n’est plus ambassadeur : Lyon")
}

// anAmbassadorWelcomes has people sign in at a place that has an ambassador.
func anAmbassadorWelcomes(t *testing.T, b *bench) {
	ctx := t.Context()
	envoy := feed.Member{ID: "envoy", Name: "Awa", Lang: feed.English, Grants: []feed.Grant{
		{Territory: "lyon", Role: feed.Operator}, {Territory: "lyon", Role: feed.Ambassador},
	}}
	b.staffed(t, envoy, operator, staff)
	embassies := feed.NewAmbassadors(b, b.clock)
	require.NoError(t, embassies.Welcome(ctx))
	require.Empty(t, b.told(t, envoy), "nobody has signed in yet")
	for i, m := range []feed.Member{operator, staff} {
		require.NoError(t, b.AddSession(ctx, string(rune('a'+i)), feed.Session{Member: m, Expires: time.Now().Add(time.Hour)}, b.now))
	}
	for range 2 {
		require.NoError(t, embassies.Welcome(ctx))
		require.Equal(t, []string{"arrived Karim has just arrived, Ligne 1: say hello"}, b.told(t, envoy), "once, and of nobody from elsewhere")
	}
}

// anAmbassadorNudges reminds those present of a post, once a day, and pins it.
func anAmbassadorNudges(t *testing.T, b *bench) {
	ctx := t.Context()
	envoy := feed.Member{ID: "envoy", Name: "Awa", Lang: feed.English, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Ambassador}}}
	b.staffed(t, envoy, operator, plumber)
	d := b.desk(t)
	p := d.opened(t, notice(feed.Raise, "e1", 1, noon, 1012))
	_, err := b.service.Nudge(ctx, operator, p.ID)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = b.service.Nudge(ctx, envoy, p.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"asked Toujours sans réponse : Remplisseuse : 1\u202f012 g"}, b.told(t, operator))
	require.Empty(t, b.told(t, plumber), "he works elsewhere")
	_, err = b.service.Nudge(ctx, envoy, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "once a day")
	b.now = b.now.Add(25 * time.Hour)
	waiting, err := b.Unanswered(ctx, []feed.Path{"lyon"}, b.now.Add(-feed.AnswerWithin), 10)
	require.NoError(t, err)
	require.Len(t, waiting, 1, "a reminder is no answer")
	require.NoError(t, b.ReadNotifications(ctx, operator.ID, b.now))
	_, err = b.service.Nudge(ctx, envoy, p.ID)
	require.NoError(t, err)
	require.Equal(t, 1, b.unread(t, operator), "another day's is told anew")

	_, err = b.service.Pin(ctx, operator, p.ID, true)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = b.service.Pin(ctx, envoy, p.ID, true)
	require.NoError(t, err)
	require.Equal(t, b.now.Add(feed.PinnedFor), b.read(t, p.ID).Talk.Pin.Until)
	_, err = b.service.Pin(ctx, envoy, p.ID, false)
	require.NoError(t, err)
	require.Nil(t, b.read(t, p.ID).Talk.Pin)

	_, err = b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	require.Empty(t, b.told(t, operator), "somebody has it")
	_, err = b.service.Nudge(ctx, envoy, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

// placesThatNeedAHandAreListed makes one place need all that there is.
func placesThatNeedAHandAreListed(t *testing.T, b *bench) {
	ctx := t.Context()
	b.staffed(t, lyonnaise, manager, operator, plumber)
	d := b.desk(t)
	for i := range 10 {
		n := about(string(rune('a'+i)), noon.Add(time.Duration(i)*time.Minute))
		n.Provenance.Rule = "weight"
		p := d.opened(t, n)
		if i >= 2 {
			ended := said(feed.Clear, "end", 1, noon.Add(time.Hour))
			ended.Key, ended.Effect = n.Key, "end "+n.Key
			d.commit(t, ended)
		}
		require.NotNil(t, p)
	}
	_, _, err := b.service.Report(ctx, manager, feed.Draft{Kind: feed.MustRead, Territory: "lyon/line-1", Text: "Casque"})
	require.NoError(t, err)
	b.now = noon.Add(25 * time.Hour)
	needs := feed.NewNeeds(b, b, b.clock)
	list, err := needs.Of(ctx, lyonnaise)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.EqualValues(t, "lyon/line-1", list[0].Place)
	var got []any
	for _, n := range list[0].Needs {
		got = append(got, n.Why, n.Count, n.Of)
	}
	require.Equal(t, []any{feed.NeedsAnswer, 2, 0, feed.NeedsQuiet, 8, 10, feed.NeedsReaders, 0, 2}, got)
	list, err = needs.Of(ctx, operator)
	require.NoError(t, err)
	require.Empty(t, list, "it is for who animates")
	admin := feed.Member{ID: "root", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Admin}}}
	list, err = needs.Of(ctx, admin)
	require.NoError(t, err)
	require.Empty(t, list, "who reads nothing there is told nothing")
}
