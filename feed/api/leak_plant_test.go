package api_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// plant puts something into the world that tells one of its secrets.
type plant func(ctx context.Context, tx feed.Tx) error

// plant plants what people keep besides posts, each kind of it where the member
// may see it and where not.
func (w *world) plant(t *rapid.T) {
	w.nameThePlaces()
	w.plantPeople(t)
	w.plantUsage(t)
	w.plantCharter(t)
	w.plantCalls(t)
	w.plantTrail(t)
	at := w.ground(t, "device")
	name := w.secret("device", func() bool { return w.covered(at, administering...) }, "GET /api/v1/devices")
	w.device = feed.Device{ID: feed.DeviceID(name), Name: name, Place: at, Kind: feed.StationDevice, CodeExpires: time.Now().Add(time.Hour)}
}

// ground is where people work: now and then where the member does.
func (w *world) ground(t *rapid.T, what string) feed.Path {
	var all []feed.Path
	for _, n := range w.nodes {
		if n.Kind != feed.Machine {
			all = append(all, n.Path)
		}
	}
	var own []feed.Path
	for _, g := range w.member.Grants {
		if !g.Territory.IsGroup() {
			own = append(own, g.Territory)
		}
	}
	if len(own) > 0 && rapid.Bool().Draw(t, what+" where the member works") {
		all = own
	}
	return rapid.SampledFrom(all).Draw(t, what)
}

func (w *world) put(p plant) { w.plants = append(w.plants, p) }

// nameThePlaces gives places names that only who knows of them reads; who is in
// the group knows at what place it is at home, who is called or written down
// somewhere at what place that was.
func (w *world) nameThePlaces() {
	home := w.nodes[0].Path
	own := []string{"GET /api/v1/help", "GET /api/v1/me/audit", "GET /api/v1/me/export"}
	elsewhere := slices.DeleteFunc(slices.Collect(maps.Keys(reads)), func(name string) bool { return slices.Contains(own, name) })
	for i := range w.nodes {
		at := w.nodes[i].Path
		w.nodes[i].Name = w.secret("name of a place", func() bool {
			return w.around(at, knowing...) || at == home && w.covered(feed.Group(string(home)), fellows...)
		}, elsewhere...)
	}
}

// plantPeople lets two colleagues work there, of whom one is away and the other
// decides meanwhile, and one of whom asked to be forgotten.
func (w *world) plantPeople(t *rapid.T) {
	var away feed.MemberID
	for _, part := range []string{"absent", "delegate"} {
		at, listed := w.ground(t, part), rapid.IntRange(0, 3).Draw(t, part+" is listed") > 0
		name := w.secret("colleague", func() bool { return listed && w.around(at, readers...) }, "GET /api/v1/people", "GET /api/v1/people/{id}", "GET /api/v1/delegates")
		w.keep(name, "member", func() bool { return w.covered(at, inviting...) }, "GET /api/v1/members")
		w.keep(name, "candidate", func() bool { return w.around(at, arranging...) }, "GET /api/v1/place")
		w.keep(name, "farewell", func() bool { return part == "absent" && w.covered(at, auditing...) }, "GET /api/v1/farewells")
		who := feed.Member{ID: feed.MemberID(name), Name: name, Lang: feed.French, Grants: []feed.Grant{{Territory: at, Role: feed.Operator}}}
		w.people, w.works[who.ID] = append(w.people, who.ID), at
		w.put(func(ctx context.Context, tx feed.Tx) error {
			return errors.Join(tx.Enlist(ctx, who, ""), tx.SetChoices(ctx, who.ID, feed.Choices{Listed: listed}))
		})
		now := time.Now()
		if part == "absent" {
			away = who.ID
			w.put(func(ctx context.Context, tx feed.Tx) error { return tx.Bid(ctx, who.ID, now, true) })
			continue
		}
		w.put(func(ctx context.Context, tx feed.Tx) error {
			return tx.SetAbsence(ctx, feed.Absence{Member: away, From: now.Add(-time.Hour), Until: now.Add(time.Hour), Delegate: who.ID})
		})
	}
}

// plantUsage puts a usage in use, gives the group of the world a checklist of
// which somebody ticked an item, and ticks a step of a place's launch.
func (w *world) plantUsage(t *rapid.T) {
	now, root := time.Now(), string(w.nodes[0].Path)
	by, at := w.people[0], w.ground(t, "usage")
	used := w.secret("usage", func() bool { return w.covered(at, arranging...) })
	w.put(func(ctx context.Context, tx feed.Tx) error {
		c := feed.Circle{ID: used, Name: used, Kind: feed.TeamCircle, Join: feed.JoinInvited, Hidden: true, Home: at, MadeAt: now}
		p := &feed.Post{
			ID: feed.PostID(used), Kind: feed.Announcement, Topic: feed.Life, State: feed.New, Severity: feed.Info, Territory: feed.Group(used),
			Author: feed.Author{Kind: feed.ByPerson, Name: "x", Member: "x"}, Text: used, OpenedAt: now, UpdatedAt: now, BumpedAt: now, Talk: &feed.Talk{},
		}
		in := feed.Installed{Usage: "aic", Place: at, Group: used, Welcome: feed.PostID(used), Lang: feed.French, By: by, At: now}
		return errors.Join(tx.SaveCircle(ctx, c), tx.Save(ctx, p), tx.SaveInstalled(ctx, in))
	})
	inGroup := func() bool { return w.covered(feed.Group(root), fellows...) }
	list := w.secret("checklist", inGroup)
	w.keep(string(by), "tick of a checklist", inGroup, "GET /api/v1/groups/{id}/checklists")
	w.put(func(ctx context.Context, tx feed.Tx) error {
		text := feed.Text{FR: list, EN: list}
		_, err := tx.AddChecklist(ctx, root, 0, feed.Checklist{Name: list, Title: text, Every: feed.EveryOnce, Items: []feed.Text{text}})
		return errors.Join(err, tx.SetTick(ctx, root, feed.Tick{List: list, By: by, At: now}, true))
	})
	step := w.ground(t, "launch")
	w.launched = step
	w.keep(string(by), "step of a launch", func() bool { return w.covered(step, animating...) }, "GET /api/v1/launch")
	w.put(func(ctx context.Context, tx feed.Tx) error {
		return tx.MarkLaunch(ctx, step, feed.LaunchMark{Step: feed.FirstTeam, By: by, At: now}, true)
	})
}

// plantCharter gives a place a charter, which the member was asked to accept
// when their grants may have been others, and lets them follow a place.
func (w *world) plantCharter(t *rapid.T) {
	at, now := w.ground(t, "charter"), time.Now().UTC()
	text := w.secret("charter", func() bool { return w.around(at, knowing...) })
	for i := range w.nodes {
		if w.nodes[i].Path == at {
			w.nodes[i].Own.Charter = &feed.Charter{Text: feed.Text{FR: text, EN: text}, Version: 1, At: now}
		}
	}
	w.put(func(ctx context.Context, tx feed.Tx) error {
		for _, n := range w.nodes {
			if n.Path == at {
				a := feed.Acceptance{Place: at, Member: w.member.ID, Asked: 1, AskedAt: now}
				return errors.Join(tx.SetPlace(ctx, n), tx.SaveAcceptance(ctx, a))
			}
		}
		return nil
	})
	followed := w.ground(t, "followed")
	w.put(func(ctx context.Context, tx feed.Tx) error {
		_, err := tx.Follow(ctx, feed.Follow{Member: w.member.ID, Kind: feed.FollowPlace, Target: string(followed), At: now}, true)
		return err
	})
}

// plantCalls asks a colleague and the member to be ambassadors, invites
// somebody, and proposes a place of their own to some.
func (w *world) plantCalls(t *rapid.T) {
	now, asked := time.Now().UTC(), w.people[1]
	at, other := w.ground(t, "ambassador"), w.ground(t, "own part")
	works := w.works[asked]
	w.keep(string(asked), "ambassador", func() bool { return w.around(works, animating...) && w.around(works, readers...) }, "GET /api/v1/ambassadors")
	w.put(func(ctx context.Context, tx feed.Tx) error {
		return errors.Join(tx.SetAmbassadorCall(ctx, feed.AmbassadorCall{Place: at, Member: asked, By: "x", At: now}),
			tx.SetAmbassadorCall(ctx, feed.AmbassadorCall{Place: other, Member: w.member.ID, By: "x", At: now}))
	})
	door := w.ground(t, "invitation")
	name := w.secret("invitation", func() bool { return w.covered(door, inviting...) })
	w.put(func(ctx context.Context, tx feed.Tx) error {
		i := feed.Invitation{ID: name, Name: name, Lang: feed.French, Grant: feed.Grant{Territory: door, Role: feed.Operator}, At: now, Expires: now.Add(time.Hour)}
		return tx.AddInvitation(ctx, i, name)
	})
	people, concerned := w.people, rapid.Bool().Draw(t, "concerned by the proposal")
	if concerned {
		people = append([]feed.MemberID{w.member.ID}, people...)
	}
	w.proposed = w.secret("proposal", func() bool { return concerned })
	w.put(func(ctx context.Context, tx feed.Tx) error {
		return tx.Propose(ctx, feed.Proposal{
			ID: w.proposed, Name: w.proposed, About: w.proposed, People: people, Reason: feed.Reason{Words: w.proposed}, By: people[len(people)-1], State: feed.ProposalAsked, At: now,
		})
	})
}

// plantTrail writes a line into the audit log, which may be about the member.
func (w *world) plantTrail(t *rapid.T) {
	at, own := w.ground(t, "line"), rapid.Bool().Draw(t, "line about the member")
	word := w.secret("line of the audit log", func() bool { return own || w.covered(at, auditing...) })
	w.put(func(ctx context.Context, tx feed.Tx) error {
		e := feed.AuditEntry{At: time.Now(), Action: "person.export", Territory: at, Object: word}
		if own {
			e.Subject = w.member.ID
		}
		return tx.Audit(ctx, e)
	})
}
