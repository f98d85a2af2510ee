package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func (b *bench) proposed(t *testing.T, m feed.MemberID, id string) feed.Proposal {
	t.Helper()
	list, err := b.Proposals(t.Context(), m)
	require.NoError(t, err)
	for _, p := range list {
		if p.ID == id {
			return p
		}
	}
	require.Failf(t, "not proposed", "%s to %s", id, m)
	return feed.Proposal{}
}

func aProposalNeedsMoreThanHalf(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	heard := newEars(b.Store)
	s := feed.NewProposals(heard, b.clock)
	id, err := s.Propose(ctx, operator, feed.ProposalDraft{
		Name: " Bouchons ", About: "Ce qui les met de travers", Why: "Nous en parlons tous les jours", People: []feed.MemberID{manager.ID, awa.ID},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"proposal " + id}, heard.keys(awa.ID))
	require.Empty(t, heard.keys(operator.ID), "who proposes is not asked")
	require.Empty(t, heard.keys(staff.ID))
	nobodys, err := b.Proposals(ctx, staff.ID)
	require.NoError(t, err)
	require.Empty(t, nobodys, "whom it does not concern sees nothing of it")
	require.Equal(t, feed.NotFound, feed.ProblemOf(s.Answer(ctx, staff, id, true)))
	require.Equal(t, feed.NotFound, feed.ProblemOf(s.Withdraw(ctx, staff, id)))
	p := b.proposed(t, manager.ID, id)
	require.Equal(t, []any{"Bouchons", "Ce qui les met de travers", feed.ProposalAsked, true}, []any{p.Name, p.About, p.State, p.EndedAt.IsZero()})

	require.NoError(t, s.Answer(ctx, awa, id, true))
	p = b.proposed(t, manager.ID, id)
	require.Equal(t, feed.ProposalAccepted, p.State, "two of three")
	require.False(t, p.EndedAt.IsZero())
	require.True(t, p.Place.IsGroup())
	require.True(t, feed.Can(b.as(ctx, t, awa.ID), feed.Write, p.Place))
	require.Equal(t, feed.Conflict, feed.ProblemOf(s.Answer(ctx, manager, id, false)))

	group, err := b.circles().Join(ctx, b.as(ctx, t, manager.ID), strings.TrimPrefix(string(p.Place), "@"))
	require.NoError(t, err, "who said nothing is invited")
	require.Equal(t, feed.Insider, group.RoleOf(manager.ID))
	require.Equal(t, feed.Keeper, group.RoleOf(operator.ID), "who proposed it keeps it")
	require.Equal(t, []any{"Ce qui les met de travers", feed.Path("lyon"), true}, []any{group.Purpose, group.Home, group.Hidden})
	require.Equal(t, []string{"proposal " + id + " outcome"}, heard.keys(operator.ID))
	require.Empty(t, heard.keys(awa.ID), "who opened it sees it")
}

func whoSaidNothingIsNotInAPlace(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	s := feed.NewProposals(b, b.clock)
	id, err := s.Propose(ctx, operator, feed.ProposalDraft{Name: "Bouchons", Why: "x", People: []feed.MemberID{manager.ID, awa.ID}})
	require.NoError(t, err)
	require.NoError(t, s.Answer(ctx, awa, id, true))
	place := b.proposed(t, manager.ID, id).Place
	require.False(t, feed.Can(b.as(ctx, t, manager.ID), feed.Read, place))
	require.NoError(t, b.circles().Part(ctx, b.as(ctx, t, manager.ID), strings.TrimPrefix(string(place), "@"), manager.ID), "they may say no to it")
}

func halfAgainstEndsAProposal(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	heard := newEars(b.Store)
	s := feed.NewProposals(heard, b.clock)
	id, err := s.Propose(ctx, operator, feed.ProposalDraft{Name: "Étiquettes", Why: "x", People: []feed.MemberID{awa.ID}})
	require.NoError(t, err)
	require.NoError(t, s.Answer(ctx, awa, id, false))
	require.Equal(t, feed.ProposalDeclined, b.proposed(t, awa.ID, id).State)
	require.Equal(t, []string{"proposal " + id + " outcome"}, heard.keys(operator.ID), "who proposed it is told")
	require.Empty(t, heard.keys(awa.ID))
}

func whoProposesMayWithdraw(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	heard := newEars(b.Store)
	s := feed.NewProposals(heard, b.clock)
	id, err := s.Propose(ctx, operator, feed.ProposalDraft{Name: "Étiquettes", Why: "x", People: []feed.MemberID{awa.ID, manager.ID}})
	require.NoError(t, err)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(s.Withdraw(ctx, awa, id)))
	require.NoError(t, s.Withdraw(ctx, operator, id))
	require.Equal(t, feed.ProposalWithdrawn, b.proposed(t, awa.ID, id).State)
	require.Empty(t, heard.keys(awa.ID), "nobody is asked any more")
	require.Equal(t, feed.Conflict, feed.ProblemOf(s.Answer(ctx, awa, id, true)))
	require.Equal(t, feed.Conflict, feed.ProblemOf(s.Withdraw(ctx, operator, id)))
}

func aProposalConcernsWhoWorksAtItsPlaces(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	s := feed.NewProposals(b, b.clock)
	id, err := s.Propose(ctx, manager, feed.ProposalDraft{Name: "Entre lignes", Why: "x", Places: []feed.Path{"lyon/line-1", "lyon/line-2"}})
	require.NoError(t, err)
	p := b.proposed(t, manager.ID, id)
	require.Equal(t, []feed.MemberID{manager.ID, operator.ID, awa.ID}, p.People, "and not whoever else looks after all of the plant")
	require.Equal(t, []feed.Path{"lyon/line-1", "lyon/line-2"}, p.Places)

	for name, d := range map[string]feed.ProposalDraft{
		"without a name":     {Why: "x", People: []feed.MemberID{awa.ID}},
		"without a reason":   {Name: "A", People: []feed.MemberID{awa.ID}},
		"without anybody":    {Name: "A", Why: "x"},
		"with oneself alone": {Name: "A", Why: "x", People: []feed.MemberID{operator.ID}},
		"with a stranger":    {Name: "A", Why: "x", People: []feed.MemberID{"nobody"}},
		"with another site":  {Name: "A", Why: "x", People: []feed.MemberID{staff.ID}},
		"at another branch":  {Name: "A", Why: "x", Places: []feed.Path{"lyon/line-2"}},
		"at no place":        {Name: "A", Why: "x", Places: []feed.Path{"lyon/nowhere"}},
		"in a group":         {Name: "A", Why: "x", Places: []feed.Path{"@g"}},
		"of control":         {Name: "A\nB", Why: "x", People: []feed.MemberID{awa.ID}},
		"of 10,000 letters":  {Name: strings.Repeat("a", 10_000), Why: "x", People: []feed.MemberID{awa.ID}},
		"of everybody":       {Name: "A", Why: "x", People: make([]feed.MemberID, 50)},
	} {
		_, err := s.Propose(ctx, operator, d)
		require.Equal(t, feed.Invalid, feed.ProblemOf(err), "%s: %v", name, err)
	}
	list, err := b.Proposals(ctx, operator.ID)
	require.NoError(t, err)
	require.Len(t, list, 1, "what is refused is not kept")
}

func aNewPlaceIsNotFlat(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t)
	places := feed.NewPlaces(b.Store, b.clock)
	n, err := places.Add(ctx, manager, "lyon", "Ligne neuve", feed.Line)
	require.NoError(t, err)
	pulse := func(at time.Time) feed.Pulse {
		all, err := b.Pulses(ctx, feed.Scope{Roots: []feed.Path{n.Path}}, at)
		require.NoError(t, err)
		require.Len(t, all, 1)
		return all[0]
	}
	require.True(t, pulse(time.Now()).New)
	require.False(t, pulse(time.Now()).Flat())
	require.True(t, pulse(time.Now().Add(25*time.Hour)).Flat(), "a day later it had its time")

	name := "Ligne 9"
	require.NoError(t, places.Edit(ctx, manager, n.Path, feed.Edit{Name: &name}))
	require.False(t, pulse(time.Now().Add(25*time.Hour)).New, "another name makes no new place")
	all, err := b.Pulses(ctx, feed.Scope{Roots: []feed.Path{"lyon/line-1"}}, time.Now())
	require.NoError(t, err)
	require.True(t, all[0].Flat(), "what the configuration has was there before")
}

func whoKeepsAnsweringIsSuggestedAPlaceOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	press := feed.Member{ID: "press", Name: "Tomas", Grants: []feed.Grant{{Territory: "lyon/line-2", Role: feed.Operator}}}
	other := feed.Member{ID: "other", Name: "Awa", Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}
	for _, m := range []feed.Member{manager, operator, press, other} {
		require.NoError(t, b.AddMember(ctx, m, ""))
	}
	// They answer each other in posts that both see: as members of the plant.
	for _, m := range []*feed.Member{&press, &other} {
		m.Grants = append(m.Grants, feed.Grant{Territory: "lyon", Role: feed.Operator})
	}
	s := feed.NewProposals(b, b.clock)
	name := func(branches []feed.Path) string { return "Deux lignes" }
	for range 5 {
		p, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: "idea", Territory: "lyon/line-1", Text: "x"})
		require.NoError(t, err)
		made, err := s.Suggest(ctx, name)
		require.NoError(t, err)
		require.Zero(t, made, "not yet")
		for _, m := range []feed.Member{press, other} {
			_, err = b.service.Comment(ctx, m, p.ID, "", "oui")
			require.NoError(t, err)
		}
	}
	for _, want := range []int{1, 0} {
		made, err := s.Suggest(ctx, name)
		require.NoError(t, err)
		require.Equal(t, want, made)
	}
	list, err := b.Proposals(ctx, press.ID)
	require.NoError(t, err)
	require.Equal(t, []any{"Deux lignes", 5, 2, 3}, []any{list[0].Name, list[0].Reason.Threads, len(list[0].Reason.Branches), len(list[0].People)})
	require.Empty(t, list[0].By)
}

func proposalsToOthersHideNobodys(t *testing.T, b *bench) {
	ctx := t.Context()
	b.crowd(t, awa)
	require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
		for i := range 300 {
			p := feed.Proposal{
				ID: fmt.Sprintf("p%03d", i), Name: "Bouchons", People: []feed.MemberID{manager.ID, operator.ID}, State: feed.ProposalAsked, At: noon.Add(time.Duration(i) * time.Minute),
			}
			switch i {
			case 0:
				p.People = []feed.MemberID{awa.ID, manager.ID}
			case 1:
				p.People = []feed.MemberID{"not-" + awa.ID, awa.ID + "2"}
			case 2:
				p.People = nil
			}
			if err := tx.Propose(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}))
	list, err := b.Proposals(ctx, awa.ID)
	require.NoError(t, err)
	require.Len(t, list, 1, "the oldest of 300 is theirs, and no other")
	require.Equal(t, "p000", list[0].ID)
	list, err = b.Proposals(ctx, manager.ID)
	require.NoError(t, err)
	require.Len(t, list, 200)
	require.Equal(t, []string{"p299", "p100"}, []string{list[0].ID, list[199].ID}, "the newest first")
}
