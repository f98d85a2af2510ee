package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// places is the service of the tree on the bench.
func (b *bench) places() *feed.Places { return feed.NewPlaces(b, b.clock) }

func rowOf(line int, fields map[string]string) feed.Row {
	r := feed.Row{Line: line, Cells: map[string]feed.Cell{}}
	column := 0
	for field, text := range fields {
		column++
		r.Cells[field] = feed.Cell{Text: text, Line: line, Column: column}
	}
	return r
}

func anImportIsWholeOrNothing(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, manager, ""))
	rows := []feed.Row{
		rowOf(2, map[string]string{"path": "lyon/line-9", "name": "Ligne 9", "kind": "line", "rollout": "pilot", "animator": "manager", "charter": "Nous répondons."}),
		rowOf(3, map[string]string{"path": "lyon/line-1", "name": "Ligne Une"}),
		rowOf(4, map[string]string{"path": "lyon/line-2", "name": "Ligne 2"}),
	}
	wrong := append(rows, rowOf(5, map[string]string{"path": "paris/line-1", "name": "x", "kind": "line"}))
	before, err := b.Tree(ctx)
	require.NoError(t, err)
	_, err = b.places().Import(ctx, manager, wrong, false)
	var faults feed.RowFaults
	require.ErrorAs(t, err, &faults)
	require.Equal(t, 5, faults[0].Line)
	_, err = b.places().Import(ctx, manager, append(rows, rowOf(5, map[string]string{"path": "paris", "name": "x", "kind": "site"})), false)
	require.ErrorAs(t, err, &faults, "beyond what the manager arranges")
	require.Equal(t, 5, faults[0].Line)
	plan, err := b.places().Import(ctx, manager, rows, true)
	require.NoError(t, err)
	require.Equal(t, []int{1, 1, 1}, []int{len(plan.New), len(plan.Changed), plan.Same})
	after, err := b.Tree(ctx)
	require.NoError(t, err)
	require.Equal(t, before.Below(""), after.Below(""), "to look changes nothing")

	_, err = b.places().Import(ctx, manager, rows, false)
	require.NoError(t, err)
	after, err = b.Tree(ctx)
	require.NoError(t, err)
	n, _ := after.Get("lyon/line-9")
	require.Equal(t, feed.RolloutPilot, after.Rollout("lyon/line-9"))
	require.Equal(t, "Nous répondons.", n.Own.Charter.Text.FR)
	require.Equal(t, b.now, n.Own.Charter.At)
	plan, err = b.places().Import(ctx, manager, rows, false)
	require.NoError(t, err)
	require.Equal(t, []int{0, 0, 3}, []int{len(plan.New), len(plan.Changed), plan.Same}, "once more changes nothing")

	require.NoError(t, b.SetTerritories(ctx, plant))
	after, err = b.Tree(ctx)
	require.NoError(t, err)
	require.Equal(t, "Ligne Une", after.Name("lyon/line-1"), "people win over the configuration")
}

func aPlaceIsEdited(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, ""))
	s := b.places()
	added, err := s.Add(ctx, manager, "lyon/line-1", "Pôle d’entrée n° 2", feed.Station)
	require.NoError(t, err)
	require.Equal(t, feed.Path("lyon/line-1/pole-d-entree-n-2"), added.Path)
	_, err = s.Add(ctx, manager, "lyon/line-1", "Pôle d’entrée n° 2", feed.Station)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	_, err = s.Add(ctx, operator, "lyon/line-1", "x", feed.Station)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = s.Add(ctx, staff, "lyon/line-1", "x", feed.Station)
	require.Equal(t, feed.NotFound, feed.ProblemOf(err))

	name, english, animator := "Ligne A", feed.English, operator.ID
	edit := feed.Edit{
		Name: &name, Lang: &english, Animator: &animator, Charter: &feed.Text{FR: "Un"}, After: &[]feed.Path{"lyon/line-2"}, Sideways: new(true),
		Words: map[string]feed.Text{"line": {FR: "Îlot", EN: "Cell"}},
	}
	require.NoError(t, s.Edit(ctx, manager, "lyon/line-1", edit))
	edit = feed.Edit{Charter: &feed.Text{FR: "Deux"}, Words: map[string]feed.Text{"useful": {FR: "Ça m’aide", EN: "Helps me"}}}
	require.NoError(t, s.Edit(ctx, manager, "lyon/line-1", edit))
	tree, err := b.Tree(ctx)
	require.NoError(t, err)
	charter, from := tree.Charter(added.Path)
	require.Equal(t, 2, charter.Version)
	require.Equal(t, feed.Path("lyon/line-1"), from, "what lies below inherits")
	require.Len(t, tree.Words(added.Path), 2)
	require.Equal(t, []feed.Neighbour{{Place: "lyon/line-1", Way: feed.Upstream}}, tree.Neighbours("lyon/line-2"))
	nobody := feed.MemberID("nobody")
	require.Equal(t, feed.Invalid, feed.ProblemOf(s.Edit(ctx, manager, "lyon/line-1", feed.Edit{Animator: &nobody})))
	require.Equal(t, feed.Invalid, feed.ProblemOf(s.Edit(ctx, manager, "lyon/line-1", feed.Edit{After: &[]feed.Path{"nowhere"}})))

	require.Equal(t, feed.Conflict, feed.ProblemOf(s.Close(ctx, manager, "lyon/line-1")), "places lie below")
	require.NoError(t, s.Close(ctx, manager, added.Path))
	require.NoError(t, b.SetTerritories(ctx, []feed.Territory{{Path: added.Path, Name: "x", Kind: feed.Station}}))
	tree, err = b.Tree(ctx)
	require.NoError(t, err)
	_, stands := tree.Get(added.Path)
	require.False(t, stands, "the configuration does not bring back what was closed")
}

func aPlaceWithOpenPostsIsNotClosed(t *testing.T, b *bench) {
	ctx := t.Context()
	p, _, err := b.service.Report(ctx, staff, empty())
	require.NoError(t, err)
	require.Equal(t, feed.Conflict, feed.ProblemOf(b.places().Close(ctx, manager, "shop/drinks")))
	_, err = b.service.Resolve(ctx, manager, p.ID, "Remis", "")
	require.NoError(t, err)
	require.NoError(t, b.places().Close(ctx, manager, "shop/drinks"))
	_, err = b.Post(ctx, staff.Scope(), p.ID)
	require.NoError(t, err, "what was said stays readable")
}

func aPlaceMovesWithItsPeople(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, ""))
	_, err := b.places().Follow(ctx, operator, feed.FollowMachine, "lyon/line-1/filler", true)
	require.NoError(t, err)
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 490))
	old := b.only(t, operator.Scope(), feed.Query{})

	_, err = b.places().Move(ctx, manager, "lyon", "lyon/line-1")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "below itself")
	_, err = b.places().Move(ctx, manager, "lyon/line-1", "paris")
	require.Equal(t, feed.NotFound, feed.ProblemOf(err))
	to, err := b.places().Move(ctx, manager, "lyon/line-1", "lyon/line-2")
	require.NoError(t, err)
	require.Equal(t, feed.Path("lyon/line-2/line-1"), to)

	m, err := b.Member(ctx, operator.ID)
	require.NoError(t, err)
	require.True(t, feed.Can(m, feed.Write, to), "people come along")
	kept, err := b.Post(ctx, m.Scope(), old.ID)
	require.NoError(t, err)
	require.Equal(t, feed.Path("lyon/line-1"), kept.Territory, "posts stay where they were")

	next := notice(feed.Raise, "e2", 1, noon, 480)
	next.Key = "weight-2 lyon/line-1/filler"
	d.commit(t, next)
	page, err := b.Feed(ctx, m.Scope(), feed.Query{Territory: to})
	require.NoError(t, err)
	require.Len(t, page.Posts, 1, "the machine goes on under its path and is heard at the new place")
	require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
		who, err := tx.Followers(ctx, page.Posts[0])
		require.Equal(t, []feed.MemberID{operator.ID}, who)
		return err
	}))
}

// whoFollowsIsToldOnce until somebody has it, and not of what is tried out.
func whoFollowsIsToldOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	b.staffed(t, manager, operator, lead)
	for _, m := range []feed.Member{manager, operator} {
		_, err := b.places().Follow(ctx, m, feed.FollowMachine, "lyon/line-1/filler", true)
		require.NoError(t, err)
	}
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 1012))
	require.Equal(t, []string{"followed Remplisseuse : 1\u202f012 g"}, b.told(t, operator))
	require.Empty(t, b.told(t, lead), "she follows nothing")
	d.commit(t, notice(feed.Raise, "e2", 1, noon.Add(time.Minute), 1013))
	require.Equal(t, 1, b.unread(t, operator), "one condition is told once")

	page, err := b.Feed(ctx, operator.Scope(), feed.Query{})
	require.NoError(t, err)
	_, err = b.service.Take(ctx, operator, page.Posts[0].ID)
	require.NoError(t, err)
	require.Empty(t, b.told(t, operator), "it is seen to")
	require.Empty(t, b.told(t, manager))

	_, _, err = b.service.Report(ctx, operator, feed.Draft{Kind: feed.QualityPoint, Territory: "lyon/line-1", Asset: "lyon/line-1/filler", Text: "Bavure"})
	require.NoError(t, err)
	require.Equal(t, []string{"followed Bavure"}, b.told(t, manager))
	require.Empty(t, b.told(t, operator), "who wrote it knows")
}

func whatIsFollowedIsAFeed(t *testing.T, b *bench) {
	ctx := t.Context()
	for _, m := range []feed.Member{manager, operator, staff} {
		require.NoError(t, b.AddMember(ctx, m, ""))
	}
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 490), shelf(feed.Raise, "e2", 1, noon))
	follow := func(m feed.Member, k feed.FollowKind, target string, on bool) bool {
		changed, err := b.places().Follow(ctx, m, k, target, on)
		require.NoError(t, err)
		return changed
	}
	count := func(m feed.Member) int {
		page, err := b.Feed(ctx, m.Scope(), feed.Query{FollowedBy: m.ID})
		require.NoError(t, err)
		return len(page.Posts)
	}
	require.Zero(t, count(manager))
	require.True(t, follow(manager, feed.FollowPlace, "lyon", true))
	require.False(t, follow(manager, feed.FollowPlace, "lyon", true), "once")
	require.Equal(t, 1, count(manager), "a place brings what lies below")
	require.True(t, follow(manager, feed.FollowArticle, "3017620422003", true))
	require.Equal(t, 2, count(manager))
	require.True(t, follow(manager, feed.FollowPlace, "lyon", false))
	require.Equal(t, 1, count(manager))
	require.True(t, follow(manager, feed.FollowMachine, "lyon/line-1/filler", true))
	require.Equal(t, 2, count(manager))

	follow(operator, feed.FollowArticle, "3017620422003", true)
	require.Zero(t, count(operator), "to follow opens no scope")
	_, err := b.places().Follow(ctx, operator, feed.FollowPlace, "shop", true)
	require.Equal(t, feed.NotFound, feed.ProblemOf(err))
	page, err := b.Feed(ctx, staff.Scope(), feed.Query{})
	require.NoError(t, err)
	require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
		who, err := tx.Followers(ctx, page.Posts[0])
		require.Equal(t, []feed.MemberID{manager.ID}, who, "who does not see it does not hear of it")
		return err
	}))
	list, err := b.Follows(ctx, manager.ID)
	require.NoError(t, err)
	require.Len(t, list, 2)
}
