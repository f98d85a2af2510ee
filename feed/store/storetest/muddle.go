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

// deeds are what people do to a post, by name.
func (b *bench) deeds() map[string]func(context.Context, feed.Member, feed.PostID) (*feed.Post, error) {
	s := b.service
	return map[string]func(context.Context, feed.Member, feed.PostID) (*feed.Post, error){
		"take": s.Take, "arrive": s.Arrive, "release": s.Release, "reopen": s.Reopen,
		"reset": s.Reset, "unshelve": s.Unshelve, "in service": s.InService,
		"resolve": func(ctx context.Context, m feed.Member, id feed.PostID) (*feed.Post, error) {
			return s.Resolve(ctx, m, id, "Buse", "Nettoyée")
		},
		"shelve": func(ctx context.Context, m feed.Member, id feed.PostID) (*feed.Post, error) {
			return s.Shelve(ctx, m, id, time.Time{}, true, "Essais")
		},
		"out of service": func(ctx context.Context, m feed.Member, id feed.PostID) (*feed.Post, error) {
			return s.OutOfService(ctx, m, id, "Dépose")
		},
		"noise": func(ctx context.Context, m feed.Member, id feed.PostID) (*feed.Post, error) {
			return s.Noise(ctx, m, id, true)
		},
	}
}

// actsKeepAPostInOnePiece has people and a rule do anything in any order. What
// somebody says twice is said once, and a post never contradicts itself.
func actsKeepAPostInOnePiece(t *testing.T, b *bench) {
	ctx := t.Context()
	deeds := b.deeds()
	var names []string
	for _, name := range []string{"take", "arrive", "release", "reopen", "reset", "unshelve", "in service", "resolve", "shelve", "out of service", "noise"} {
		require.Contains(t, deeds, name)
		names = append(names, name)
	}
	kinds := []feed.NoticeKind{feed.Raise, feed.Clear, feed.Latch, feed.Shelve, feed.Unshelve, feed.Retire, feed.Escalate}
	round := 0
	d := b.desk(t)
	rapid.Check(t, func(rt *rapid.T) {
		round++
		key := fmt.Sprint("round ", round)
		p := d.opened(t, about(key, noon))
		for i := range rapid.IntRange(1, 8).Draw(rt, "steps") {
			b.now = noon.Add(time.Duration(i+1) * time.Minute)
			if rapid.Bool().Draw(rt, "a notice") {
				n := said(rapid.SampledFrom(kinds).Draw(rt, "kind"), fmt.Sprint(key, " step ", i), 1, b.now)
				n.Key, n.Asked, n.Level = key, "lead", 1
				d.commit(t, n)
			} else {
				b.doTwice(ctx, rt, deeds[rapid.SampledFrom(names).Draw(rt, "deed")], p.ID)
			}
			whole(rt, b.read(t, p.ID))
		}
	})
}

// doTwice does something, and requires that doing it again changes nothing.
func (b *bench) doTwice(ctx context.Context, rt *rapid.T, deed func(context.Context, feed.Member, feed.PostID) (*feed.Post, error), id feed.PostID) {
	m := rapid.SampledFrom([]feed.Member{operator, lead}).Draw(rt, "who")
	once, err := deed(ctx, m, id)
	if err != nil {
		require.Contains(rt, []feed.Problem{feed.Conflict, feed.Forbidden}, feed.ProblemOf(err))
		return
	}
	pending, err := b.Pending(ctx, 100)
	require.NoError(rt, err)
	again, err := deed(ctx, m, id)
	require.NoError(rt, err)
	require.Equal(rt, once.Change, again.Change)
	left, err := b.Pending(ctx, 100)
	require.NoError(rt, err)
	require.Len(rt, left, len(pending))
	var ids []string
	for _, o := range left {
		ids = append(ids, o.ID)
	}
	require.NoError(rt, b.Sent(ctx, ids))
}

// whole requires that a post does not contradict itself.
func whole(rt *rapid.T, p *feed.Post) {
	open := p.State.Open()
	require.Equal(rt, open, p.ClosedAt.IsZero(), "open posts have no end")
	require.False(rt, open && p.Cause+p.Action != "", "what is open is not explained")
	require.False(rt, open && (p.State == feed.New) != (p.Taker.Member == ""), "new is what nobody has")
	require.False(rt, p.Latched && p.Active, "what waits for a word holds no more")
	require.False(rt, p.State == feed.Closed && p.Active, "what is closed holds no more")
	require.False(rt, p.BackToNormal && p.State != feed.Closed)
	require.False(rt, !open && p.Asked != "", "nobody is asked for what is over")
}
