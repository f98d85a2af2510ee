package bus_test

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

// bareStream is the limit to compare with: a server and a stream set up like
// ours, with nothing of ours in between.
func bareStream(b *testing.B) jetstream.JetStream {
	b.Helper()
	srv, err := server.NewServer(&server.Options{
		ServerName: "bare", DontListen: true, JetStream: true, StoreDir: b.TempDir(), SyncAlways: true, NoSigs: true, NoLog: true,
	})
	require.NoError(b, err)
	srv.Start()
	b.Cleanup(func() { srv.Shutdown(); srv.WaitForShutdown() })
	require.True(b, srv.ReadyForConnections(10*time.Second))
	nc, err := nats.Connect("", nats.InProcessServer(srv))
	require.NoError(b, err)
	b.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	require.NoError(b, err)
	_, err = js.CreateStream(b.Context(), jetstream.StreamConfig{
		Name: "BARE", Subjects: []string{"bare.>"}, AllowAtomicPublish: true, Discard: jetstream.DiscardNew, MaxBytes: 4 << 30,
	})
	require.NoError(b, err)
	return js
}

func perSecond(b *testing.B, events int) {
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}

// bareBatch publishes 500 messages of the size of an event.
func bareBatch(b *testing.B, js jetstream.JetStream, data []byte, from int) {
	b.Helper()
	batch := make([]*nats.Msg, 500)
	for i := range batch {
		batch[i] = &nats.Msg{
			Subject: "bare.3.lyon.bottling.line-3.filler-2.weight", Data: data,
			Header: nats.Header{jetstream.MsgIDHeader: {"e" + strconv.Itoa(from+i)}, jetstream.ExpectedStreamHeader: {"BARE"}},
		}
	}
	_, err := jetstreamext.PublishMsgBatch(b.Context(), js, batch)
	require.NoError(b, err)
}

func acceptBatch(b *testing.B, stream *bus.Bus, from int) {
	b.Helper()
	batch := make([]pipeline.Event, 500)
	for i := range batch {
		batch[i] = event(from+i, "lyon/bottling/line-3/filler-2")
	}
	require.NoError(b, stream.Accept(b.Context(), batch))
}

func wireForm() []byte {
	e := event(1, "lyon/bottling/line-3/filler-2")
	return pipeline.Append(nil, &e)
}

func BenchmarkBareAtomicBatch(b *testing.B) {
	js, data := bareStream(b), wireForm()
	var n int
	for b.Loop() {
		bareBatch(b, js, data, n)
		n += 500
	}
	perSecond(b, n)
}

// BenchmarkAccept is one caller with full batches.
func BenchmarkAccept(b *testing.B) {
	stream := openEmbedded(b)
	var n int
	for b.Loop() {
		acceptBatch(b, stream, n)
		n += 500
	}
	perSecond(b, n)
}

// BenchmarkAcceptAgainstBare takes turns with the bare limit, so that what else
// the machine does weighs on both. Its "of-bare" is the ratio of the medians.
func BenchmarkAcceptAgainstBare(b *testing.B) {
	js, data, stream := bareStream(b), wireForm(), openEmbedded(b)
	var bare, ours []time.Duration
	var n int
	for b.Loop() {
		start := time.Now()
		bareBatch(b, js, data, n)
		middle := time.Now()
		acceptBatch(b, stream, n)
		bare, ours = append(bare, middle.Sub(start)), append(ours, time.Since(middle))
		n += 500
	}
	slices.Sort(bare)
	slices.Sort(ours)
	b.ReportMetric(float64(bare[len(bare)/2])/float64(ours[len(ours)/2]), "of-bare")
}

// BenchmarkAcceptOfMany is many callers with one event each.
func BenchmarkAcceptOfMany(b *testing.B) {
	for _, callers := range []int{1, 16, 256} {
		b.Run(strconv.Itoa(callers), func(b *testing.B) {
			stream := openEmbedded(b)
			var id atomic.Int64
			var work sync.WaitGroup
			b.ResetTimer()
			for range callers {
				work.Go(func() {
					for n := id.Add(1); n <= int64(b.N); n = id.Add(1) {
						if err := stream.Accept(b.Context(), []pipeline.Event{event(int(n), "lyon/bottling/line-3/filler-2")}); err != nil {
							b.Error(err)
						}
					}
				})
			}
			work.Wait()
			perSecond(b, b.N)
		})
	}
}

func BenchmarkRead(b *testing.B) {
	const stored = 100_000
	stream := open(b, bus.Options{Embedded: &bus.Embedded{Dir: b.TempDir(), Relaxed: true}})
	require.NoError(b, stream.Accept(b.Context(), events(0, stored)))
	b.ReportAllocs()
	var n int
	for b.Loop() {
		var got int
		err := stream.Read(b.Context(), allShards(), 0, func(_ context.Context, batch []bus.Message) error {
			if got += len(batch); got >= stored {
				return errEnough
			}
			return nil
		})
		require.ErrorIs(b, err, errEnough)
		n += got
	}
	perSecond(b, n)
}
