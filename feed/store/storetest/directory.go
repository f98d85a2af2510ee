package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

var (
	welder = feed.Member{ID: "welder", Name: "Élodie Œrsted", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}
	mender = feed.Member{
		ID: "mender", Name: "Bruno", Lang: feed.French, Functions: []string{"maintenance"},
		Grants: []feed.Grant{{Territory: "lyon/line-2", Role: feed.Operator}},
	}
)

// inhabit makes the people of the suite known, and those of this room.
func (b *bench) inhabit(t *testing.T) *feed.Directory {
	t.Helper()
	for _, m := range []feed.Member{manager, operator, staff, welder, mender} {
		require.NoError(t, b.AddMember(t.Context(), m, ""))
	}
	return feed.NewDirectory(b, func() time.Time { return b.now })
}

// find asks the directory as the reader and tells whom it shows.
func (b *bench) find(t *testing.T, reader feed.Member, q feed.DirectoryQuery) []feed.MemberID {
	t.Helper()
	q.Limit = 50
	found, err := b.Directory(t.Context(), reader.Scope(), q, b.now)
	require.NoError(t, err)
	out := []feed.MemberID{}
	for _, p := range found {
		out = append(out, p.ID)
	}
	return out
}

func (b *bench) present(t *testing.T, place feed.Path, members ...feed.Member) {
	t.Helper()
	for _, m := range members {
		require.NoError(t, b.MarkPresent(t.Context(), feed.Presence{Member: m.ID, Place: place, Until: b.now.Add(feed.PresentFor)}))
	}
}

// reach lists a population. The store asks the wall's clock, so that skills of
// these tests end by it.
func (b *bench) reach(t *testing.T, p feed.Population) []feed.MemberID {
	t.Helper()
	out := []feed.MemberID{}
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error {
		found, err := tx.Reach(t.Context(), p)
		for _, m := range found {
			out = append(out, m.ID)
		}
		return err
	}))
	return out
}

func open(c *feed.Choices) { c.Open = true }

func skillsAreShownByConsent(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.inhabit(t)
	require.NoError(t, d.SetSkill(ctx, welder, feed.Skill{Name: " Soudure  TIG ", Level: feed.Able}))
	require.NoError(t, d.Wish(ctx, operator, "soudure tig", true))
	require.Equal(t, []feed.MemberID{"operator", "manager", "welder"}, sorted(b.find(t, operator, feed.DirectoryQuery{}), "operator", "manager", "welder"))
	require.Empty(t, b.find(t, operator, feed.DirectoryQuery{Skill: "soudure TIG"}), "nobody shows their skills unless they choose to")
	require.Empty(t, b.find(t, operator, feed.DirectoryQuery{Words: "soud"}))

	require.NoError(t, d.Choose(ctx, welder, open))
	require.NoError(t, d.Choose(ctx, operator, open))
	require.Equal(t, []feed.MemberID{"welder"}, b.find(t, operator, feed.DirectoryQuery{Skill: "SOUDURE tig"}))
	require.Equal(t, []feed.MemberID{"operator"}, b.find(t, operator, feed.DirectoryQuery{Wish: "Soudure TIG"}), "an appetence is no skill")
	require.Equal(t, []feed.MemberID{"welder"}, b.find(t, operator, feed.DirectoryQuery{Words: "elodie welder"}), "people call it otherwise")
	require.Equal(t, []feed.MemberID{"welder"}, b.find(t, operator, feed.DirectoryQuery{Words: "elodie soud"}), "accents are folded, all words are asked for")
	require.Empty(t, b.find(t, staff, feed.DirectoryQuery{Skill: "soudure tig"}), "nobody finds those who work where they do not read")
	names, err := b.SkillNames(ctx, "tig", 5)
	require.NoError(t, err)
	require.Equal(t, []string{"Soudure TIG"}, names, "two spellings are one skill, under the first")

	b.present(t, "", welder)
	require.Equal(t, feed.MemberID("welder"), b.find(t, operator, feed.DirectoryQuery{})[0], "who is here comes first")
	require.Equal(t, []feed.MemberID{"welder"}, b.find(t, operator, feed.DirectoryQuery{Present: true}))
	require.NoError(t, d.Choose(ctx, welder, func(c *feed.Choices) { c.Listed = false }))
	require.Empty(t, b.find(t, operator, feed.DirectoryQuery{Present: true}), "whoever does not want to be listed is not")
}

// sorted is the list in the order of another, to compare what is in it.
func sorted(list []feed.MemberID, like ...feed.MemberID) []feed.MemberID {
	slices.SortFunc(list, func(a, b feed.MemberID) int { return slices.Index(like, a) - slices.Index(like, b) })
	return list
}

func aSkillIsConfirmedByALead(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.inhabit(t)
	require.NoError(t, d.SetSkill(ctx, welder, feed.Skill{Name: "CACES 3", Level: feed.Able}))
	end := b.now.Add(20 * 24 * time.Hour)
	require.ErrorIs(t, d.Validate(ctx, manager, welder.ID, "CACES 3", end), feed.ErrNotFound, "what is not shown is shown to no lead")
	require.NoError(t, d.Choose(ctx, welder, open))
	require.Equal(t, feed.Forbidden, feed.ProblemOf(d.Validate(ctx, welder, welder.ID, "CACES 3", end)), "nobody validates themselves")
	require.Equal(t, feed.Forbidden, feed.ProblemOf(d.Validate(ctx, operator, welder.ID, "CACES 3", end)))
	require.ErrorIs(t, d.Validate(ctx, staff, welder.ID, "CACES 3", end), feed.ErrNotFound)
	require.NoError(t, d.Validate(ctx, manager, welder.ID, "caces 3", end))
	skill := func() feed.Skill {
		p, err := b.Profile(ctx, welder.ID, b.now)
		require.NoError(t, err)
		require.Len(t, p.Skills, 1)
		return p.Skills[0]
	}
	require.Equal(t, feed.Skill{Name: "CACES 3", Level: feed.Able, Validator: manager.ID, ValidatorName: manager.Name, Expires: end}, skill())
	require.True(t, skill().ExpiresSoon(b.now))
	require.False(t, skill().ExpiresSoon(b.now.Add(-11*24*time.Hour)))

	require.NoError(t, d.SetSkill(ctx, welder, feed.Skill{Name: "CACES 3", Level: feed.Able, Expires: end}))
	require.Equal(t, manager.ID, skill().Validator, "the same said again stays confirmed")
	require.NoError(t, d.SetSkill(ctx, welder, feed.Skill{Name: "CACES 3", Level: feed.Teaching, Expires: end}))
	require.Empty(t, skill().Validator, "another level is confirmed anew")
	require.NoError(t, d.DropSkill(ctx, welder, "caces 3"))
	p, err := b.Profile(ctx, welder.ID, b.now)
	require.NoError(t, err)
	require.Empty(t, p.Skills)
}

func aPopulationIsFound(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.inhabit(t)
	now := time.Now()
	for _, s := range []struct {
		m       feed.Member
		level   feed.SkillLevel
		expires time.Time
	}{{welder, feed.Able, now.Add(time.Hour)}, {mender, feed.Able, now.Add(-time.Hour)}, {operator, feed.Learning, time.Time{}}} {
		require.NoError(t, d.SetSkill(ctx, s.m, feed.Skill{Name: "Soudure", Level: s.level, Expires: s.expires}))
	}
	require.Equal(t, []feed.MemberID{"welder"}, b.reach(t, feed.Population{Skills: []string{"soudure"}}), "what expired does not count, nor does what is being learned")
	require.Empty(t, b.reach(t, feed.Population{Skills: []string{"soudure"}, Places: []feed.Path{"lyon/line-2"}}))
	require.Equal(t, []feed.MemberID{"manager", "mender"}, b.reach(t, feed.Population{Places: []feed.Path{"lyon/line-2"}}))
	require.Equal(t, []feed.MemberID{"mender"}, b.reach(t, feed.Population{Roles: []feed.Role{"maintenance"}}), "a function is called like a role")
	require.Equal(t, []feed.MemberID{"mender"}, b.reach(t, feed.Population{Roles: []feed.Role{"maintenance"}, Places: []feed.Path{"lyon"}}))
	require.Equal(t, []feed.MemberID{"mender", "staff"}, b.reach(t, feed.Population{Roles: []feed.Role{"maintenance"}, People: []feed.MemberID{"staff"}}))
	require.Empty(t, b.reach(t, feed.Population{}))

	morning := feed.Population{Shifts: []string{"Matin"}, Places: []feed.Path{"lyon"}}
	require.Empty(t, b.reach(t, morning), "without a calendar there is no shift")
	b.Shifts(func(place feed.Path, _ time.Time) string {
		if place.Within("lyon/line-1") {
			return "Matin"
		}
		return "Nuit"
	})
	require.Empty(t, b.reach(t, morning), "nobody is at work")
	for m, place := range map[feed.MemberID]feed.Path{"welder": "", "mender": "", "operator": "lyon/line-2"} {
		require.NoError(t, b.MarkPresent(ctx, feed.Presence{Member: m, Place: place, Until: now.Add(time.Hour)}))
	}
	require.Equal(t, []feed.MemberID{"welder"}, b.reach(t, morning), "a shift is who is there while it works, where they stand")
}

func presenceIsOfAPlace(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.inhabit(t)
	here := func(place feed.Path) (out []feed.MemberID) {
		require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
			found, err := tx.Present(ctx, place, b.now)
			for _, m := range found {
				out = append(out, m.ID)
			}
			return err
		}))
		return out
	}
	b.present(t, "", welder, mender)
	b.present(t, "lyon/line-2", manager)
	require.Equal(t, []feed.MemberID{"welder"}, here("lyon/line-1"), "whoever stands at another line is not at this one")
	require.Equal(t, []feed.MemberID{"manager", "mender"}, here("lyon/line-2"))
	require.Equal(t, []feed.MemberID{"manager", "mender", "welder"}, here("lyon"))
	require.Equal(t, []feed.MemberID{"manager", "mender", "welder"}, here(""))
	require.NoError(t, d.Leave(ctx, welder))
	require.Empty(t, here("lyon/line-1"))
	b.now = b.now.Add(feed.PresentFor)
	require.Empty(t, here("lyon"), "presence fades by itself")
}

func anAbsenceHasADelegate(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.inhabit(t)
	tomorrow, week := b.now.Add(24*time.Hour), b.now.Add(7*24*time.Hour)
	require.Equal(t, feed.Invalid, feed.ProblemOf(d.Away(ctx, operator, week, tomorrow, "")))
	require.Equal(t, feed.Invalid, feed.ProblemOf(d.Away(ctx, operator, b.now, week, manager.ID)), "a delegate has the same role")
	require.ErrorIs(t, d.Away(ctx, operator, b.now, week, staff.ID), feed.ErrNotFound)
	require.NoError(t, d.Away(ctx, operator, tomorrow, week, welder.ID))
	absent := func(at time.Time) (found *feed.Absence) {
		require.NoError(t, b.InTx(ctx, func(tx feed.Tx) (err error) {
			found, err = tx.AbsenceOf(ctx, operator.ID, at)
			return err
		}))
		return found
	}
	require.Nil(t, absent(b.now))
	require.Equal(t, welder.ID, absent(tomorrow).Delegate)
	b.present(t, "", operator)
	require.NoError(t, d.Away(ctx, operator, b.now, week, ""), "the last word counts")
	require.Empty(t, absent(tomorrow).Delegate)
	p, err := b.Profile(ctx, operator.ID, b.now)
	require.NoError(t, err)
	require.False(t, p.Present, "who is away is not here")
	require.NoError(t, d.Back(ctx, operator))
	require.Nil(t, absent(tomorrow))
}

func expertiseIsSuggestedByConsent(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.inhabit(t)
	desk := b.desk(t)
	solve := func(episode int64) {
		b.now = b.now.Add(time.Minute)
		desk.commit(t, notice(feed.Raise, fmt.Sprint("e", episode), episode, b.now, 510))
		p := b.only(t, operator.Scope(), feed.Query{State: feed.AnyOpen})
		_, err := b.service.Resolve(ctx, operator, p.ID, "Joint usé", "")
		require.NoError(t, err)
		desk.commit(t, notice(feed.Clear, fmt.Sprint("c", episode), episode, b.now, 500))
	}
	hints := func() []feed.Hint {
		p, err := b.Profile(ctx, operator.ID, b.now)
		require.NoError(t, err)
		return p.Hints
	}
	solve(1)
	solve(2)
	require.Empty(t, hints(), "without consent nothing is kept")
	consent := func(c *feed.Choices) { c.Consents = true }
	require.NoError(t, d.Choose(ctx, operator, consent))
	require.Empty(t, hints(), "nor is the past looked through")
	solve(3)
	require.Empty(t, hints())
	solve(4)
	require.Equal(t, []feed.Hint{{Name: "Remplisseuse", Solved: 2}}, hints())
	require.NoError(t, d.Choose(ctx, operator, open))
	require.Empty(t, b.find(t, manager, feed.DirectoryQuery{Skill: "Remplisseuse"}), "nobody else sees it before it is accepted")

	require.NoError(t, d.Answer(ctx, operator, "remplisseuse", true))
	require.Empty(t, hints())
	require.Equal(t, []feed.MemberID{"operator"}, b.find(t, manager, feed.DirectoryQuery{Skill: "Remplisseuse"}))
	require.NoError(t, d.DropSkill(ctx, operator, "Remplisseuse"))
	require.NoError(t, d.Answer(ctx, operator, "Remplisseuse", false))
	require.Empty(t, hints(), "no is no")
	require.NoError(t, d.Choose(ctx, operator, func(c *feed.Choices) { c.Consents = false }))
	require.NoError(t, d.Choose(ctx, operator, consent))
	solve(5)
	require.Empty(t, hints(), "withdrawn consent deletes what was counted")
}

func seenIsCountedAmongThePresent(t *testing.T, b *bench) {
	ctx := t.Context()
	b.inhabit(t)
	p, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: "Ranger les clés"})
	require.NoError(t, err)
	count := func(reader feed.MemberID) [2]int {
		seen, present, err := b.SeenBy(ctx, p, reader, b.now)
		require.NoError(t, err)
		return [2]int{seen, present}
	}
	require.Equal(t, [2]int{0, 0}, count(operator.ID), "nobody is there")
	b.present(t, "", operator, welder, mender)
	for range 2 {
		require.NoError(t, b.SeeBy(ctx, welder.Scope(), welder.ID, []feed.PostID{p.ID, "none"}))
	}
	require.NoError(t, b.SeeBy(ctx, mender.Scope(), mender.ID, []feed.PostID{p.ID}), "what is out of scope is passed over")
	require.Equal(t, [2]int{1, 2}, count(""))
	require.Equal(t, [2]int{2, 2}, count(operator.ID), "whoever reads it now has seen it")
	require.Equal(t, [2]int{1, 2}, count(welder.ID), "nobody counts twice")
	require.Equal(t, [2]int{1, 2}, count(mender.ID), "who is not there does not count")
}
