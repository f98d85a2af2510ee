package bus_test

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

func TestDeadLettersComeBackAsTheyWereRejected(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	sent := []pipeline.DeadLetter{
		{Source: "mqtt", Origin: "plant/line-3", Reason: "line 1:\nno JSON\r\nat byte 3", Body: []byte("{\x00\xff\n\n}"), Received: time.Unix(5, 6).UTC(), Attr: map[string]string{"topic": "plant/line-3"}},
		{Source: "erp", Origin: "stock.csv:17", Reason: "é", Received: time.Unix(7, 0).UTC(), Body: []byte{}},
		{Source: "erp", Origin: "stock.csv:18", Reason: "x", Received: time.Unix(7, 0).UTC(), Body: []byte{}},
	}
	for _, l := range sent {
		require.NoError(t, b.Reject(t.Context(), l))
		require.NoError(t, b.Reject(t.Context(), l), "offered again after a lost answer")
	}
	got, err := b.DeadLetters(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, got, len(sent))
	for i, l := range got {
		require.Equal(t, sent[i], l.DeadLetter)
	}
	require.NoError(t, b.DropLetter(t.Context(), got[1].Seq))
	require.Error(t, b.DropLetter(t.Context(), got[1].Seq))

	rest, err := b.DeadLetters(t.Context(), got[0].Seq, 10)
	require.NoError(t, err)
	require.Equal(t, got[2:], rest)
	one, err := b.DeadLetters(t.Context(), 0, 1)
	require.NoError(t, err)
	require.Equal(t, got[:1], one)
}

func TestALetterOfAnySizeIsTaken(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	huge := strings.Repeat("é", 1<<20)
	require.NoError(t, b.Reject(t.Context(), pipeline.DeadLetter{
		Source: "mqtt", Origin: huge, Reason: huge, Body: []byte(huge), Received: time.Now(), Attr: map[string]string{"topic": huge},
	}))
	attr := map[string]string{}
	for i := range 1000 {
		attr[strconv.Itoa(i)] = huge
	}
	require.NoError(t, b.Reject(t.Context(), pipeline.DeadLetter{Source: "mqtt", Attr: attr, Received: time.Now()}))
	got, err := b.DeadLetters(t.Context(), 0, 2)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Len(t, got[0].Body, pipeline.MaxDeadLetterBytes)
	require.Less(t, len(got[0].Reason), 5<<10)
}

func TestForeignBytesInTheStreamAreBuriedOnceAndPassed(t *testing.T) {
	t.Parallel()
	srv := outside(t, nil)
	b := open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
	require.NoError(t, b.Accept(t.Context(), events(0, 1)))
	stranger, err := nats.Connect(srv.ClientURL())
	require.NoError(t, err)
	defer stranger.Close()
	js, err := jetstream.New(stranger)
	require.NoError(t, err)
	_, err = js.Publish(t.Context(), "fdf.event.4.lyon.weight", []byte("{oops"))
	require.NoError(t, err)
	_, err = js.Publish(t.Context(), "fdf.event.nonsense", []byte("{}"))
	require.NoError(t, err)
	require.NoError(t, b.Accept(t.Context(), events(1, 1)))

	for range 2 {
		got := read(t, b, allShards(), 0, 4)
		require.Equal(t, event(0, got[0].Event.Asset), got[0].Event)
		require.Equal(t, bus.Message{Seq: 2, Shard: 4, Stored: got[1].Stored}, got[1])
		require.Empty(t, got[2].Event.ID)
		require.Equal(t, pipeline.EventID("e1"), got[3].Event.ID)
	}
	letters, err := b.DeadLetters(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, letters, 2)
	require.Equal(t, "fdf.event.4.lyon.weight", letters[0].Origin)
	require.Equal(t, "{oops", string(letters[0].Body))
	require.Equal(t, "2", letters[0].Attr["sequence"])
	require.Contains(t, letters[1].Reason, "no shard number")
}

func TestAReaderThatFailsEndsWithItsError(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	require.NoError(t, b.Accept(t.Context(), events(0, 1)))
	wrong := fmt.Errorf("the database is locked")
	require.ErrorIs(t, b.Read(t.Context(), allShards(), 0, func(context.Context, []bus.Message) error { return wrong }), wrong)

	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, b.Read(ctx, allShards(), 0, func(context.Context, []bus.Message) error {
		cancel()
		return nil
	}), "the end of ctx is no error")
}

func FuzzDecodeLetter(f *testing.F) {
	f.Add([]byte(`{"source":"a"}` + "\nbody"))
	f.Add([]byte("\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := bus.DecodeLetter(data)
		if err != nil {
			return
		}
		again, err := bus.EncodeLetter(l)
		require.NoError(t, err)
		l2, err := bus.DecodeLetter(again)
		require.NoError(t, err)
		require.True(t, bytes.Equal(l.Body[:min(len(l.Body), pipeline.MaxDeadLetterBytes)], l2.Body))
	})
}
