package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// nothing requires that the store holds no post, and that nobody would be told
// of one.
func (b *bench) nothing(t *testing.T) {
	t.Helper()
	page, err := b.Feed(t.Context(), manager.Scope(), feed.Query{})
	require.NoError(t, err)
	require.Empty(t, page.Posts)
	require.Zero(t, page.Change)
	pending, err := b.Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Empty(t, pending)
}

func aBatchIsWhole(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	batch := d.batch(notice(feed.Raise, "e1", 1, noon, 512), notice("unheard-of", "e2", 1, noon, 512))
	batch.States = []feed.RuleState{{Shard: 0, Key: "k", Blob: []byte("s")}}
	batch.Traces = []feed.Trace{{Asset: "lyon/line-1/filler", Signal: "weight", At: noon, Points: []feed.Point{{At: noon, Value: 512}}}}
	require.ErrorContains(t, b.Commit(ctx, batch), "unheard-of")
	b.nothing(t)
	require.NoError(t, b.States(ctx, []int{0}, func(s feed.RuleState) error { return errors.New(s.Key + " was kept") }))
	again, err := b.Claim(ctx, []int{0})
	require.NoError(t, err)
	require.Zero(t, again.Positions[0])
	require.Empty(t, again.Stream)
}

func aFailureLeavesNothing(t *testing.T, b *bench) {
	stop := errors.New("stop")
	p := &feed.Post{ID: "p", State: feed.New, Territory: "lyon", OpenedAt: noon, BumpedAt: noon}
	err := b.InTx(t.Context(), func(tx feed.Tx) error {
		require.NoError(t, tx.Save(t.Context(), p))
		require.NoError(t, tx.Log(t.Context(), feed.Entry{Post: "p", Kind: feed.Opened, At: noon}))
		require.NoError(t, tx.Emit(t.Context(), feed.Outgoing{ID: "o", Kind: "shelf", Payload: []byte("{}"), At: noon}))
		return stop
	})
	require.ErrorIs(t, err, stop)
	b.nothing(t)
}

func aClaimFences(t *testing.T, b *bench) {
	ctx := t.Context()
	old := b.desk(t)
	old.commit(t, notice(feed.Raise, "e1", 1, noon, 512))
	both, err := b.Claim(ctx, []int{0, 1})
	require.NoError(t, err)
	require.Equal(t, feed.Claim{Epoch: old.claim.Epoch + 1, Stream: "one", Positions: map[int]uint64{0: 1, 1: 0}}, both)

	require.ErrorIs(t, b.Commit(ctx, old.batch(notice(feed.Clear, "e2", 1, noon, 500))), feed.ErrFenced)
	require.True(t, b.only(t, manager.Scope(), feed.Query{}).Active)
	require.ErrorIs(t, b.ResetStream(ctx, old.claim, "two"), feed.ErrFenced)

	batch := feed.Batch{Stream: "two", Epoch: both.Epoch, Positions: []feed.Position{{Shard: 0, From: 1, To: 2}}}
	require.ErrorIs(t, b.Commit(ctx, batch), feed.ErrFenced, "positions belong to their stream")
	batch.Stream, batch.Positions[0].From = "one", 0
	require.ErrorIs(t, b.Commit(ctx, batch), feed.ErrFenced, "a batch starts where the last one ended")
	batch.Positions = []feed.Position{{Shard: 1, From: 0, To: 9}, {Shard: 0, From: 7, To: 8}}
	require.ErrorIs(t, b.Commit(ctx, batch), feed.ErrFenced)
	last, err := b.Claim(ctx, []int{0, 1})
	require.NoError(t, err)
	require.Equal(t, map[int]uint64{0: 1, 1: 0}, last.Positions, "no shard moves alone")
}

func aBatchCountsOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	batch := d.batch(notice(feed.Raise, "e1", 1, noon, 512))
	require.NoError(t, b.Commit(ctx, batch))
	before := b.only(t, manager.Scope(), feed.Query{})
	require.NoError(t, b.Commit(ctx, batch), "the answer to the first commit may have been lost")
	require.Equal(t, before, b.only(t, manager.Scope(), feed.Query{}))
}

func aStreamReadAgainChangesNothing(t *testing.T, b *bench) {
	ctx := t.Context()
	history := []feed.Notice{
		notice(feed.Raise, "e1", 1, noon, 512),
		notice(feed.Worsen, "e2", 1, noon.Add(time.Second), 530),
		notice(feed.Clear, "e3", 1, noon.Add(time.Minute), 500),
		notice(feed.Raise, "e4", 2, noon.Add(time.Hour), 513),
		notice(feed.Spoil, "e5", 2, noon.Add(2*time.Hour), 513),
	}
	d := b.desk(t)
	for _, n := range history {
		d.commit(t, n, n)
	}
	posts, last, err := b.Changes(ctx, 0, 10)
	require.NoError(t, err)
	require.Len(t, posts, 2)

	d = b.desk(t)
	require.NoError(t, b.ResetStream(ctx, d.claim, "restored"))
	d = b.desk(t)
	require.Equal(t, "restored", d.claim.Stream)
	require.Zero(t, d.seq)
	batch := d.batch(history...)
	batch.Stream = "restored"
	require.NoError(t, b.Commit(ctx, batch))
	again, lastAgain, err := b.Changes(ctx, 0, 10)
	require.NoError(t, err)
	require.Equal(t, posts, again)
	require.Equal(t, last, lastAgain)
}

// anUpdateReadAgainIsNoStepBack reads a story again whose updates are older
// than what the post shows by then.
func anUpdateReadAgainIsNoStepBack(t *testing.T, b *bench) {
	worse := notice(feed.Worsen, "e3", 1, noon.Add(2*time.Minute), 530)
	worse.Severity = feed.Critical
	history := []feed.Notice{
		notice(feed.Raise, "e1", 1, noon, 512),
		notice(feed.Update, "e2", 1, noon.Add(time.Minute), 515),
		worse,
	}
	d := b.desk(t)
	d.commit(t, history...)
	before := b.only(t, manager.Scope(), feed.Query{})
	d.commit(t, history...)
	require.Equal(t, before, b.only(t, manager.Scope(), feed.Query{}))

	last := notice(feed.Update, "e4", 1, noon.Add(3*time.Minute), 531)
	last.Severity = feed.Critical
	d.commit(t, last)
	before = b.only(t, manager.Scope(), feed.Query{})
	require.InDelta(t, 531, *before.Value, 0)
	d.commit(t, append(history, last)...)
	after := b.only(t, manager.Scope(), feed.Query{})
	after.Change = before.Change
	require.Equal(t, before, after)
}

func statesAreKept(t *testing.T, b *bench) {
	ctx := t.Context()
	c, err := b.Claim(ctx, []int{0, 1})
	require.NoError(t, err)
	commit := func(from uint64, states ...feed.RuleState) {
		require.NoError(t, b.Commit(ctx, feed.Batch{
			Stream: "one", Epoch: c.Epoch, States: states, Positions: []feed.Position{{Shard: 0, From: from, To: from + 1}},
		}))
	}
	commit(0, feed.RuleState{Shard: 0, Key: "a", Blob: []byte("1")}, feed.RuleState{Shard: 0, Key: "b", Blob: []byte{0, 255}}, feed.RuleState{Shard: 1, Key: "a", Blob: []byte("2")})
	commit(1, feed.RuleState{Shard: 0, Key: "a", Blob: []byte("3")}, feed.RuleState{Shard: 0, Key: "b"})
	read := func(shards ...int) (out []feed.RuleState) {
		require.NoError(t, b.States(ctx, shards, func(s feed.RuleState) error { out = append(out, s); return nil }))
		return out
	}
	require.Equal(t, []feed.RuleState{{Shard: 0, Key: "a", Blob: []byte("3")}}, read(0))
	require.Equal(t, []feed.RuleState{{Shard: 0, Key: "a", Blob: []byte("3")}, {Shard: 1, Key: "a", Blob: []byte("2")}}, read(0, 1))
	require.Empty(t, read())
}

func noTextStopsABatch(t *testing.T, b *bench) {
	n := notice(feed.Raise, "e\x001", 1, noon, 512)
	n.Unit, n.Signal, n.Author.Name, n.Key = "g\x00", "we\xffight", "\x00Remplisseuse", "k\x00ey"
	n.Values["asset"], n.Title.EN = "\x00<b>", "\x00{asset}"
	d := b.desk(t)
	batch := d.batch(n)
	batch.Traces = []feed.Trace{{Asset: "lyon/line-1/filler", Signal: "state\x00", Text: "RUN\x00\x00", At: noon}}
	require.NoError(t, b.Commit(t.Context(), batch))
	p := b.only(t, manager.Scope(), feed.Query{})
	require.Equal(t, "g", p.Unit)
	require.Equal(t, "we\uFFFDight", p.Signal)
	require.Equal(t, "Remplisseuse", p.Author.Name)
}

func messagesLeaveInOrder(t *testing.T, b *bench) {
	ctx := t.Context()
	emit := func(ids ...string) {
		require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
			for _, id := range ids {
				if err := tx.Emit(ctx, feed.Outgoing{ID: id, Kind: "shelf", Payload: []byte(`{"sku":"1"}`), At: noon}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	emit("c", "a")
	emit("a", "b")
	pending := func(limit int) (ids []string) {
		out, err := b.Pending(ctx, limit)
		require.NoError(t, err)
		for _, m := range out {
			require.JSONEq(t, `{"sku":"1"}`, string(m.Payload))
			ids = append(ids, m.ID)
		}
		return ids
	}
	require.Equal(t, []string{"c", "a", "b"}, pending(10))
	require.Equal(t, []string{"c", "a"}, pending(2))
	require.NoError(t, b.Sent(ctx, []string{"c", "a"}))
	require.NoError(t, b.Sent(ctx, nil))
	require.Equal(t, []string{"b"}, pending(10))
}
