package notify

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Webhook is another program that is told what becomes of posts, as a
// configuration names it.
type Webhook struct {
	Name        string           `yaml:"name"`
	URL         string           `yaml:"url"`
	CA          string           `yaml:"ca"`          // certificates to trust instead of the system's
	SecretFile  string           `yaml:"secret_file"` // what the messages are signed with
	Events      []feed.EntryKind `yaml:"events"`      // default: opened, taken, resolved, recovered, reopened
	Territories []feed.Path      `yaml:"territories"` // at or below; default: all
}

// events are what a webhook may be told of.
func events() []feed.EntryKind {
	return []feed.EntryKind{
		feed.Opened, feed.Worse, feed.Recovered, feed.Recurred, feed.WasTaken, feed.CameOn, feed.Solved, feed.Reopened,
		feed.Escalated, feed.WasAssigned, feed.GaveBack, feed.WasDecided, feed.WasWithdrawn, feed.WasReordered,
	}
}

// Validate returns every fault, each beginning with its key.
func (w *Webhook) Validate() error {
	var faults []error
	at := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	u, err := url.Parse(w.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		at("url: %q is no address such as https://erp.plant.example/hook", w.URL)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		at("url: %s would be told in clear; write https, or an address of this computer", u.Redacted())
	}
	if w.SecretFile == "" {
		at("secret_file: without a secret nobody can tell our messages from others'")
	}
	for i, e := range w.Events {
		if !slices.Contains(events(), e) {
			at("events[%d]: %q is none of %v", i, e, events())
		}
	}
	return errors.Join(faults...)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Timeline is where webhooks find what happened, and the queue of what has to
// leave.
type Timeline interface {
	Queue
	// FillHook queues what happened since the last time, and tells whether there
	// may be more.
	FillHook(ctx context.Context, hook feed.Hook, now time.Time) (more bool, err error)
}

const (
	hookTime   = 10 * time.Second // for an answer
	maxAnswer  = 2 << 10          // of an answer that is read
	hookLease  = 5 * time.Minute
	maxSecrets = 256
)

// Crier tells one webhook what becomes of posts, at least once, and in order as
// long as it answers.
type Crier struct {
	hook     feed.Hook
	webhook  Webhook
	secret   []byte
	timeline Timeline
	client   *http.Client
	now      func() time.Time
	log      *slog.Logger
	first    time.Duration
	wake     chan struct{}
	health   *health
	rest     time.Time // until when a program that did not answer is left alone
}

// NewCrier reads what the webhook needs and tells nobody yet. First is the
// pause after a first try that failed, 0 the default.
func NewCrier(w Webhook, secret string, timeline Timeline, now func() time.Time, log *slog.Logger, first time.Duration) (*Crier, error) {
	roots, err := trusted(w.CA)
	if err != nil {
		return nil, fmt.Errorf("webhook %s: %w", w.Name, err)
	}
	if secret == "" || len(secret) > maxSecrets {
		return nil, fmt.Errorf("webhook %s: the secret has to have 1 to %d characters", w.Name, maxSecrets)
	}
	kinds := w.Events
	if len(kinds) == 0 {
		kinds = []feed.EntryKind{feed.Opened, feed.WasTaken, feed.Solved, feed.Recovered, feed.Reopened}
	}
	return &Crier{
		hook: feed.Hook{Name: w.Name, Events: kinds, Places: w.Territories}, webhook: w, secret: []byte(secret),
		timeline: timeline, now: now, log: log.With(slog.String("webhook", w.Name)), first: cmp.Or(first, firstPause),
		wake: make(chan struct{}, 1), health: newHealth(now()),
		client: &http.Client{
			Timeout:       hookTime,
			Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, IdleConnTimeout: time.Minute},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// Name is what the configuration calls the webhook.
func (c *Crier) Name() string { return c.hook.Name }

// Wake says that something happened. It never blocks.
func (c *Crier) Wake() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// Health is how messages leave.
func (c *Crier) Health() Health { return c.health.now() }

// Run tells until ctx ends.
func (c *Crier) Run(ctx context.Context) error {
	defer c.client.CloseIdleConnections()
	ticker := time.NewTicker(lookEach)
	defer ticker.Stop()
	for {
		again, err := c.round(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			c.log.LogAttrs(ctx, slog.LevelWarn, "messages wait", slog.Any("error", err))
		}
		if again && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-c.wake:
		case <-ticker.C:
		}
	}
}

func (c *Crier) round(ctx context.Context) (again bool, err error) {
	now := c.now()
	more, err := c.timeline.FillHook(ctx, c.hook, now)
	if err != nil {
		return false, err
	}
	if now.Before(c.rest) {
		return more, nil
	}
	due, err := c.timeline.Lease(ctx, feed.ByHook+c.hook.Name, now, now.Add(hookLease), batch)
	if err != nil {
		return false, err
	}
	for i, d := range due {
		if ctx.Err() != nil {
			return false, nil
		}
		fates, down := c.cry(ctx, d, now), error(nil)
		if fates[0].Fault != "" && !fates[0].Dead {
			// Who does not answer this one does not answer the next, nor what is
			// queued meanwhile: they keep their order.
			c.rest = fates[0].Later
			fates, down = c.wait(due[i:], fates[0]), errors.New(fates[0].Fault)
		}
		if err := c.timeline.Settle(context.WithoutCancel(ctx), c.now(), fates...); err != nil || down != nil {
			return false, errors.Join(err, down)
		}
	}
	return more || len(due) == batch, nil
}

func (c *Crier) wait(rest []feed.Dispatch, like feed.Fate) []feed.Fate {
	return fates(rest, feed.Fate{Later: like.Later, Fault: like.Fault})
}

// cry tells of one entry, in the round that began then.
func (c *Crier) cry(ctx context.Context, d feed.Dispatch, began time.Time) []feed.Fate {
	one := []feed.Dispatch{d}
	if d.Post == nil || d.Post.Audience != feed.Everybody {
		return gone(one)
	}
	err := c.send(ctx, d)
	if err == nil {
		c.health.sent(c.now())
		return gone(one)
	}
	c.health.fail(c.now(), err)
	if d.Tries >= mostTries {
		c.health.refused()
		return dead(one, err)
	}
	return fates(one, feed.Fate{Later: began.Add(pause(c.first, d.Tries)), Fault: err.Error()})
}

// send posts the message, signed as standardwebhooks.com has it, so that its
// libraries verify it; Fildefer-Signature alone covers the time and the body.
func (c *Crier) send(ctx context.Context, d feed.Dispatch) error {
	body, err := message(d)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.webhook.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("webhook %s: %w", c.hook.Name, err)
	}
	id, at := "entry-"+d.Subject, strconv.FormatInt(c.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Fildefer")
	req.Header.Set("Webhook-Id", id)
	req.Header.Set("Webhook-Timestamp", at)
	req.Header.Set("Webhook-Signature", c.sign(id+"."+at+".", body))
	req.Header.Set("Fildefer-Timestamp", at)
	req.Header.Set("Fildefer-Signature", c.sign(at+".", body))
	res, err := c.client.Do(req)
	if err != nil {
		return fmt.Errorf("webhook %s: %w", c.hook.Name, err)
	}
	defer func() { _ = res.Body.Close() }() // what it says after its status is for people
	said, _ := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("webhook %s: %s: %.200s", c.hook.Name, res.Status, said)
	}
	return nil
}

func (c *Crier) sign(head string, body []byte) string {
	mac := hmac.New(sha256.New, c.secret)
	mac.Write([]byte(head))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
