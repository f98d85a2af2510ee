package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// shelf is a notice about an article of the shop.
func shelf(kind feed.NoticeKind, effect string, episode int64, at time.Time) feed.Notice {
	return feed.Notice{
		Effect: effect, Kind: kind, Key: "shelf shop 3017620422003", Episode: episode, At: at,
		PostKind: feed.StockOut, Topic: feed.Stock, Severity: feed.Major, Asset: "shop/drinks", SKU: "3017620422003",
		Author: feed.Author{Kind: feed.ByERP, Name: "ERP"}, Title: feed.Text{FR: "Rupture", EN: "Out of stock"},
	}
}

func empty() feed.Draft {
	return feed.Draft{Kind: feed.StockOut, Territory: "shop/drinks", SKU: "3017620422003"}
}

// aReportTakesThePlaceOfWhatEnded has a shelf found empty again soon after the
// rule's post of it was solved: people read of it once, whatever comes next.
func aReportTakesThePlaceOfWhatEnded(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	open := func() []*feed.Post {
		t.Helper()
		threads, err := b.Threads(ctx, staff.Scope(), "shop", empty().SKU)
		require.NoError(t, err)
		return threads
	}
	solve := func(id feed.PostID) {
		t.Helper()
		_, err := b.service.Resolve(ctx, staff, id, "Remis en rayon", "")
		require.NoError(t, err)
		require.Empty(t, open())
	}
	d.commit(t, shelf(feed.Raise, "e1", 1, noon))
	first := open()[0].ID
	solve(first)

	b.now = noon.Add(30 * time.Second)
	report, joined, err := b.service.Report(under(ctx, "k1"), staff, empty())
	require.NoError(t, err)
	require.False(t, joined)
	d.commit(t, shelf(feed.Raise, "e2", 1, noon.Add(time.Minute)))
	threads := open()
	require.Len(t, threads, 1)
	require.Equal(t, report.ID, threads[0].ID)
	require.True(t, threads[0].Active, "the rule watches it now")
	solve(report.ID)

	d.commit(t, shelf(feed.Raise, "e3", 1, noon.Add(2*time.Minute)))
	threads = open()
	require.Len(t, threads, 1)
	third := threads[0].ID
	require.NotContains(t, []feed.PostID{first, report.ID}, third, "neither is written over")
	solve(third)
	d.commit(t, shelf(feed.Raise, "e4", 1, noon.Add(3*time.Minute)))
	threads = open()
	require.Len(t, threads, 1)
	require.Equal(t, third, threads[0].ID, "the latest goes on")
	require.NotEqual(t, feed.New, b.read(t, first).State)
}

func aReportJoinsTheMachine(t *testing.T, b *bench) {
	d := b.desk(t)
	d.commit(t, shelf(feed.Raise, "e1", 1, noon))
	p, joined, err := b.service.Report(under(t.Context(), "k1"), staff, empty())
	require.NoError(t, err)
	require.True(t, joined)
	require.Equal(t, 1, p.MeToo)
	_, joined, err = b.service.Report(under(t.Context(), "k2"), staff, empty())
	require.NoError(t, err)
	require.True(t, joined)
	require.Equal(t, 1, b.only(t, staff.Scope(), feed.Query{}).MeToo, "one person counts once")
}

func aMachineJoinsTheReport(t *testing.T, b *bench) {
	ctx := t.Context()
	p, joined, err := b.service.Report(under(ctx, "k1"), staff, empty())
	require.NoError(t, err)
	require.False(t, joined)
	require.EqualValues(t, 1, p.Change)
	d := b.desk(t)
	d.commit(t, shelf(feed.Raise, "e1", 1, noon.Add(time.Minute)))
	now := b.only(t, staff.Scope(), feed.Query{})
	require.Equal(t, p.ID, now.ID)
	require.True(t, now.Active)
	require.Greater(t, now.Change, p.Change)

	b.now = b.now.Add(2 * time.Minute)
	_, err = b.service.Resolve(ctx, staff, p.ID, "Palette en réserve", "")
	require.NoError(t, err)
	d.commit(t, shelf(feed.Clear, "e2", 1, noon.Add(3*time.Minute)))
	now = b.only(t, staff.Scope(), feed.Query{State: feed.AnyEnded})
	require.Equal(t, feed.Closed, now.State)
	require.False(t, now.BackToNormal, "a person ended it first")

	d.commit(t, shelf(feed.Raise, "e3", 2, noon.Add(4*time.Minute)))
	next := b.only(t, staff.Scope(), feed.Query{State: feed.AnyOpen})
	require.NotEqual(t, p.ID, next.ID, "another episode is another post")
	_, err = b.service.Reopen(ctx, staff, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

// twoRulesKeepTheirPosts has two rules notice the same article: the end of one
// condition is not the end of the other.
func twoRulesKeepTheirPosts(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	other := func(kind feed.NoticeKind, effect string, episode int64, at time.Time) feed.Notice {
		n := shelf(kind, effect, episode, at)
		n.Key, n.Episode = "forecast shop 3017620422003", episode
		return n
	}
	d.commit(t, shelf(feed.Raise, "e1", 1, noon), other(feed.Raise, "e2", 1, noon.Add(time.Second)))
	page, err := b.Feed(ctx, staff.Scope(), feed.Query{State: feed.AnyOpen})
	require.NoError(t, err)
	require.Len(t, page.Posts, 2)
	d.commit(t, other(feed.Clear, "e3", 1, noon.Add(time.Minute)))
	left := b.only(t, staff.Scope(), feed.Query{State: feed.AnyOpen})
	require.Equal(t, "shelf shop 3017620422003", left.Key)
	require.True(t, left.Active)
	d.commit(t, shelf(feed.Clear, "e4", 1, noon.Add(time.Minute)))

	// Of two rules the first joins a person's post, and the other has its own.
	p, joined, err := b.service.Report(ctx, staff, empty())
	require.NoError(t, err)
	require.False(t, joined)
	d.commit(t, shelf(feed.Raise, "e5", 1, noon.Add(2*time.Minute)), other(feed.Raise, "e6", 2, noon.Add(3*time.Minute)))
	mine, err := b.Post(ctx, staff.Scope(), p.ID)
	require.NoError(t, err)
	require.Equal(t, "shelf shop 3017620422003", mine.Key)
	page, err = b.Feed(ctx, staff.Scope(), feed.Query{State: feed.AnyOpen})
	require.NoError(t, err)
	require.Len(t, page.Posts, 2)
}

func reportsAtOnceMakeOnePost(t *testing.T, b *bench) {
	const people = 12
	errs := make([]error, people)
	var group sync.WaitGroup
	for i := range people {
		m := feed.Member{ID: feed.MemberID(fmt.Sprint("staff-", i)), Name: "Léa", Grants: staff.Grants}
		group.Go(func() { _, _, errs[i] = b.service.Report(t.Context(), m, empty()) })
	}
	group.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, people, b.only(t, staff.Scope(), feed.Query{}).MeToo)
}

func reactionsCountOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	p, _, err := b.service.Report(ctx, staff, empty())
	require.NoError(t, err)
	for range 2 {
		p, err = b.service.React(ctx, staff, p.ID, feed.Useful, true)
		require.NoError(t, err)
	}
	_, err = b.service.React(ctx, manager, p.ID, feed.Useful, true)
	require.NoError(t, err)
	require.Equal(t, 2, b.only(t, staff.Scope(), feed.Query{}).Reactions[feed.Useful])
	mine, err := b.Mine(ctx, p.ID, staff.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.Reaction{feed.Useful}, mine)
	for range 2 {
		p, err = b.service.React(ctx, staff, p.ID, feed.Useful, false)
		require.NoError(t, err)
	}
	require.Equal(t, 1, p.Reactions[feed.Useful])
	mine, err = b.Mine(ctx, p.ID, staff.ID)
	require.NoError(t, err)
	require.Empty(t, mine)
}

func membersComeAndGo(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, staff, "hash"))
	require.NoError(t, b.AddMember(ctx, manager, "hash"))
	all, err := b.Members(ctx)
	require.NoError(t, err)
	require.Equal(t, []feed.Member{manager, staff}, all)

	signedIn := func() bool {
		_, err := b.Session(ctx, "token", noon)
		return err == nil
	}
	require.NoError(t, b.AddSession(ctx, "token", feed.Session{Member: staff, Expires: noon.Add(time.Hour)}, noon))
	moved := feed.Member{ID: staff.ID, Name: "Léa Martin", Lang: feed.French, Grants: []feed.Grant{{Territory: "shop", Role: feed.Lead}}}
	require.NoError(t, b.AddMember(ctx, moved, ""))
	now, err := b.Member(ctx, staff.ID)
	require.NoError(t, err)
	require.Equal(t, moved, now, "the rights are those given last, and no others")
	hash, err := b.PINHash(ctx, staff.ID)
	require.NoError(t, err)
	require.Equal(t, "hash", hash)
	require.True(t, signedIn())
	require.NoError(t, b.AddMember(ctx, moved, "other"))
	require.False(t, signedIn(), "a new PIN ends the sessions of the old one")

	require.NoError(t, b.AddSession(ctx, "token", feed.Session{Member: staff, Expires: noon.Add(time.Hour)}, noon))
	require.NoError(t, b.RevokeMember(ctx, staff.ID))
	require.NoError(t, b.AddMember(ctx, moved, ""))
	require.False(t, signedIn(), "who comes back signs in anew")
	require.NoError(t, b.RevokeMember(ctx, staff.ID))
	require.ErrorIs(t, b.RevokeMember(ctx, staff.ID), feed.ErrNotFound)
	_, err = b.Member(ctx, staff.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)
	hash, err = b.PINHash(ctx, staff.ID)
	require.NoError(t, err)
	require.Empty(t, hash)

	require.NoError(t, b.AddMember(ctx, staff, "new"), "a revoked member may come back")
	back, err := b.Member(ctx, staff.ID)
	require.NoError(t, err)
	require.Equal(t, staff, back)
}
