package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// The people whom a machine has somebody told of.
var (
	maintainer = feed.Member{ID: "bruno", Name: "Bruno", Lang: feed.French, Functions: []string{"maintenance"}, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}}}
	setter     = feed.Member{ID: "ines", Name: "Inès", Lang: feed.English, Functions: []string{"maintenance"}, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}
	plumber    = feed.Member{ID: "tomas", Name: "Tomas", Lang: feed.French, Functions: []string{"maintenance"}, Grants: []feed.Grant{{Territory: "lyon/line-2", Role: feed.Operator}}}
)

// staffed makes people members, each of whom reads mail.
func (b *bench) staffed(t *testing.T, people ...feed.Member) {
	t.Helper()
	for _, m := range people {
		require.NoError(t, b.AddMember(t.Context(), m, ""))
		require.NoError(t, b.SetEmail(t.Context(), m.ID, string(m.ID)+"@plant.example"))
	}
}

// told lists why a member is told what, the latest first.
func (b *bench) told(t *testing.T, m feed.Member) (list []string) {
	t.Helper()
	all, next, err := b.Notifications(t.Context(), m, "", 100)
	require.NoError(t, err)
	require.Empty(t, next)
	for _, n := range all {
		list = append(list, string(n.Why)+" "+n.Text.Render(m.Lang, n.Values))
	}
	return list
}

func (b *bench) unread(t *testing.T, m feed.Member) int {
	t.Helper()
	n, err := b.Unread(t.Context(), m)
	require.NoError(t, err)
	return n
}

// escalation asks a role for the filler's weight.
func escalation(effect, role string, level int, at time.Time) feed.Notice {
	n := notice(feed.Escalate, effect, 1, at, 1012)
	n.Asked, n.Level = role, level
	return n
}

func aRuleAsksThosePresent(t *testing.T, b *bench) {
	b.staffed(t, maintainer, setter, plumber, lead)
	require.NoError(t, b.MarkPresent(t.Context(), feed.Presence{Member: maintainer.ID, Until: noon.Add(time.Hour)}))
	require.NoError(t, b.MarkPresent(t.Context(), feed.Presence{Member: plumber.ID, Until: noon.Add(time.Hour)}))
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 1012), escalation("e2", "maintenance", 1, noon.Add(time.Minute)))
	require.Equal(t, []string{"asked Remplisseuse : 1\u202f012 g"}, b.told(t, maintainer))
	require.Empty(t, b.told(t, setter), "she is not at work")
	require.Empty(t, b.told(t, plumber), "he works elsewhere")
	require.Empty(t, b.told(t, lead), "she plays another role")

	d.commit(t, escalation("e3", "maintenance", 2, noon.Add(2*time.Hour)))
	require.Equal(t, []string{"asked Remplisseuse: 1,012 g"}, b.told(t, setter), "nobody is at work any more")
	require.Empty(t, b.told(t, plumber))
}

func aPersonAsksARole(t *testing.T, b *bench) {
	b.staffed(t, maintainer, lead, manager)
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 1012))
	p := b.only(t, manager.Scope(), feed.Query{})
	_, err := b.service.Assign(t.Context(), manager, p.ID, "maintenance", "")
	require.NoError(t, err)
	require.Len(t, b.told(t, maintainer), 1)
	_, err = b.service.Assign(t.Context(), manager, p.ID, "manager", "")
	require.NoError(t, err)
	require.Empty(t, b.told(t, manager), "who asks need not be told")
}

func whatIsTakenIsClearedForAll(t *testing.T, b *bench) {
	b.staffed(t, maintainer, setter)
	d := b.desk(t)
	for i, end := range []func(*feed.Post) error{
		func(p *feed.Post) error { _, err := b.service.Take(t.Context(), maintainer, p.ID); return err },
		func(p *feed.Post) error { _, err := b.service.Arrive(t.Context(), maintainer, p.ID); return err },
		func(p *feed.Post) error {
			_, err := b.service.Resolve(t.Context(), maintainer, p.ID, "Courroie", "")
			return err
		},
		func(*feed.Post) error {
			d.commit(t, notice(feed.Clear, "end", 4, noon.Add(5*time.Hour), 1000))
			return nil
		},
	} {
		at := noon.Add(time.Duration(i) * time.Hour)
		raised, asked := notice(feed.Raise, "r"+at.String(), int64(i+1), at, 1012), escalation("a"+at.String(), "maintenance", 1, at)
		asked.Episode = raised.Episode
		d.commit(t, raised, asked)
		require.Equal(t, 1, b.unread(t, maintainer), "round %d", i)
		require.Equal(t, 1, b.unread(t, setter))
		p := b.only(t, manager.Scope(), feed.Query{State: feed.AnyOpen})
		b.now = at.Add(time.Minute)
		require.NoError(t, end(p))
		require.Empty(t, b.told(t, maintainer), "round %d", i)
		require.Empty(t, b.told(t, setter), "round %d", i)
		if i < 3 {
			d.commit(t, notice(feed.Clear, "c"+at.String(), int64(i+1), at.Add(2*time.Minute), 1000))
		}
	}
}

func whatIsCriticalIsToldToLeads(t *testing.T, b *bench) {
	b.staffed(t, maintainer, lead, manager)
	d := b.desk(t)
	grave := notice(feed.Raise, "e1", 1, noon, 1012)
	grave.Severity = feed.Critical
	again := grave
	again.Effect, again.At = "e2", noon.Add(time.Second)
	d.commit(t, grave, again)
	require.Equal(t, []string{"critical Remplisseuse : 1\u202f012 g"}, b.told(t, lead), "once, however often it is raised")
	require.Len(t, b.told(t, manager), 1)
	require.Empty(t, b.told(t, maintainer))

	require.NoError(t, b.SetTerritories(t.Context(), append([]feed.Territory{{Path: "lyon", Name: "Lyon", Kind: feed.Site, Rollout: feed.RolloutPilot}}, plant[1:]...)))
	trial := grave
	trial.Key, trial.Asset, trial.Effect = "weight line-2", "lyon/line-2", "e3"
	d.commit(t, trial)
	require.Len(t, b.told(t, lead), 1, "a pilot asks nobody")
}

func aNotificationIsReadOnce(t *testing.T, b *bench) {
	b.staffed(t, lead, maintainer)
	say := func(key, text string, at time.Time) {
		require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error {
			return tx.Tell(t.Context(), feed.Notification{ID: key + text, Member: lead.ID, Key: key, Why: feed.Answered, Text: feed.Text{FR: text, EN: text}, Page: "/groups", At: at})
		}))
	}
	say("a", "un", noon)
	say("b", "deux", noon.Add(time.Minute))
	require.Equal(t, []string{"answered deux", "answered un"}, b.told(t, lead))
	list, _, err := b.Notifications(t.Context(), lead, "", 10)
	require.NoError(t, err)
	require.NoError(t, b.ReadNotification(t.Context(), maintainer.ID, list[0].ID, noon), "of somebody else's, nothing changes")
	require.Equal(t, 2, b.unread(t, lead))
	require.NoError(t, b.ReadNotification(t.Context(), lead.ID, list[0].ID, noon))
	require.Equal(t, 1, b.unread(t, lead))
	say("b", "deux", noon.Add(2*time.Minute))
	require.Equal(t, 1, b.unread(t, lead), "told the same, it stays read")
	say("a", "trois", noon.Add(3*time.Minute))
	require.Equal(t, []string{"answered trois", "answered deux"}, b.told(t, lead), "told anew, it rises")
	say("b", "quatre", noon.Add(4*time.Minute))
	require.Equal(t, 2, b.unread(t, lead))
	require.NoError(t, b.ReadNotifications(t.Context(), lead.ID, noon.Add(3*time.Minute)))
	require.Equal(t, 1, b.unread(t, lead), "what came after one looked is not read")

	first, next, err := b.Notifications(t.Context(), lead, "", 1)
	require.NoError(t, err)
	require.NotEmpty(t, next)
	second, end, err := b.Notifications(t.Context(), lead, next, 1)
	require.NoError(t, err)
	require.Empty(t, end)
	require.Equal(t, []string{"quatre", "trois"}, []string{first[0].Text.FR, second[0].Text.FR})
	_, _, err = b.Notifications(t.Context(), lead, "x", 1)
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
}

func whoLeavesAPlaceIsToldNoMoreOfIt(t *testing.T, b *bench) {
	b.staffed(t, maintainer)
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 1012), escalation("e2", "maintenance", 1, noon))
	require.Equal(t, 1, b.unread(t, maintainer))
	moved := maintainer
	moved.Grants = []feed.Grant{{Territory: "lyon/line-2", Role: feed.Operator}}
	require.Empty(t, b.told(t, moved))
	require.Zero(t, b.unread(t, moved))
	moved.Grants = nil
	require.Zero(t, b.unread(t, moved))
}

// whatIsPutToASiteIsToldToItsLines, where it does not stand.
func whatIsPutToASiteIsToldToItsLines(t *testing.T, b *bench) {
	b.staffed(t, manager, operator, staff)
	_, _, err := b.service.Report(t.Context(), manager, feed.Draft{
		Kind: feed.MustRead, Territory: "lyon", Text: "Gants anticoupure obligatoires", For: &feed.Population{Places: []feed.Path{"lyon"}},
	})
	require.NoError(t, err)
	require.Len(t, b.told(t, operator), 1)
	require.Empty(t, b.told(t, staff))
	due, err := b.Lease(t.Context(), feed.ByMail, time.Now().Add(time.Hour), time.Now().Add(2*time.Hour), 10)
	require.NoError(t, err)
	for _, d := range due {
		require.NotEmpty(t, d.What.ID, "%s is written of what they may read", d.To.ID)
	}
}
