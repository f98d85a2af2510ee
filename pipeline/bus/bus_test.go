package bus_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

func TestOpenIsReadyWithinASecond(t *testing.T) {
	t.Parallel()
	start := time.Now()
	b := openEmbedded(t)
	require.NoError(t, b.Healthy(t.Context()))
	t.Logf("ready after %s", time.Since(start))
	require.Empty(t, b.MQTTAddr())
}

func TestAcceptKeepsEventsAndTheirOrder(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	sent := events(0, 1203)
	require.NoError(t, b.Accept(t.Context(), sent))
	require.NoError(t, b.Accept(t.Context(), nil))

	got := read(t, b, allShards(), 0, len(sent))
	require.Equal(t, sent, contents(got))
	for i, m := range got {
		require.Equal(t, uint64(i+1), m.Seq)
		require.Equal(t, sent[i].Asset.Shard(16), m.Shard)
		require.WithinDuration(t, time.Now(), m.Stored, time.Minute)
	}
	require.Equal(t, sent[700:], contents(read(t, b, allShards(), 700, 503)))
}

func TestReadKeepsToItsShards(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	sent := events(0, 300)
	require.NoError(t, b.Accept(t.Context(), sent))
	mine := []int{sent[0].Asset.Shard(16), sent[1].Asset.Shard(16)}
	want := slices.DeleteFunc(slices.Clone(sent), func(e pipeline.Event) bool { return !slices.Contains(mine, e.Asset.Shard(16)) })
	require.Equal(t, want, contents(read(t, b, mine, 0, len(want))))
}

func TestAcceptStoresARetryOnce(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	sent := events(0, 60)
	require.NoError(t, b.Accept(t.Context(), sent[10:20]))
	require.NoError(t, b.Accept(t.Context(), sent), "a batch with ids that are stored already")
	require.NoError(t, b.Accept(t.Context(), sent))
	require.NoError(t, b.Accept(t.Context(), []pipeline.Event{sent[3], sent[3]}))
	last := event(99, "lyon")
	require.NoError(t, b.Accept(t.Context(), []pipeline.Event{last, last}), "twice in one call")

	want := slices.Concat(sent[10:20], sent[:10], sent[20:], []pipeline.Event{last})
	require.Equal(t, want, contents(read(t, b, allShards(), 0, len(want))))
	id, err := b.Identity(t.Context())
	require.NoError(t, err)
	require.Equal(t, uint64(61), id.Last)
}

func TestAcceptMergesConcurrentCallers(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	const callers, each = 24, 20
	var work sync.WaitGroup
	errs := make(chan error, callers)
	for c := range callers {
		work.Go(func() {
			for i := range each {
				if err := b.Accept(t.Context(), []pipeline.Event{event(c*1000+i, pipeline.AssetPath("site/m"+strconv.Itoa(c)))}); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	work.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	next := map[pipeline.AssetPath]int{}
	for _, m := range read(t, b, allShards(), 0, callers*each) {
		c, err := strconv.Atoi(string(m.Event.Asset)[len("site/m"):])
		require.NoError(t, err)
		require.Equal(t, event(c*1000+next[m.Event.Asset], m.Event.Asset), m.Event, "order of one asset")
		next[m.Event.Asset]++
	}
}

func TestAcceptNamesTheEventItCannotTake(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	bad := events(0, 2)
	bad[1].Asset = "lyon//x"
	require.ErrorContains(t, b.Accept(t.Context(), bad), `event "e1": asset path`)

	large := event(7, "lyon")
	large.Attr = map[string]string{} // within the bounds of an event, but each byte takes six on the wire
	for i := range pipeline.MaxAttributes {
		large.Attr[strconv.Itoa(i)] = string(make([]byte, pipeline.MaxAttrValueBytes))
	}
	require.ErrorContains(t, b.Accept(t.Context(), []pipeline.Event{large}), `event "e7" has`)
	id, err := b.Identity(t.Context())
	require.NoError(t, err)
	require.Zero(t, id.Last, "nothing of a refused call is stored")
}

func TestACallWithAnInvalidEventIsRefusedForEverAndStoresNothing(t *testing.T) {
	t.Parallel()
	srv := outside(t, func(o *server.Options) { o.MaxPayload = 16 << 10 })
	b := open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
	for name, spoil := range map[string]func(*pipeline.Event){
		"a fault of the event":      func(e *pipeline.Event) { e.Signal = "\xe9" },
		"more than a message takes": func(e *pipeline.Event) { e.Value = pipeline.Text(strings.Repeat("x", 20<<10)) },
	} {
		for _, size := range []int{1, 20, 1203} {
			sent := events(0, size)
			spoil(&sent[size-1])
			err := b.Accept(t.Context(), sent)
			require.ErrorIs(t, err, pipeline.ErrInvalid, name)
			invalid, named := errors.AsType[*pipeline.InvalidError](err)
			require.True(t, named)
			require.Equal(t, sent[size-1].ID, invalid.ID)
		}
	}
	require.Zero(t, must(b.Identity(t.Context())).Last)
}

func TestAcceptHonoursItsContext(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, b.Accept(ctx, events(0, 1)), context.Canceled)
}

func TestAcceptSplitsForAServerOfSmallBatches(t *testing.T) {
	t.Parallel()
	srv := outside(t, func(o *server.Options) { o.JetStreamLimits.MaxBatchSize = 60 })
	b := open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
	sent := events(0, 400)
	require.NoError(t, b.Accept(t.Context(), sent))
	require.Equal(t, sent, contents(read(t, b, allShards(), 0, len(sent))))
}

func TestIdsThatDifferInSpacesAreTwoEvents(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	var sent []pipeline.Event
	for i, id := range []pipeline.EventID{"a", " a", "a ", "a\n", "a\r", "é", "%C3%A9"} {
		e := event(i, "lyon")
		e.ID = id
		sent = append(sent, e)
	}
	require.NoError(t, b.Accept(t.Context(), sent))
	require.Equal(t, sent, contents(read(t, b, allShards(), 0, len(sent))))
}

func TestARestartKeepsEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	options := bus.Options{Embedded: &bus.Embedded{Dir: dir}, Logger: slog.New(slog.DiscardHandler)}
	b, err := bus.Open(t.Context(), options)
	require.NoError(t, err)
	sent := events(0, 750)
	require.NoError(t, b.Accept(t.Context(), sent))
	require.NoError(t, b.Reject(t.Context(), pipeline.DeadLetter{Source: "mqtt", Reason: "no JSON", Received: time.Now()}))
	before, err := b.Identity(t.Context())
	require.NoError(t, err)
	require.NoError(t, b.Close())
	require.Error(t, b.Accept(t.Context(), sent), "a closed bus takes nothing")

	b = open(t, options)
	after, err := b.Identity(t.Context())
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.Equal(t, sent, contents(read(t, b, allShards(), 0, len(sent))))
	letters, err := b.DeadLetters(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Len(t, letters, 1)
}

func TestOpenRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := open(t, bus.Options{Embedded: &bus.Embedded{Dir: dir}})
	require.NoError(t, first.Close())
	for name, c := range map[string]struct {
		options bus.Options
		want    string
	}{
		"no server":      {bus.Options{}, "exactly one of"},
		"two servers":    {bus.Options{Embedded: &bus.Embedded{Dir: dir}, Remote: &bus.Remote{}}, "exactly one of"},
		"no url":         {bus.Options{Remote: &bus.Remote{}}, "at least one nats:// url"},
		"nobody there":   {bus.Options{Remote: &bus.Remote{URLs: []string{"nats://127.0.0.1:1"}}}, "connect to nats nats://127.0.0.1:1"},
		"secret in url":  {bus.Options{Remote: &bus.Remote{URLs: []string{"nats://plant:hush@127.0.0.1:1"}}}, "connect to nats nats://plant:xxxxx@127.0.0.1:1"},
		"replicas":       {bus.Options{Embedded: &bus.Embedded{Dir: dir}, Replicas: 3}, "3 replicas need a cluster"},
		"other shards":   {bus.Options{Embedded: &bus.Embedded{Dir: dir}, Shards: 8}, "made with 16 shards and cannot be read with 8"},
		"open mqtt":      {bus.Options{Embedded: &bus.Embedded{Dir: dir, MQTT: bus.MQTT{Listen: ":1883"}}}, "set a user and a password"},
		"mqtt port":      {bus.Options{Embedded: &bus.Embedded{Dir: dir, MQTT: bus.MQTT{Listen: "127.0.0.1:mqtt"}}}, "must be a number"},
		"half of a user": {bus.Options{Embedded: &bus.Embedded{Dir: dir, MQTT: bus.MQTT{Listen: "127.0.0.1:0", User: "m"}}}, "or neither"},
	} {
		t.Run(name, func(t *testing.T) {
			c.options.Logger = slog.New(slog.DiscardHandler)
			_, err := bus.Open(t.Context(), c.options)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestOneDirectoryHasOneServer(t *testing.T) {
	t.Parallel()
	options := bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir()}, Logger: slog.New(slog.DiscardHandler)}
	first := open(t, options)
	_, err := bus.Open(t.Context(), options)
	require.ErrorContains(t, err, "is in use by another process")
	require.NoError(t, first.Close())
	open(t, options)
}

func TestOpenSaysThatTheMQTTPortIsTaken(t *testing.T) {
	t.Parallel()
	first := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir(), MQTT: bus.MQTT{Listen: "127.0.0.1:0"}}})
	_, err := bus.Open(t.Context(), bus.Options{
		Embedded: &bus.Embedded{Dir: t.TempDir(), MQTT: bus.MQTT{Listen: first.MQTTAddr()}}, Logger: slog.New(slog.DiscardHandler),
	})
	require.ErrorContains(t, err, fmt.Sprintf("mqtt on %q", first.MQTTAddr()))
}

func TestABatchIsStoredOverTCPToo(t *testing.T) {
	t.Parallel()
	srv := outside(t, func(o *server.Options) { o.Username, o.Password = "plant", "secret" })
	remote := &bus.Remote{URLs: []string{srv.ClientURL()}, User: "plant", Password: "secret"}
	b := open(t, bus.Options{Remote: remote})
	require.NoError(t, b.Healthy(t.Context()))
	sent := events(0, 900)
	require.NoError(t, b.Accept(t.Context(), sent[:500]))
	require.NoError(t, b.Accept(t.Context(), sent), "half of it again")
	require.Equal(t, sent, contents(read(t, b, allShards(), 0, len(sent))))

	_, err := bus.Open(t.Context(), bus.Options{Remote: &bus.Remote{URLs: remote.URLs, User: "plant", Password: "guess"}, Logger: slog.New(slog.DiscardHandler)})
	require.ErrorIs(t, err, nats.ErrAuthorization)
}
