package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// story draws what a rule may say of one machine: any kinds in any order, while
// episodes only grow.
func story(rt *rapid.T) []feed.Notice {
	kinds := rapid.SliceOfN(rapid.SampledFrom([]feed.NoticeKind{
		feed.Raise, feed.Raise, feed.Clear, feed.Clear, feed.Worsen, feed.Update, feed.Spoil, feed.Freshen,
		feed.GoUnstable, feed.GoSteady, feed.Latch, feed.Shelve, feed.Unshelve, feed.Retire, feed.Escalate,
	}), 1, 25).Draw(rt, "story")
	var out []feed.Notice
	episode := int64(1)
	for i, kind := range kinds {
		if kind == feed.Raise && rapid.Bool().Draw(rt, "another episode") {
			episode++
		}
		n := notice(kind, fmt.Sprint(i), episode, noon.Add(time.Duration(i)*time.Second), float64(i))
		n.Flips, n.Level, n.Asked, n.Bump = i, i, "lead", n.Bump && rapid.Bool().Draw(rt, "told")
		n.Held = &feed.Held{Until: n.At.Add(time.Hour)}
		out = append(out, n)
	}
	return out
}

// tell commits the notices about a machine of that name, in batches of at most
// size, each notice as often as it is said to come.
func (b *bench) tell(t *testing.T, rt *rapid.T, name string, notices []feed.Notice, size, times int) {
	d := b.desk(t)
	for len(notices) > 0 {
		n := min(len(notices), rapid.IntRange(1, size).Draw(rt, "batch"))
		var batch []feed.Notice
		for _, one := range notices[:n] {
			one.Key, one.Effect = name, name+one.Effect
			one.Asset = feed.Path("lyon/" + name)
			for range times {
				batch = append(batch, one)
			}
		}
		d.commit(t, batch...)
		notices = notices[n:]
	}
}

// heard is what the feed shows of a machine, without what names it.
func (b *bench) heard(t *testing.T, name string) (out []string) {
	var open int
	page, err := b.Feed(t.Context(), feed.Scope{Roots: []feed.Path{"lyon"}}, feed.Query{Limit: feed.MaxPage})
	require.NoError(t, err)
	for _, p := range page.Posts {
		if p.Key != name {
			continue
		}
		if p.State.Open() {
			open++
		}
		timeline, err := b.Timeline(t.Context(), p.ID)
		require.NoError(t, err)
		line := fmt.Sprint(p.State, p.Active, p.Stale, p.BackToNormal, p.Occurrences, *p.Value, p.OpenedAt, p.UpdatedAt, p.BumpedAt, p.ClosedAt,
			p.Unstable, p.Flips, p.Latched, p.Shelf != nil, p.Asked, p.Level, p.Previous != "")
		for _, e := range timeline {
			line += fmt.Sprint(" ", e.Kind, e.At)
		}
		out = append(out, line)
	}
	require.LessOrEqual(t, open, 1, "one condition is one open post")
	return out
}

// anySplitTellsTheSameStory tells one story of two machines, once notice by
// notice and once in batches of any size in which all comes three times.
func anySplitTellsTheSameStory(t *testing.T, b *bench) {
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		once, thrice := fmt.Sprint("once-", round), fmt.Sprint("thrice-", round)
		notices := story(rt)
		b.tell(t, rt, once, notices, 1, 1)
		b.tell(t, rt, thrice, notices, len(notices), 3)
		require.Equal(t, b.heard(t, once), b.heard(t, thrice))
		require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error { return hide(t, tx, once, thrice) }))
	})
}

// hide moves the posts of a round out of the way of the next.
func hide(t *testing.T, tx feed.Tx, keys ...string) error {
	for _, key := range keys {
		for {
			p, err := tx.Latest(t.Context(), key)
			if err != nil {
				return err
			}
			if p == nil {
				break
			}
			p.Key, p.Territory = "", "elsewhere"
			if err := tx.Save(t.Context(), p); err != nil {
				return err
			}
		}
	}
	return nil
}
