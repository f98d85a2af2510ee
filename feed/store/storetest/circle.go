package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// crowd makes people of the plant known: who is in a group has to be.
func (b *bench) crowd(t *testing.T, more ...feed.Member) {
	t.Helper()
	for _, m := range append([]feed.Member{manager, operator, staff}, more...) {
		require.NoError(t, b.AddMember(t.Context(), m, ""))
	}
}

// as is a member as of now, with the groups that they are in.
func (b *bench) as(ctx context.Context, t require.TestingT, id feed.MemberID) feed.Member {
	m, err := b.Member(ctx, id)
	require.NoError(t, err)
	return m
}

func (b *bench) circles() *feed.Circles {
	return feed.NewCircles(b.Store, func() time.Time { return b.now })
}

func (b *bench) circle(t *testing.T, by feed.MemberID, join feed.JoinPolicy, home feed.Path) *feed.Circle {
	t.Helper()
	c, err := b.circles().Create(t.Context(), b.as(t.Context(), t, by), feed.Circle{Name: "Projet froid", Kind: feed.ProjectCircle, Join: join, Home: home})
	require.NoError(t, err)
	return c
}

var awa = feed.Member{ID: "second", Name: "Awa", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-2", Role: feed.Operator}}}

func aGroupIsJoined(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	c := b.circle(t, "manager", feed.JoinAsked, "lyon")
	heard := newEars(b.Store)
	groups := feed.NewCircles(heard, func() time.Time { return b.now })
	require.Equal(t, feed.Keeper, c.RoleOf("manager"))

	asked, err := groups.Join(ctx, operator, c.ID)
	require.NoError(t, err)
	require.Empty(t, asked.RoleOf("operator"), "a keeper has to accept")
	require.Equal(t, []string{"group:" + c.ID + ":ask:operator"}, heard.keys("manager"))
	require.Equal(t, "/groups/"+c.ID, heard.told["manager"][0].Page)
	_, err = groups.Admit(ctx, b.as(ctx, t, "second"), c.ID, "operator", feed.Insider)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err), "only keepers accept")
	_, err = groups.Join(ctx, staff, c.ID)
	require.ErrorIs(t, err, feed.ErrNotFound, "the store does not know of the plant's groups")

	in, err := groups.Admit(ctx, b.as(ctx, t, "manager"), c.ID, "operator", feed.Insider)
	require.NoError(t, err)
	require.Equal(t, feed.Insider, in.RoleOf("operator"))
	require.Empty(t, in.Calls)
	require.Empty(t, heard.keys("manager"), "what was answered is cleared")
	require.Contains(t, b.as(ctx, t, "operator").Grants, feed.Grant{Territory: feed.Group(c.ID), Role: feed.Insider})
	require.Equal(t, feed.Path("lyon/line-1"), b.as(ctx, t, "operator").Grants[0].Territory, "where one works comes first")

	// A member who is given the same name and rights again stays in the group,
	// and rights in it are not written down elsewhere.
	require.NoError(t, b.AddMember(ctx, b.as(ctx, t, "operator"), ""))
	require.NoError(t, groups.Part(ctx, b.as(ctx, t, "operator"), c.ID, "operator"))
	require.Equal(t, operator.Grants, b.as(ctx, t, "operator").Grants)
}

func aGroupInvites(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	c := b.circle(t, "operator", feed.JoinInvited, "lyon")
	heard := newEars(b.Store)
	groups := feed.NewCircles(heard, func() time.Time { return b.now })
	_, err := groups.Join(ctx, awa, c.ID)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	keeper := b.as(ctx, t, "operator")
	_, err = groups.Admit(ctx, keeper, c.ID, "staff", feed.Insider)
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "only who works around the place")
	invited, err := groups.Admit(ctx, keeper, c.ID, "second", feed.Insider)
	require.NoError(t, err)
	require.Empty(t, invited.RoleOf("second"), "who is invited answers")
	require.Equal(t, []string{"group:" + c.ID + ":invite:second"}, heard.keys("second"))
	in, err := groups.Join(ctx, awa, c.ID)
	require.NoError(t, err)
	require.Equal(t, feed.Insider, in.RoleOf("second"))
	require.Empty(t, heard.keys("second"))

	_, err = groups.Change(ctx, keeper, c.ID, func(c *feed.Circle) { c.Hidden = true })
	require.NoError(t, err)
	_, err = groups.Join(ctx, b.as(ctx, t, "manager"), c.ID)
	require.ErrorIs(t, err, feed.ErrNotFound, "who is not in it knows nothing of a hidden group")
	known, err := b.Circles(ctx, b.as(ctx, t, "manager"))
	require.NoError(t, err)
	require.Empty(t, known)
}

func aGroupKeepsAKeeper(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	c := b.circle(t, "operator", feed.JoinOpen, "lyon")
	groups := b.circles()
	b.now = b.now.Add(time.Minute)
	_, err := groups.Join(ctx, awa, c.ID)
	require.NoError(t, err)
	keeper := b.as(ctx, t, "operator")
	require.Equal(t, feed.Conflict, feed.ProblemOf(groups.Part(ctx, keeper, c.ID, "operator")))
	_, err = groups.Admit(ctx, keeper, c.ID, "operator", feed.Insider)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "nor step back")
	_, err = groups.Admit(ctx, keeper, c.ID, "second", feed.Keeper)
	require.NoError(t, err)
	require.NoError(t, groups.Part(ctx, keeper, c.ID, "operator"))
	_, err = groups.Admit(ctx, b.as(ctx, t, "second"), c.ID, "operator", feed.Insider)
	require.NoError(t, err)
	_, err = groups.Join(ctx, operator, c.ID)
	require.NoError(t, err)

	require.NoError(t, b.RevokeMember(ctx, "second"))
	left, err := b.Circles(ctx, operator)
	require.NoError(t, err)
	require.Len(t, left[0].Fellows, 1)
	require.Equal(t, feed.Keeper, left[0].RoleOf("operator"), "who was in it the longest keeps it")
}

func anArchivedGroupIsRead(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	c := b.circle(t, "operator", feed.JoinOpen, "lyon")
	keeper := b.as(ctx, t, "operator")
	note := feed.Draft{Kind: feed.Note, Territory: feed.Group(c.ID), Text: "Essai à froid : trois réglages"}
	p, _, err := b.service.Report(ctx, keeper, note)
	require.NoError(t, err)
	_, err = b.circles().Change(ctx, keeper, c.ID, func(c *feed.Circle) { c.Pinned = p.ID })
	require.NoError(t, err)
	_, err = b.circles().Change(ctx, keeper, c.ID, func(c *feed.Circle) { c.Pinned = "nowhere" })
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.circles().Change(ctx, keeper, c.ID, func(c *feed.Circle) { c.ArchivedAt = b.now })
	require.NoError(t, err)
	_, _, err = b.service.Report(ctx, keeper, note)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	_, err = b.service.Comment(ctx, keeper, p.ID, "", "Et la pompe ?")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	_, err = b.Post(ctx, keeper.Scope(), p.ID)
	require.NoError(t, err, "it is still read")
	_, err = b.service.Take(ctx, keeper, p.ID)
	require.Error(t, err, "words are not taken")
	_, err = b.circles().Change(ctx, keeper, c.ID, func(c *feed.Circle) { c.ArchivedAt = time.Time{} })
	require.NoError(t, err)
	_, err = b.service.Comment(ctx, keeper, p.ID, "", "Et la pompe ?")
	require.NoError(t, err)
}

func aGroupTakesWordsOnly(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	c := b.circle(t, "operator", feed.JoinOpen, "lyon")
	keeper := b.as(ctx, t, "operator")
	for kind, ok := range map[feed.Kind]bool{feed.Note: true, feed.Question: true, feed.Idea: true, feed.Announcement: true, feed.QualityPoint: false, feed.OtherPoint: false} {
		_, _, err := b.service.Report(ctx, keeper, feed.Draft{Kind: kind, Territory: feed.Group(c.ID), Text: "Un mot"})
		require.Equal(t, ok, err == nil, "%s: %v", kind, err)
	}
	_, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.Note, Territory: "lyon/line-1", Text: "Un mot"})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, _, err = b.service.Report(ctx, keeper, feed.Draft{
		Kind: feed.Announcement, Territory: feed.Group(c.ID), Text: "Un mot", For: &feed.Population{Places: []feed.Path{feed.Group(c.ID), "lyon/line-1"}},
	})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "what is said in a group stays there")
	for _, home := range []feed.Path{"shop", "nowhere", feed.Group(c.ID)} {
		_, err = b.circles().Create(ctx, keeper, feed.Circle{Name: "x", Kind: feed.TeamCircle, Join: feed.JoinOpen, Home: home})
		require.ErrorIs(t, err, feed.ErrNotFound, home)
	}
	nodes, err := b.Territories(ctx, keeper.Scope())
	require.NoError(t, err)
	for _, n := range nodes {
		require.False(t, n.Path.IsGroup(), "groups are no places of the tree")
	}
	tree, err := b.Tree(ctx)
	require.NoError(t, err)
	require.Equal(t, "Projet froid", tree.Name(feed.Group(c.ID)))
}

// noGroupLeaks draws groups, people in and out of them and posts, and looks at
// every read that takes a scope: whoever is not in a group meets nothing of it.
func noGroupLeaks(t *testing.T, b *bench) {
	ctx := t.Context()
	root := feed.Member{ID: "root", Name: "Root", Grants: []feed.Grant{{Territory: "", Role: feed.Manager}}}
	b.crowd(t, awa, root)
	people := []feed.MemberID{"manager", "operator", "staff", "second", "root"}
	var groups []*feed.Circle
	for i, by := range []feed.MemberID{"operator", "manager", "root"} {
		c, err := b.circles().Create(ctx, b.as(ctx, t, by), feed.Circle{Name: fmt.Sprint("G", i), Kind: feed.TeamCircle, Join: feed.JoinOpen, Home: "lyon"})
		require.NoError(t, err)
		groups = append(groups, c)
	}
	rapid.Check(t, func(rt *rapid.T) {
		c := rapid.SampledFrom(groups).Draw(rt, "group")
		who := rapid.SampledFrom(people).Draw(rt, "who")
		if rapid.Bool().Draw(rt, "in") {
			_, _ = b.circles().Join(ctx, b.as(ctx, rt, who), c.ID)
		} else {
			_ = b.circles().Part(ctx, b.as(ctx, rt, who), c.ID, who)
		}
		by := rapid.SampledFrom(people).Draw(rt, "author")
		kind := rapid.SampledFrom([]feed.Kind{feed.Note, feed.Question, feed.Announcement, feed.MustRead}).Draw(rt, "kind")
		b.now = b.now.Add(time.Second)
		draft := feed.Draft{Kind: kind, Territory: feed.Group(c.ID), Text: "Entre nous", Photos: []feed.Picture{{Large: []byte("large"), Small: []byte("small"), Width: 1, Height: 1}}}
		p, _, err := b.service.Report(ctx, b.as(ctx, rt, by), draft)
		in := func(m feed.Member) bool { return feed.Can(m, feed.Read, feed.Group(c.ID)) }
		if err != nil {
			require.Contains(rt, []feed.Problem{feed.NotFound, feed.Forbidden}, feed.ProblemOf(err))
			require.False(rt, in(b.as(ctx, rt, by)) && kind == feed.Note, "who is in it writes in it")
			return
		}
		for _, id := range people {
			b.requirePrivate(ctx, rt, b.as(ctx, rt, id), p)
		}
	})
}

// requirePrivate holds every read of m to what m may see of a group's post.
func (b *bench) requirePrivate(ctx context.Context, t require.TestingT, m feed.Member, p *feed.Post) {
	in := m.Scope().Contains(p.Territory)
	_, err := b.Post(ctx, m.Scope(), p.ID)
	require.Equal(t, in, err == nil, "%s reads one", m.ID)
	_, err = b.Photo(ctx, m.Scope(), p.Photos[0].ID, true)
	require.Equal(t, in, err == nil, "%s sees a photo", m.ID)
	require.Equal(t, in, m.Scope().Sees(p), "%s is told of changes", m.ID)
	var found bool
	for _, q := range []feed.Query{{Limit: feed.MaxPage}, {Limit: feed.MaxPage, Kind: p.Kind}} {
		page, err := b.Feed(ctx, m.Scope(), q)
		require.NoError(t, err)
		seen := map[feed.PostID]bool{}
		for _, one := range page.Posts {
			require.False(t, seen[one.ID], "a post comes once")
			seen[one.ID] = true
			require.True(t, m.Scope().Sees(one))
		}
		found = seen[p.ID]
		require.Equal(t, in, found, "%s lists %v", m.ID, q)
	}
	_, err = b.service.Comment(ctx, m, p.ID, "", "Un mot")
	require.Equal(t, in, err == nil, "%s answers", m.ID)
	counts, err := b.OpenCounts(ctx, m.Scope())
	require.NoError(t, err)
	pulses, err := b.Pulses(ctx, m.Scope(), b.now.Add(time.Minute))
	require.NoError(t, err)
	for _, pulse := range pulses {
		require.False(t, pulse.Territory.IsGroup())
		require.Zero(t, pulse.Open, "a group is no part of the pulse of a place")
	}
	for place, n := range counts {
		require.Zero(t, n, "nor of the counts of %s", place)
	}
}
