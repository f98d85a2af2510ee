package storetest

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

const day = 24 * time.Hour

var guide = feed.Member{ID: "guide", Name: "Camille", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Animator}}}

// councilled makes the people of the suite members, and returns a lead of line 1
// beside them.
func (b *bench) councilled(t *testing.T) feed.Member {
	t.Helper()
	chief := feed.Member{ID: "chief", Name: "Ana", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Lead}}}
	for _, m := range []feed.Member{manager, operator, staff, guide, chief} {
		require.NoError(t, b.AddMember(t.Context(), m, ""))
	}
	return chief
}

func (b *bench) idea(t *testing.T, text string) *feed.Post {
	t.Helper()
	p, _, err := b.service.Report(t.Context(), operator, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: text})
	require.NoError(t, err)
	require.NotNil(t, p.Talk.Course)
	return p
}

func (b *bench) seen(t *testing.T, id feed.PostID) *feed.Post {
	t.Helper()
	p, err := b.Post(t.Context(), manager.Scope(), id)
	require.NoError(t, err)
	return p
}

func sits(p *feed.Post) (out []string) {
	for _, s := range p.Talk.Course.Deciders {
		out = append(out, s.Name+" "+s.ForName)
	}
	return out
}

func (b *bench) on(t *testing.T, l feed.CourseList, m feed.Member) (out []feed.PostID) {
	t.Helper()
	posts, err := b.Courses(t.Context(), m.Scope(), l, 10)
	require.NoError(t, err)
	counts, err := b.CountCourses(t.Context(), m.Scope())
	require.NoError(t, err)
	require.Equal(t, len(posts), counts[l])
	for _, p := range posts {
		out = append(out, p.ID)
	}
	return out
}

func yes(reason string) feed.Ruling {
	return feed.Ruling{Outcome: feed.Accepted, Reason: reason}
}

func anIdeaIsDecidedOnce(t *testing.T, b *bench) {
	ctx, chief := t.Context(), b.councilled(t)
	p := b.idea(t, "Un chariot plus bas")
	require.Equal(t, []string{"Ana ", "Inès "}, sits(p), "the nearest lead and the nearest manager")
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.WaitsForMe, chief))
	require.Empty(t, b.on(t, feed.WaitsForMe, operator))

	_, err := b.service.Rule(ctx, operator, p.ID, yes("La mienne"))
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = b.service.Rule(ctx, chief, p.ID, yes(" "))
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "always with a reason")
	_, err = b.service.Rule(ctx, staff, p.ID, yes("Bonne idée"))
	require.Equal(t, feed.NotFound, feed.ProblemOf(err))
	_, err = b.service.Resolve(ctx, chief, p.ID, "Fait", "")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "there is no way round the circuit")

	// Both decide at once, each of them twice.
	var group sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		who, key := []feed.Member{chief, manager}[i%2], []string{"k1", "k2"}[i%2]
		group.Go(func() { _, errs[i] = b.service.Rule(under(ctx, key), who, p.ID, yes("Simple à faire")) })
	}
	group.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else {
			require.Equal(t, feed.Conflict, feed.ProblemOf(err))
		}
	}
	require.Equal(t, 2, done, "one decided, and its retry is the same")
	p = b.seen(t, p.ID)
	require.Equal(t, feed.Resolved, p.State)
	require.Equal(t, []string{"Acceptée", "Simple à faire"}, []string{p.Cause, p.Action})
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasDecided}, b.entries(t, p.ID))
	require.Empty(t, b.on(t, feed.Undecided, manager))
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.DecidedOnes, operator))
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.WaitsForMe, feed.Member{ID: p.Talk.Course.By.Member, Grants: manager.Grants}), "who decided sees to it")
}

func anAbsentDeciderIsReplaced(t *testing.T, b *bench) {
	ctx, chief := t.Context(), b.councilled(t)
	require.NoError(t, b.SetAbsence(ctx, feed.Absence{Member: manager.ID, From: noon.Add(-day), Until: noon.Add(day), Delegate: guide.ID}))
	require.NoError(t, b.SetAbsence(ctx, feed.Absence{Member: chief.ID, From: noon.Add(-day), Until: noon.Add(day)}))
	p := b.idea(t, "Un chariot plus bas")
	require.Equal(t, []string{"Camille Inès"}, sits(p), "the lead has left no delegate")
	p, err := b.service.Rule(ctx, guide, p.ID, yes("Plus sûr"))
	require.NoError(t, err)
	require.Equal(t, "Inès", p.Talk.Course.For)

	// Everybody is away: the circuit asks further up, and waits for nobody who is not there.
	require.NoError(t, b.SetAbsence(ctx, feed.Absence{Member: manager.ID, From: noon.Add(-day), Until: noon.Add(day)}))
	p = b.idea(t, "Un miroir")
	require.Equal(t, []string{"Camille "}, sits(p))
	require.Equal(t, 2, p.Talk.Course.Level)
	require.False(t, p.Talk.Course.Overdue)

	// Who comes back sits again.
	b.now = noon.Add(2 * day)
	require.NoError(t, b.service.Due(ctx))
	require.Contains(t, sits(b.seen(t, p.ID)), "Ana ")
}

func aMissedStepEscalatesOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	b.councilled(t)
	p := b.idea(t, "Un chariot plus bas")
	b.now = noon.Add(7*day + time.Hour)
	for range 3 {
		require.NoError(t, b.service.Due(ctx))
	}
	late := b.seen(t, p.ID)
	require.True(t, late.Talk.Course.Overdue)
	require.Equal(t, 1, late.Talk.Course.Level)
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WentOverdue}, b.entries(t, p.ID))
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.OverdueOnes, operator), "its author sees it too")
	b.now = b.now.Add(7 * day)
	require.NoError(t, b.service.Due(ctx))
	require.Contains(t, sits(b.seen(t, p.ID)), "Camille ")
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.WaitsForMe, guide))
}

func whatIsPutOffComesBack(t *testing.T, b *bench) {
	ctx, chief := t.Context(), b.councilled(t)
	p := b.idea(t, "Un chariot plus bas")
	_, err := b.service.Rule(ctx, chief, p.ID, feed.Ruling{Outcome: feed.Deferred, Reason: "Au prochain arrêt"})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "until when?")
	_, err = b.service.Rule(ctx, chief, p.ID, feed.Ruling{Outcome: feed.Deferred, Reason: "Au prochain arrêt", Until: noon.Add(30 * day)})
	require.NoError(t, err)
	require.Equal(t, feed.Resolved, b.seen(t, p.ID).State)
	b.now = noon.Add(29 * day)
	require.NoError(t, b.service.Due(ctx))
	require.Equal(t, feed.Resolved, b.seen(t, p.ID).State)
	b.now = noon.Add(30 * day)
	require.NoError(t, b.service.Due(ctx))
	back := b.seen(t, p.ID)
	require.Equal(t, feed.New, back.State)
	require.Equal(t, []string{"Ana ", "Inès "}, sits(back))
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.Undecided, manager))
}

func aMergeGathersBoth(t *testing.T, b *bench) {
	ctx, chief := t.Context(), b.councilled(t)
	one, two := b.idea(t, "Un chariot plus bas"), b.idea(t, "Un chariot à hauteur")
	for _, m := range []feed.Member{operator, guide} {
		_, err := b.service.React(ctx, m, one.ID, feed.Useful, true)
		require.NoError(t, err)
	}
	_, err := b.service.React(ctx, operator, two.ID, feed.Useful, true)
	require.NoError(t, err)
	merge := func(into feed.PostID) error {
		return second(b.service.Rule(ctx, chief, one.ID, feed.Ruling{Outcome: feed.Merged, Reason: "Même idée", Into: into}))
	}
	for _, into := range []feed.PostID{"", "nothing", one.ID} {
		require.Equal(t, feed.Invalid, feed.ProblemOf(merge(into)))
	}
	require.NoError(t, merge(two.ID))
	one, two = b.seen(t, one.ID), b.seen(t, two.ID)
	require.Equal(t, two.ID, one.Talk.Course.Into)
	require.Equal(t, []feed.PostID{one.ID}, two.Talk.Course.With)
	require.Equal(t, 2, two.Reactions[feed.Useful], "who liked both counts once")
	require.Equal(t, feed.Outcome(""), two.Talk.Course.Outcome)
	require.Contains(t, b.entries(t, two.ID), feed.Joined)
}

func aQuestionIsPutToSomebody(t *testing.T, b *bench) {
	ctx, chief := t.Context(), b.councilled(t)
	ask := func(who feed.Member, to *feed.Population) (*feed.Post, error) {
		p, _, err := b.service.Report(ctx, who, feed.Draft{Kind: feed.Question, Territory: "lyon/line-1", Text: "Retendre ?", For: to, Deadline: noon.Add(4 * time.Hour)})
		return p, err
	}
	for _, to := range []*feed.Population{nil, {}, {Roles: []feed.Role{"electrician"}}} {
		_, err := ask(operator, to)
		require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	}
	_, err := ask(operator, &feed.Population{Places: []feed.Path{"lyon/line-1"}})
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err), "not everybody asks everybody")
	q, err := ask(operator, &feed.Population{Roles: []feed.Role{feed.Lead}})
	require.NoError(t, err)
	require.Equal(t, []string{"Ana "}, sits(q))

	// Nobody answers: whoever leads is asked too, and everybody sees it.
	b.now = noon.Add(5 * time.Hour)
	require.NoError(t, b.service.Due(ctx))
	require.True(t, b.seen(t, q.ID).Talk.Course.Overdue)

	c, err := b.service.Comment(ctx, chief, q.ID, "", "Oui, d’un demi-tour.")
	require.NoError(t, err)
	q = b.seen(t, q.ID)
	require.Equal(t, 1, q.Talk.Course.Step)
	require.Equal(t, []string{"Karim "}, sits(q), "who asked keeps an answer")
	_, err = b.service.Rule(ctx, operator, q.ID, feed.Ruling{Outcome: feed.Accepted, Reason: "Elle répond", Answer: c.ID})
	require.NoError(t, err)
	q = b.seen(t, q.ID)
	require.Equal(t, c.ID, q.Talk.Accepted)
	require.Equal(t, feed.Resolved, q.State)
	require.Nil(t, q.Talk.Course.Task)
}

func anAcceptedIdeaIsDoneAndHelps(t *testing.T, b *bench) {
	ctx, chief := t.Context(), b.councilled(t)
	p := b.idea(t, "Un chariot plus bas")
	_, err := b.service.Rule(ctx, chief, p.ID, feed.Ruling{Outcome: feed.Accepted, Reason: "Plus sûr", Owner: feed.Author{Member: operator.ID}, Due: noon.Add(3 * day)})
	require.NoError(t, err)
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.WaitsForMe, operator))
	b.now = noon.Add(4 * day)
	require.NoError(t, b.service.Due(ctx))
	require.True(t, b.seen(t, p.ID).Talk.Course.Task.Late)
	_, err = b.service.Effect(ctx, operator, p.ID, "yes", "")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "it is not done yet")
	_, err = b.service.Done(ctx, operator, p.ID)
	require.NoError(t, err)
	b.now = b.now.Add(15 * day)
	require.NoError(t, b.service.Due(ctx))
	require.True(t, b.seen(t, p.ID).Talk.Course.Task.Asked)
	_, err = b.service.Effect(ctx, operator, p.ID, "partly", "Moins mal au dos")
	require.NoError(t, err)
	require.Equal(t, "partly", b.seen(t, p.ID).Talk.Course.Task.Effect)
	require.Empty(t, b.on(t, feed.WaitsForMe, operator))
}

func anIdeaKeepsWhatItWasBornOf(t *testing.T, b *bench) {
	ctx := t.Context()
	b.councilled(t)
	alert := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	p, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: "Une autre buse", From: alert.ID})
	require.NoError(t, err)
	born, err := b.Born(ctx, operator.Scope(), alert.ID)
	require.NoError(t, err)
	require.Len(t, born, 1)
	require.Equal(t, p.ID, born[0].ID)
	born, err = b.Born(ctx, staff.Scope(), alert.ID)
	require.NoError(t, err)
	require.Empty(t, born)
	_, _, err = b.service.Report(ctx, staff, feed.Draft{Kind: feed.Idea, Territory: "shop/drinks", Text: "Espion", From: alert.ID})
	require.Equal(t, feed.NotFound, feed.ProblemOf(err), "what one does not see gives birth to nothing")
}

func whatWasDecidedOpensAgain(t *testing.T, b *bench) {
	ctx, chief := t.Context(), b.councilled(t)
	p := b.idea(t, "Un chariot plus bas")
	_, err := b.service.Rule(ctx, chief, p.ID, feed.Ruling{Outcome: feed.Refused, Reason: "Trop coûteux"})
	require.NoError(t, err)
	_, err = b.service.Reopen(ctx, operator, p.ID)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	p, err = b.service.Reopen(ctx, chief, p.ID)
	require.NoError(t, err)
	require.Equal(t, feed.Outcome(""), p.Talk.Course.Outcome)
	require.Equal(t, []feed.PostID{p.ID}, b.on(t, feed.WaitsForMe, manager))
}
