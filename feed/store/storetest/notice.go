package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// put publishes a draft as the manager of the plant.
func (b *bench) put(t *testing.T, d feed.Draft) *feed.Post {
	t.Helper()
	p, _, err := b.service.Report(t.Context(), manager, d)
	require.NoError(t, err)
	return p
}

func consigne(places ...feed.Path) feed.Draft {
	return feed.Draft{Kind: feed.MustRead, Territory: places[0], Text: "Gants anticoupure obligatoires", For: &feed.Population{Places: places}}
}

// whatIsPutToAPlaceIsReadBelow: an announcement to a site is in the feed of its
// lines, once in that of whoever reads several, and answered there.
func whatIsPutToAPlaceIsReadBelow(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	p := b.put(t, feed.Draft{Kind: feed.Announcement, Territory: "lyon", Text: "Visite jeudi", For: &feed.Population{Places: []feed.Path{"lyon", "shop/drinks"}}})
	for _, m := range []feed.Member{manager, operator, awa, staff} {
		for _, q := range []feed.Query{{}, {State: feed.AnyOpen}, {State: feed.AnyOpen, Kind: feed.Announcement}} {
			require.Equal(t, p.ID, b.only(t, m.Scope(), q).ID, m.ID)
		}
		got, err := b.Post(ctx, m.Scope(), p.ID)
		require.NoError(t, err, m.ID)
		require.True(t, feed.CanOn(m, feed.Write, got), m.ID)
		_, err = b.service.Comment(ctx, m, p.ID, "", "Vu, merci")
		require.NoError(t, err, m.ID)
		_, err = b.service.React(ctx, m, p.ID, feed.Useful, true)
		require.NoError(t, err, m.ID)
	}
	elsewhere := feed.Scope{Roots: []feed.Path{"shop/bakery"}}
	require.False(t, elsewhere.Sees(p))
	page, err := b.Feed(ctx, elsewhere, feed.Query{})
	require.NoError(t, err)
	require.Empty(t, page.Posts)
	for _, act := range []func() (*feed.Post, error){
		func() (*feed.Post, error) { return b.service.Take(ctx, operator, p.ID) },
		func() (*feed.Post, error) { return b.service.Resolve(ctx, manager, p.ID, "Vu", "") },
		func() (*feed.Post, error) { return b.service.EndNotice(ctx, operator, p.ID) },
	} {
		_, err := act()
		require.Error(t, err, "it is not taken, and ended by who put it")
	}
}

func onlyWhoMayPublishes(t *testing.T, b *bench) {
	b.crowd(t)
	lead := feed.Member{ID: "lead", Name: "Paul", Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Lead}}}
	for _, test := range []struct {
		by   feed.Member
		d    feed.Draft
		want feed.Problem
	}{
		{operator, consigne("lyon/line-1"), feed.Forbidden},
		{lead, consigne("lyon/line-1"), ""},
		{lead, consigne("lyon/line-1", "lyon"), feed.NotFound},
		{lead, consigne("lyon"), feed.NotFound},
		{manager, consigne("lyon", "nowhere"), feed.NotFound},
		{manager, feed.Draft{Kind: feed.MustRead, Territory: "lyon", Text: "x", Expires: noon}, feed.Invalid},
		{manager, feed.Draft{Kind: feed.MustRead, Territory: "lyon", Text: "x", Expires: noon.AddDate(0, 0, 31)}, feed.Invalid},
		{manager, feed.Draft{Kind: feed.Announcement, Territory: "lyon", Text: "x", Expires: noon.AddDate(0, 0, 31)}, ""},
		{manager, feed.Draft{Kind: feed.Idea, Territory: "lyon", Text: "x", Expires: noon.AddDate(0, 0, 1)}, feed.Invalid},
		{manager, feed.Draft{Kind: feed.Announcement, Territory: "lyon", Text: ""}, feed.Invalid},
	} {
		_, _, err := b.service.Report(t.Context(), test.by, test.d)
		if test.want == "" {
			require.NoError(t, err)
			continue
		}
		require.Equal(t, test.want, feed.ProblemOf(err), "%s %+v: %v", test.by.ID, test.d, err)
	}
	p := b.put(t, consigne("lyon"))
	require.Equal(t, time.Sunday, p.Talk.Expires.In(time.Local).Add(-time.Minute).Weekday(), "it ends with a week")
	require.Greater(t, p.Talk.Expires.Sub(noon), 48*time.Hour)
}

func aNoticeIsReadByEach(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa, feed.Member{ID: "admin", Name: "Root", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Admin}}})
	heard := newEars(b.Store)
	b.service = feed.NewService(heard, func() time.Time { return b.now })
	p := b.put(t, consigne("lyon"))
	key := func(m feed.MemberID) []string { return []string{string(p.ID) + ":read:" + string(m)} }
	require.Equal(t, key("operator"), heard.keys("operator"))
	require.Empty(t, heard.keys("manager"), "its author knows it")
	require.Empty(t, heard.keys("admin"), "nor is it for who does not work there")
	require.Empty(t, heard.keys("staff"))

	reach, err := b.service.Reach(ctx, manager, feed.Population{Places: []feed.Path{"lyon"}})
	require.NoError(t, err)
	require.Len(t, reach, 2)
	_, err = b.service.Reach(ctx, operator, feed.Population{Places: []feed.Path{"lyon"}})
	require.Error(t, err)

	for range 2 {
		p, err = b.service.MarkRead(ctx, operator, p.ID)
		require.NoError(t, err)
		require.Equal(t, 1, p.Talk.Readers)
	}
	require.Empty(t, heard.keys("operator"))
	_, err = b.service.MarkRead(ctx, staff, p.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)

	got, err := b.service.Readers(ctx, manager, p.ID)
	require.NoError(t, err)
	require.Equal(t, []int{1, 2}, []int{got.Read, got.Of})
	require.Equal(t, feed.MemberID("second"), got.Waiting[0].ID)
	_, err = b.service.Readers(ctx, operator, p.ID)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err), "who has not read it is told to few")

	b.now = b.now.Add(time.Hour)
	_, err = b.service.Remind(ctx, manager, p.ID, noon)
	require.NoError(t, err)
	require.Contains(t, heard.told["second"][0].Text.FR, "Rappel")
	require.Empty(t, heard.keys("operator"), "who has read it is left alone")
	_, err = b.service.Remind(ctx, manager, p.ID, noon)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "once in a shift")

	// Other words are to be read again.
	require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
		changed, err := tx.Post(ctx, p.ID)
		require.NoError(t, err)
		changed.Text = "Gants et lunettes obligatoires"
		return tx.Save(ctx, changed)
	}))
	read, err := b.Readings(ctx, "operator", []feed.PostID{p.ID})
	require.NoError(t, err)
	require.NotEqual(t, b.read(t, p.ID).Wording(), read[p.ID])
	p, err = b.service.MarkRead(ctx, awa, p.ID)
	require.NoError(t, err)
	require.Equal(t, 1, p.Talk.Readers, "only those of the words as they are")
}

func aNoticeExpires(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	heard := newEars(b.Store)
	b.service = feed.NewService(heard, func() time.Time { return b.now })
	draft := consigne("lyon")
	draft.Expires = noon.Add(time.Hour)
	p, other := b.put(t, draft), b.put(t, consigne("lyon"))
	b.now = noon.Add(59 * time.Minute)
	require.NoError(t, b.service.Expire(ctx))
	require.True(t, b.read(t, p.ID).State.Open())
	b.now = noon.Add(time.Hour)
	for range 2 {
		require.NoError(t, b.service.Expire(ctx))
		ended := b.read(t, p.ID)
		require.Equal(t, []any{feed.Closed, b.now}, []any{ended.State, ended.ClosedAt})
	}
	require.True(t, b.read(t, other.ID).State.Open())
	require.Equal(t, []string{string(other.ID) + ":read:operator"}, heard.keys("operator"))
	_, err := b.service.MarkRead(ctx, operator, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	entries, err := b.Timeline(ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, slices.DeleteFunc(entries, func(e feed.Entry) bool { return e.Kind != feed.RanOut }), 1)
	ended, err := b.service.EndNotice(ctx, manager, other.ID)
	require.NoError(t, err)
	require.Equal(t, feed.Closed, ended.State)
	require.Empty(t, heard.keys("operator"))
}

func aPollCountsOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	p, _, err := b.service.Report(ctx, operator, feed.Draft{
		Kind: feed.Question, Territory: "lyon/line-1", Text: "Quel jour pour l’essai ?",
		Poll: &feed.Poll{Choices: []feed.Choice{{Text: " Lundi ", Votes: 9}, {Text: "Mardi"}}, Closes: noon.Add(time.Hour)},
	})
	require.NoError(t, err)
	votes := func() []int {
		c := b.read(t, p.ID).Talk.Poll.Choices
		require.Equal(t, "Lundi", c[0].Text)
		return []int{c[0].Votes, c[1].Votes}
	}
	require.Equal(t, []int{0, 0}, votes())
	for _, v := range []struct {
		by     feed.Member
		choice int
		want   []int
	}{{operator, 0, []int{1, 0}}, {operator, 0, []int{1, 0}}, {manager, 1, []int{1, 1}}, {operator, 1, []int{0, 2}}} {
		_, err := b.service.Vote(ctx, v.by, p.ID, v.choice)
		require.NoError(t, err)
		require.Equal(t, v.want, votes())
	}
	mine, err := b.MyVote(ctx, p.ID, "operator")
	require.NoError(t, err)
	require.Equal(t, 1, mine)
	_, err = b.service.Vote(ctx, operator, p.ID, 2)
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, err = b.service.Vote(ctx, staff, p.ID, 0)
	require.ErrorIs(t, err, feed.ErrNotFound)
	b.now = noon.Add(time.Hour)
	_, err = b.service.Vote(ctx, operator, p.ID, 0)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	late := feed.Sent{TypedAt: noon.Add(59 * time.Minute)}.With(ctx)
	_, err = b.service.Vote(late, manager, p.ID, 0)
	require.NoError(t, err, "it was chosen in time, and arrived late")
	for _, choices := range [][]feed.Choice{{{Text: "Seul"}}, {{Text: "Oui"}, {Text: "oui "}}, {{Text: "Oui"}, {Text: ""}}} {
		_, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.Question, Territory: "lyon/line-1", Text: "?", Poll: &feed.Poll{Choices: choices}})
		require.Equal(t, feed.Invalid, feed.ProblemOf(err), choices)
	}
}
