package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// ready is a usage of the suite.
var ready = feed.Usage{
	Name: "team", Title: feed.Text{FR: "Équipe", EN: "Team"},
	Group: feed.UsageGroup{
		Name: feed.Text{FR: "Équipe {place}", EN: "{place} team"}, Purpose: feed.Text{FR: "Parler.", EN: "To talk."}, Kind: feed.TeamCircle, Join: feed.JoinOpen,
	},
	Checklists: []feed.Checklist{
		{Name: "start", Title: feed.Text{FR: "Prise de poste", EN: "Start"}, Every: feed.EveryShift, Items: []feed.Text{{FR: "Un", EN: "One"}, {FR: "Deux", EN: "Two"}}},
		{Name: "once", Title: feed.Text{FR: "Une fois", EN: "Once"}, Every: feed.EveryOnce, Items: []feed.Text{{FR: "Tout", EN: "All"}}},
	},
	Welcome: feed.Text{FR: "Bienvenue.", EN: "Welcome."},
}

const here = feed.Path("lyon/line-1")

func (b *bench) install(t *testing.T, m feed.Member) *feed.Installed {
	t.Helper()
	in, err := b.service.Install(t.Context(), m, ready, here)
	require.NoError(t, err)
	return in
}

// said is a post of a group, whoever reads it.
func (b *bench) said(t *testing.T, id feed.PostID) (p *feed.Post) {
	t.Helper()
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) (err error) {
		p, err = tx.Post(t.Context(), id)
		return err
	}))
	return p
}

// checklists are the checklists of the bench: a shift begins each eight hours.
func (b *bench) checklists() *feed.Checklists {
	return feed.NewChecklists(b, func(_ feed.Path, every feed.Every, at time.Time) time.Time {
		if every == feed.EveryOnce {
			return time.Time{}
		}
		return at.Truncate(8 * time.Hour)
	}, b.clock)
}

func aUsageIsInstalledOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	in := b.install(t, manager)
	c, err := b.circles().Change(ctx, b.as(ctx, t, manager.ID), in.Group, func(*feed.Circle) {})
	require.NoError(t, err)
	require.Equal(t, "Équipe Ligne 1", c.Name)
	require.Equal(t, in.Welcome, c.Pinned)
	require.Equal(t, feed.Keeper, c.RoleOf(manager.ID))
	require.Equal(t, "Bienvenue.", b.said(t, in.Welcome).Text)

	b.now = b.now.Add(time.Hour)
	require.Equal(t, in, b.install(t, manager), "once more changes nothing")
	found, err := b.Usages(ctx, []feed.Path{"lyon"})
	require.NoError(t, err)
	require.Equal(t, []feed.Installed{*in}, found)
	circles, err := b.Circles(ctx, b.as(ctx, t, manager.ID))
	require.NoError(t, err)
	require.Len(t, circles, 1)

	_, err = b.service.Install(ctx, operator, ready, here)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = b.service.Install(ctx, staff, ready, here)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.service.Install(ctx, manager, ready, "lyon/line-99")
	require.ErrorIs(t, err, feed.ErrNotFound)
}

func aUsageThatIsCutOffIsCompleted(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	cut := errors.New("the power is gone")
	half := feed.NewService(cutOff{b, cut}, b.clock)
	_, err := half.Install(ctx, manager, ready, here)
	require.ErrorIs(t, err, cut)
	circles, err := b.Circles(ctx, manager)
	require.NoError(t, err)
	require.Empty(t, circles, "nothing of it is left")

	in := b.install(t, manager)
	more := ready
	more.Checklists = append(more.Checklists, feed.Checklist{Name: "new", Every: feed.EveryWeek, Items: []feed.Text{{FR: "x", EN: "x"}}})
	again, err := b.service.Install(ctx, manager, more, here)
	require.NoError(t, err)
	require.Equal(t, in, again)
	rounds, err := b.checklists().Of(ctx, b.as(ctx, t, manager.ID), in.Group)
	require.NoError(t, err)
	require.Len(t, rounds, 3, "what is missing comes back")
}

// cutOff is a repository whose power goes before each commit.
type cutOff struct {
	feed.Repository
	err error
}

func (c cutOff) InTx(ctx context.Context, fn func(feed.Tx) error) error {
	return c.Repository.InTx(ctx, func(tx feed.Tx) error { return errors.Join(fn(tx), c.err) })
}

func aUsageGoesWithWhatNobodyTouched(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	require.ErrorIs(t, b.service.Uninstall(ctx, manager, ready, here), feed.ErrNotFound)
	in := b.install(t, manager)
	keeper := b.as(ctx, t, manager.ID)
	_, err := b.checklists().Tick(ctx, keeper, in.Group, "once", 0, true)
	require.NoError(t, err)
	require.NoError(t, b.service.Uninstall(ctx, manager, ready, here))
	require.NoError(t, b.service.Uninstall(ctx, manager, ready, here), "once more changes nothing")
	require.Equal(t, feed.Resolved, b.said(t, in.Welcome).State)
	rounds, err := b.checklists().Of(ctx, keeper, in.Group)
	require.NoError(t, err)
	require.Len(t, rounds, 1, "what was ticked stays")
	_, err = b.checklists().Tick(ctx, keeper, in.Group, "once", 0, false)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "and is only read")

	again := b.install(t, manager)
	require.Equal(t, in.Group, again.Group, "its group lives again")
	require.NotEqual(t, in.Welcome, again.Welcome)
	_, err = b.service.Comment(ctx, keeper, again.Welcome, "", "Merci !")
	require.NoError(t, err)
	require.NoError(t, b.service.Uninstall(ctx, manager, ready, here))
	require.True(t, b.said(t, again.Welcome).State.Open(), "a welcome that somebody answered stays")
}

func aChecklistBeginsAnew(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	in := b.install(t, manager)
	_, err := b.circles().Join(ctx, operator, in.Group)
	require.NoError(t, err)
	karim, lists := b.as(ctx, t, operator.ID), b.checklists()
	rounds, err := lists.Tick(ctx, karim, in.Group, "start", 1, true)
	require.NoError(t, err)
	require.Equal(t, []feed.Tick{{List: "start", Item: 1, Round: noon.Truncate(8 * time.Hour), By: "operator", Name: "Karim", At: noon}}, rounds[0].Ticks)
	b.now = b.now.Add(time.Minute)
	rounds, err = lists.Tick(ctx, b.as(ctx, t, manager.ID), in.Group, "start", 1, true)
	require.NoError(t, err)
	require.Equal(t, "Karim", rounds[0].Ticks[0].Name, "who was first did it")

	b.now = b.now.Add(8 * time.Hour)
	rounds, err = lists.Of(ctx, karim, in.Group)
	require.NoError(t, err)
	require.Empty(t, rounds[0].Ticks, "with the next shift")
	_, err = lists.Of(ctx, staff, in.Group)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = lists.Tick(ctx, karim, in.Group, "start", 2, true)
	require.ErrorIs(t, err, feed.ErrNotFound)
}

func aLaunchIsComputed(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	s := feed.NewLaunches(b, b.clock)
	done := func() (out []feed.LaunchStep) {
		states, err := s.Of(ctx, manager, here)
		require.NoError(t, err)
		for _, st := range states {
			if st.Done {
				out = append(out, st.Step)
			}
		}
		return out
	}
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon", feed.RolloutGhost))
	require.Empty(t, done())
	b.now = b.now.Add(7 * 24 * time.Hour)
	require.Equal(t, []feed.LaunchStep{feed.MakeBaseline}, done())
	g, err := b.Ghosting(ctx, here, b.now)
	require.NoError(t, err)
	require.Equal(t, 7*24*time.Hour, g.Lasted, "reports go by the same time as the launch")

	who := manager.ID
	require.NoError(t, b.places().Edit(ctx, manager, here, feed.Edit{Animator: &who, Charter: &feed.Text{FR: "Nous répondons."}}))
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon", feed.RolloutPilot))
	_, err = s.Tick(ctx, manager, here, feed.FirstTeam, true)
	require.NoError(t, err)
	b.now = b.now.Add(14 * 24 * time.Hour)
	require.Equal(t, []feed.LaunchStep{feed.MakeBaseline, feed.NameAnimator, feed.WriteCharter, feed.FirstTeam, feed.RunPilot}, done())
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon", feed.RolloutOpen))
	require.Contains(t, done(), feed.OpenPlace)

	states, err := s.Tick(ctx, manager, here, feed.FirstTeam, false)
	require.NoError(t, err)
	require.Nil(t, states[7].Mark)
	_, err = s.Tick(ctx, manager, here, feed.RunPilot, true)
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "what data tells is not ticked by hand")
	_, err = s.Of(ctx, operator, here)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
}

func aCharterIsAcceptedOrOneReads(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	charters := feed.NewCharters(b, b.clock)
	require.NoError(t, b.places().Edit(ctx, manager, "lyon", feed.Edit{Charter: &feed.Text{FR: "Nous répondons."}}))
	alert := b.desk(t).opened(t, notice(feed.Raise, "raise", 1, noon, 1012)).ID
	report := func() error {
		_, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.Idea, Territory: here, Text: "Un essai."})
		return err
	}
	require.NoError(t, report(), "whoever is asked has seven days")
	asked, err := charters.Asked(ctx, operator)
	require.NoError(t, err)
	require.Len(t, asked, 1)
	require.Equal(t, noon.Add(feed.CharterGrace), asked[0].Until, "from the first time")

	b.now = b.now.Add(feed.CharterGrace)
	var waits *feed.CharterError
	require.ErrorAs(t, report(), &waits)
	require.Equal(t, feed.Path("lyon"), waits.Place)
	_, err = b.service.Comment(ctx, operator, alert, "", "Oui.")
	require.ErrorAs(t, err, &waits)
	_, err = b.service.Take(ctx, operator, alert)
	require.NoError(t, err, "an alert waits for nothing")

	require.Equal(t, feed.Conflict, feed.ProblemOf(charters.Accept(ctx, operator, "lyon", 2)))
	require.ErrorIs(t, charters.Accept(ctx, operator, "shop", 1), feed.ErrNotFound)
	moved := operator
	moved.Grants = []feed.Grant{{Territory: "shop", Role: feed.Staff}}
	elsewhere, err := charters.Asked(ctx, moved)
	require.NoError(t, err)
	require.Empty(t, elsewhere, "who works there no more does not read it")
	require.NoError(t, charters.Accept(ctx, operator, "lyon", 1))
	require.NoError(t, report())
	n, err := b.CharterCount(ctx, "lyon", 1)
	require.NoError(t, err)
	require.Equal(t, feed.CharterCount{Accepted: 1, Asked: 1}, n)

	require.NoError(t, b.places().Edit(ctx, manager, "lyon", feed.Edit{Charter: &feed.Text{FR: "Nous répondons vite."}}))
	asked, err = charters.Asked(ctx, operator)
	require.NoError(t, err)
	require.Equal(t, 2, asked[0].Version, "a text that changed is asked for again")
	require.NoError(t, report())
}
