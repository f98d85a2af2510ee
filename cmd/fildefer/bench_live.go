package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

const liveConfig = `
sources:
  - name: machines
    mqtt:
      url: tcp://%s
      subscriptions:
        - {topic: "live/{asset}/telemetry", asset: "plant/{asset}", values: {value: weight}}
rules: [rules.yaml]
`

// The value of each message is its number; those above the limit open a post,
// those below close it again. They are information, which no budget holds back.
const liveRules = `
rules:
  - id: weight
    kind: limit
    signal: weight
    match: {asset: "plant/*"}
    high: 999999
    topic: quality
    severity: info
    title: {fr: "{asset} : {value|1}", en: "{asset}: {value|1}"}
`

const (
	liveRate  = 200 // events a second, each of another asset
	liveAbove = 1_000_000
)

// times are when each numbered message was sent, and when it came out at one
// end.
type times struct {
	mu   sync.Mutex
	sent []time.Time
	took map[int]time.Duration
}

func (t *times) arrived(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, twice := t.took[n]; !twice && n < len(t.sent) {
		t.took[n] = time.Since(t.sent[n])
	}
}

func (t *times) send() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent = append(t.sent, time.Now())
	return len(t.sent) - 1
}

func (t *times) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.took)
}

// milliseconds is the quantile q of what is known.
func (t *times) milliseconds(q float64) float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []float64
	for _, d := range t.took {
		all = append(all, float64(d)/float64(time.Millisecond))
	}
	return quantile(all, q)
}

// live measures the way from a machine to the second of two browsers, beside
// that of the very same messages to a receiver at the broker.
func (b *bench) live(ctx context.Context) (figures []figure, err error) {
	broker, stop, err := b.startBroker(ctx)
	if err != nil {
		return nil, err
	}
	defer stop()
	h, err := b.openHouse(ctx, "live", fmt.Sprintf(liveConfig, broker), liveRules)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, h.close()) }()
	if err := await(ctx, "the subscription", func() bool { return h.supervisor.Health()[0].State == "up" }); err != nil {
		return nil, err
	}
	token, err := h.signIn(ctx)
	if err != nil {
		return nil, err
	}
	count := liveRate * b.size(20, 5)
	b.say("live: %d events at %d a second, each of which changes a post", count, liveRate)
	bare, ours := &times{took: map[int]time.Duration{}}, &times{took: map[int]time.Duration{}}
	var browsers sync.WaitGroup
	defer browsers.Wait()
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	for _, seen := range []func(int){func(int) {}, ours.arrived} {
		follow, err := h.watch(ctx, token, seen)
		if err != nil {
			return nil, err
		}
		browsers.Go(follow)
	}
	if err := pace(ctx, broker, count, bare, ours); err != nil {
		return nil, err
	}
	b.say("  %d of %d reached the second browser", ours.count(), count)
	return []figure{
		{name: "live: machine to the second browser, p50", unit: "ms", bare: bare.milliseconds(0.5), ours: ours.milliseconds(0.5), goal: goal{atMost: 100}},
		{name: "live: machine to the second browser, p99", unit: "ms", bare: bare.milliseconds(0.99), ours: ours.milliseconds(0.99), goal: goal{atMost: 300}},
	}, nil
}

// pace sends the messages, and waits until both ends have seen them all.
func pace(ctx context.Context, broker string, count int, bare, ours *times) error {
	receiver, err := benchClient(ctx, broker, "bench-receiver", func(_ paho.Client, m paho.Message) {
		var reading struct{ Value int }
		if json.Unmarshal(m.Payload(), &reading) == nil {
			bare.arrived(reading.Value % liveAbove)
		}
	})
	if err != nil {
		return err
	}
	defer receiver.Disconnect(250)
	if err := settled(ctx, receiver.Subscribe("live/#", 1, nil)); err != nil {
		return err
	}
	machines, err := benchClient(ctx, broker, "bench-machines", nil)
	if err != nil {
		return err
	}
	defer machines.Disconnect(250)
	ticker := time.NewTicker(time.Second / liveRate)
	defer ticker.Stop()
	for i := range count {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		value := i
		if i/liveRate%2 == 0 { // all assets rise in one second and fall in the next
			value += liveAbove
		}
		bare.send()
		ours.send()
		machines.Publish(fmt.Sprintf("live/a%03d/telemetry", i%liveRate), 1, false, fmt.Sprintf(`{"value":%d}`, value))
	}
	return await(ctx, "the last change", func() bool { return bare.count() == count && ours.count() == count })
}

// watch opens the event stream as a browser does. The function that it returns
// follows it until ctx or the stream ends, and calls seen with the number that
// each changed post shows.
func (h *house) watch(ctx context.Context, token string, seen func(n int)) (follow func(), err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/api/v1/stream", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("event stream: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("event stream: %s", res.Status), res.Body.Close())
	}
	return func() {
		defer func() { _ = res.Body.Close() }()
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			data, isData := strings.CutPrefix(lines.Text(), "data: ")
			var post struct{ Value *float64 }
			if isData && json.Unmarshal([]byte(data), &post) == nil && post.Value != nil {
				seen(int(*post.Value) % liveAbove)
			}
		}
	}, nil
}
