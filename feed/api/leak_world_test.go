package api_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// Roles that read, and those that also write, as the reference has them.
var (
	writers = []feed.Role{feed.Operator, feed.Staff, feed.Lead, feed.Manager, feed.Animator, feed.Insider, feed.Keeper}
	readers = append([]feed.Role{feed.AtStation, feed.OnWall}, writers...)
)

// world is a tree and a group with posts and secrets, and somebody with grants
// in them.
type world struct {
	nodes    []feed.Territory
	posts    map[feed.PostID]*feed.Post
	asked    map[feed.PostID]bool // to give a hand
	words    map[string][]secret
	plants   []plant
	people   []feed.MemberID
	works    map[feed.MemberID]feed.Path // where each of the people does
	launched feed.Path                   // where a step of the launch is ticked
	proposed string                      // a place of their own to some
	device   feed.Device                 // which waits to be paired
	member   feed.Member
}

func newWorld(t *rapid.T, root string) *world {
	w := &world{posts: map[feed.PostID]*feed.Post{}, asked: map[feed.PostID]bool{}, words: map[string][]secret{}, works: map[feed.MemberID]feed.Path{}}
	w.nodes = []feed.Territory{{Path: feed.Path(root), Kind: feed.Site}}
	for i := range rapid.IntRange(1, 6).Draw(t, "nodes") {
		above := rapid.SampledFrom(w.nodes).Draw(t, "above")
		// A name that another begins with is not above it.
		path := above.Path + "/" + feed.Path(rapid.SampledFrom([]string{"a", "ab", "b"}).Draw(t, "name")) + feed.Path(fmt.Sprint(i/2))
		if !slices.ContainsFunc(w.nodes, func(n feed.Territory) bool { return n.Path == path }) {
			w.nodes = append(w.nodes, feed.Territory{Path: path, Kind: rapid.SampledFrom([]feed.PlaceKind{feed.Line, feed.Machine}).Draw(t, "kind")})
		}
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "posts") {
		p := w.post(t, feed.PostID(fmt.Sprintf("%s-p%d", root, i)))
		w.posts[p.ID] = p
	}
	roles := append(slices.Clone(feed.Roles), feed.AtStation, feed.OnWall)
	w.member = feed.Member{ID: feed.MemberID("of-" + root), Name: "x", Lang: feed.French}
	for range rapid.IntRange(0, 3).Draw(t, "grants") {
		at := rapid.SampledFrom(slices.DeleteFunc(w.places(), w.machine)).Draw(t, "at") // nobody works in a machine
		role := rapid.SampledFrom(roles).Draw(t, "role")
		if at.IsGroup() {
			role = rapid.SampledFrom([]feed.Role{feed.Insider, feed.Keeper}).Draw(t, "in group")
		}
		w.member.Grants = append(w.member.Grants, feed.Grant{Territory: at, Role: role})
	}
	w.plant(t)
	return w
}

// post says its own id in all that it says.
func (w *world) post(t *rapid.T, id feed.PostID) *feed.Post {
	now := time.Now().UTC()
	p := &feed.Post{
		ID: id, Kind: rapid.SampledFrom([]feed.Kind{feed.Alert, feed.Idea, feed.MustRead, feed.QualityPoint, feed.Practice, feed.HelpWanted}).Draw(t, "kind"), Topic: feed.Quality,
		State: feed.New, Severity: feed.Major, Territory: rapid.SampledFrom(w.places()).Draw(t, "place"),
		Author: feed.Author{Kind: feed.ByPerson, Name: "x", Member: "x"}, Text: "fuite " + string(id), OpenedAt: now, UpdatedAt: now, BumpedAt: now,
		Talk: &feed.Talk{Tags: []string{string(id)}, EditedAt: now}, Comments: 1,
	}
	if rapid.IntRange(0, 3).Draw(t, "ghost") == 0 && !p.Territory.IsGroup() {
		p.Audience = feed.Ghost
	}
	if rapid.Bool().Draw(t, "unanswered") {
		p.OpenedAt, p.Comments = now.Add(-30*time.Hour), 0
	}
	switch p.Kind {
	case feed.HelpWanted:
		p.Talk.Help = &feed.Help{Around: p.Territory, Asked: 1}
		w.asked[id] = rapid.Bool().Draw(t, "asked for a hand")
	case feed.Idea:
		p.Talk.Course = &feed.Course{Circuit: "idea", Steps: 1, Since: now, Name: feed.Text{FR: string(id), EN: string(id)}}
		if rapid.Bool().Draw(t, "decided") {
			p.Talk.Course.Outcome, p.Talk.Course.Reason, p.Talk.Course.At = feed.Refused, string(id), now
		}
	case feed.MustRead:
		p.Talk.For = &feed.Population{Places: []feed.Path{p.Territory}}
	case feed.Practice:
		p.State, p.ClosedAt = feed.Closed, now
		p.Talk.From = "of-" + id // which there is no more
		p.Talk.Card = &feed.Card{Asset: p.Territory, Cause: "cause " + string(id), Action: "fuite " + string(id), Wrong: feed.Text{FR: string(id), EN: string(id)}, Confirmed: now, By: p.Author}
	default:
		p.Asset = p.Territory
		if rapid.Bool().Draw(t, "solved") {
			p.State, p.Cause, p.ClosedAt = feed.Closed, "cause "+string(id), now
		}
	}
	return p
}

// places are where things stand in the world: in its tree and in its group.
func (w *world) places() []feed.Path {
	out := []feed.Path{feed.Group(string(w.nodes[0].Path))}
	for _, n := range w.nodes {
		out = append(out, n.Path)
	}
	return out
}

// machine tells whether a place is one.
func (w *world) machine(place feed.Path) bool {
	return slices.ContainsFunc(w.nodes, func(n feed.Territory) bool { return n.Path == place && n.Kind == feed.Machine })
}

func (w *world) ids() []feed.PostID { return slices.Sorted(maps.Keys(w.posts)) }

// settle keeps the worlds in one transaction.
func settle(t *rapid.T, s *store.Store, worlds []*world) {
	ctx := context.Background()
	var nodes []feed.Territory
	for _, w := range worlds {
		nodes = append(nodes, w.nodes...)
		require.NoError(t, s.AddMember(ctx, w.member, ""))
		require.NoError(t, s.SetEmail(ctx, w.member.ID, string(w.member.ID)+"@plant.example"))
	}
	require.NoError(t, s.SetTerritories(ctx, nodes))
	for _, w := range worlds {
		require.NoError(t, s.AddDevice(ctx, "", w.device, string(w.device.ID)))
	}
	require.NoError(t, s.InTx(ctx, func(tx feed.Tx) error {
		for _, w := range worlds {
			if err := w.gather(ctx, tx); err != nil {
				return err
			}
			for _, id := range w.ids() {
				if err := w.speak(ctx, tx, w.posts[id]); err != nil {
					return fmt.Errorf("post %s: %w", id, err)
				}
			}
			for _, put := range w.plants {
				if err := put(ctx, tx); err != nil {
					return fmt.Errorf("what is planted: %w", err)
				}
			}
		}
		return nil
	}))
	for changed := 1; changed > 0; {
		var err error
		changed, err = s.IndexSearch(ctx)
		require.NoError(t, err)
	}
}

// gather keeps the group of the world, which pins a post of its own.
func (w *world) gather(ctx context.Context, tx feed.Tx) error {
	root, now := string(w.nodes[0].Path), time.Now()
	c := feed.Circle{ID: root, Name: root, Kind: feed.TeamCircle, Join: feed.JoinAsked, Home: w.nodes[0].Path, MadeAt: now}
	for _, id := range w.ids() {
		if w.posts[id].Territory.IsGroup() {
			c.Pinned = id
		}
	}
	if err := tx.SaveCircle(ctx, c); err != nil {
		return err
	}
	for _, g := range w.member.Grants {
		if g.Territory.IsGroup() {
			if err := tx.SetFellow(ctx, root, feed.Fellow{Member: w.member.ID, Role: g.Role, Since: now}); err != nil {
				return err
			}
		}
	}
	return nil
}

// speak keeps a post with what hangs on it: a photo, a comment, an older version
// and an entry, what stands behind it, and that the member was told of it when
// their grants may have been others.
func (w *world) speak(ctx context.Context, tx feed.Tx, p *feed.Post) error {
	now, name := time.Now().UTC(), string(p.ID)
	steps := []func() error{
		func() error { return tx.Save(ctx, p) },
		func() error {
			if p.Kind != feed.Idea {
				return nil
			}
			return tx.Track(ctx, p, []feed.MemberID{w.member.ID}, time.Time{})
		},
		func() error {
			if !w.asked[p.ID] {
				return nil
			}
			_, err := tx.Ask(ctx, p.ID, w.member.ID)
			return err
		},
		func() error {
			if p.Kind != feed.Practice {
				return nil
			}
			return tx.SaveCard(ctx, p, now.AddDate(1, 0, 0))
		},
		func() error {
			return tx.AddPhoto(ctx, feed.StoredPhoto{ID: feed.PhotoID("photo-" + p.ID), Post: p.ID, Picture: feed.Picture{Width: 1, Height: 1, Large: []byte(name), Small: []byte(name)}, At: now})
		},
		func() error {
			return tx.AddComment(ctx, feed.Comment{ID: feed.CommentID("said-" + p.ID), Post: p.ID, Author: p.Author, Text: "fuite " + name, At: now})
		},
		func() error { return tx.KeepVersion(ctx, feed.Version{Post: p.ID, Text: name, At: now}) },
		func() error {
			return tx.Log(ctx, feed.Entry{Post: p.ID, Kind: feed.Opened, At: now, Author: p.Author, Text: name})
		},
		func() error {
			h := feed.HeldCondition{
				Key: "of " + name, Reason: "grouped", By: name, Audience: p.Audience, Territory: p.Territory, Asset: p.Territory,
				Topic: feed.Quality, Severity: feed.Minor, Title: feed.Text{FR: "{words}", EN: "{words}"}, Values: feed.Values{"words": name}, Since: now,
			}
			return tx.Hold(ctx, h)
		},
		func() error {
			text := feed.Text{FR: "{words}", EN: "{words}"}
			return tx.Tell(ctx, feed.Notification{ID: "told-" + name, Member: w.member.ID, Key: name, Why: feed.Mentioned, Post: p.ID, Text: text, Values: feed.Values{"words": name}, At: now})
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// covered tells whether a grant with one of the roles is at or above the place.
func (w *world) covered(place feed.Path, roles ...feed.Role) bool {
	for _, g := range w.member.Grants {
		if slices.Contains(roles, g.Role) && strings.HasPrefix(string(place)+"/", string(g.Territory)+"/") {
			return true
		}
	}
	return false
}

// around tells whether a grant with one of the roles is at, above or below a
// place.
func (w *world) around(place feed.Path, roles ...feed.Role) bool {
	return w.covered(place, roles...) || slices.ContainsFunc(w.member.Grants, func(g feed.Grant) bool {
		return slices.Contains(roles, g.Role) && strings.HasPrefix(string(g.Territory)+"/", string(place)+"/")
	})
}

// stands tells whether a post is listed at a place: at and above its own, and,
// put to the people there, below it too but for machines.
func (w *world) stands(p *feed.Post, place feed.Path) bool {
	return p.Territory.Within(place) || p.Kind == feed.MustRead && place.Within(p.Territory) && !w.machine(place)
}

func (w *world) mayRead(id feed.PostID) bool {
	p := w.posts[id]
	switch {
	case p == nil:
		return false // of another world
	case p.Audience == feed.Ghost:
		return w.covered(p.Territory, feed.Animator, feed.Manager)
	case p.Kind == feed.MustRead:
		return w.around(p.Territory, readers...)
	}
	return w.covered(p.Territory, readers...)
}
