package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/fildefer/fildefer/pipeline"
)

// How often the bus looks after the stream and after the embedded server.
const (
	trimEvery = 10 * time.Second
	tendEvery = 2 * time.Second
)

var errClosed = errors.New("the bus is closed")

// Bus is an open event stream.
type Bus struct {
	options  Options
	log      *slog.Logger
	metrics  *Metrics
	embedded *embedded // nil with a remote server
	conn     *nats.Conn
	js       jetstream.JetStream
	events   jetstream.Stream
	dead     jetstream.Stream

	publisher *publisher
	consumed  atomic.Uint64
	trimming  sync.Mutex

	cancel context.CancelFunc // ends what Open started
	work   sync.WaitGroup
}

var _ pipeline.Sink = (*Bus)(nil)

// Open starts or reaches the server and makes sure that the streams exist. Ctx
// bounds the opening only.
func Open(ctx context.Context, options Options) (*Bus, error) {
	if err := options.complete(); err != nil {
		return nil, fmt.Errorf("open the bus: %w", err)
	}
	b := &Bus{options: options, log: options.Logger, metrics: newMetrics(options.Registerer)}
	if err := b.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the bus: %w", err), b.Close())
	}
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	b.cancel = cancel
	b.work.Go(func() { b.publisher.run(background) })
	b.work.Go(func() { b.keepTrimming(background) })
	if b.embedded != nil {
		b.work.Go(func() { b.embedded.tend(background, tendEvery, b.metrics.Restarts.Inc) })
	}
	return b, nil
}

func (b *Bus) open(ctx context.Context) error {
	var err error
	if e := b.options.Embedded; e != nil {
		if err = e.prepare(); err != nil {
			return err
		}
		if b.options.MaxBytes, err = affordable(e.Dir, b.options.MaxBytes); err != nil {
			return err
		}
		if b.embedded, err = startEmbedded(*e, b.log); err != nil {
			return err
		}
	}
	if b.conn, err = b.connect(ctx); err != nil {
		return err
	}
	if b.js, err = jetstream.New(b.conn); err != nil {
		return fmt.Errorf("jetstream: %w", err)
	}
	if err = b.ensureStreams(ctx); err != nil {
		return err
	}
	few := 1
	if b.embedded != nil {
		few = fewOnDisk
	}
	b.publisher = newPublisher(b.js, few, b.metrics, b.makeRoom)
	return nil
}

// connect reaches the server once, and from then on reconnects by itself for
// ever. What is sent while disconnected fails at once: nothing waits in a
// buffer that nobody sees.
func (b *Bus) connect(ctx context.Context) (*nats.Conn, error) {
	options := []nats.Option{
		nats.Name("fildefer"),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.ReconnectJitter(250*time.Millisecond, time.Second),
		nats.ReconnectBufSize(-1),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				b.log.Warn("disconnected from nats", "err", err)
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { b.log.Info("reconnected to nats") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { b.log.Warn("nats", "err", err) }),
	}
	if deadline, ok := ctx.Deadline(); ok {
		options = append(options, nats.Timeout(time.Until(deadline)))
	}
	urls := ""
	if b.embedded != nil {
		options = append(options, nats.InProcessServer(b.embedded), nats.UserInfo(busUser, b.embedded.secret))
	} else {
		urls = strings.Join(b.options.Remote.URLs, ",")
		options = append(options, b.options.Remote.options()...)
	}
	conn, err := nats.Connect(urls, options...)
	if err != nil {
		return nil, fmt.Errorf("connect to nats %s: %w", redacted(urls), err)
	}
	return conn, nil
}

// redacted is urls without their passwords.
func redacted(urls string) string {
	list := strings.Split(urls, ",")
	for i, text := range list {
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil {
			list[i] = "(not a url)"
			continue
		}
		list[i] = u.Redacted()
	}
	return strings.Join(list, ",")
}

func (r *Remote) options() []nats.Option {
	var options []nats.Option
	if r.Credentials != "" {
		options = append(options, nats.UserCredentials(r.Credentials))
	}
	if r.User != "" {
		options = append(options, nats.UserInfo(r.User, r.Password))
	}
	if r.CA != "" {
		options = append(options, nats.RootCAs(r.CA))
	}
	return options
}

// MQTTAddr is where the embedded server takes machines, or "" when it does not.
func (b *Bus) MQTTAddr() string {
	if b.embedded == nil {
		return ""
	}
	return b.embedded.mqttAddr()
}

// Close lets a publish in flight end, then stops everything that Open started.
// Who still reads is told that the bus is closed.
func (b *Bus) Close() error {
	if b.cancel != nil {
		b.cancel()
	}
	b.work.Wait()
	if b.conn != nil {
		b.conn.Close()
	}
	if b.embedded != nil {
		b.embedded.close()
	}
	return nil
}

// Healthy returns nil, or the first fault in one sentence.
func (b *Bus) Healthy(ctx context.Context) error {
	if b.embedded != nil {
		if err := b.embedded.fault(); err != nil {
			return err
		}
	}
	if status := b.conn.Status(); status != nats.CONNECTED {
		return fmt.Errorf("the connection to nats is %s", strings.ToLower(status.String()))
	}
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	if _, err := b.js.Stream(ctx, EventStream); err != nil {
		return fmt.Errorf("the event stream does not answer: %w", err)
	}
	return nil
}
