package desk_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/desk"
)

// box is an outbox in memory, and the stream that it is emptied into.
type box struct {
	out     []feed.Outgoing
	events  []pipeline.Event
	letters []pipeline.DeadLetter
}

func (b *box) Pending(context.Context, int) ([]feed.Outgoing, error) { return b.out, nil }

func (b *box) Sent(_ context.Context, ids []string) error {
	b.out = b.out[len(ids):]
	return nil
}

func (b *box) Accept(_ context.Context, events []pipeline.Event) error {
	b.events = append(b.events, events...)
	return nil
}

func (b *box) Reject(_ context.Context, letter pipeline.DeadLetter) error {
	b.letters = append(b.letters, letter)
	return nil
}

func TestAnActEntersTheStreamAsItWasDone(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	full := feed.Act{
		Kind: feed.ActShelve, Asset: "lyon/line-1/filler", Thread: "group\tlyon/line-1", Key: "weight\tlyon/line-1/filler",
		Until: noon.Add(time.Hour), OneShot: true, Reason: "Essais", Member: "lea",
	}
	bare := feed.Act{Kind: feed.ActTake, Asset: "lyon/line-1", Thread: "t", Member: "lea"}
	b := &box{}
	for id, act := range []feed.Act{full, bare} {
		body, err := json.Marshal(act)
		require.NoError(t, err)
		b.out = append(b.out, feed.Outgoing{ID: []string{"one", "two"}[id], Kind: "act", Payload: body, At: noon})
	}
	b.out = append(b.out, feed.Outgoing{ID: "three", Kind: "act", Payload: []byte("{"), At: noon})
	require.NoError(t, desk.NewRelay(b, b, slog.New(slog.DiscardHandler)).Flush(t.Context()))

	require.Len(t, b.events, 2)
	require.Len(t, b.letters, 1, "one that cannot be read holds back no other")
	require.Equal(t, pipeline.EventID("act:one"), b.events[0].ID)
	for i, want := range []feed.Act{full, bare} {
		act, ok := pipeline.ActOf(&b.events[i])
		require.True(t, ok)
		require.Equal(t, pipeline.Act{
			Kind: pipeline.ActKind(want.Kind), Asset: pipeline.AssetPath(want.Asset), Thread: want.Thread, Key: want.Key,
			Until: want.Until, OneShot: want.OneShot, Reason: want.Reason, Member: string(want.Member),
		}, act)
	}
}
