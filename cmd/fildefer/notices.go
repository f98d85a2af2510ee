package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/fault"
	"github.com/fildefer/fildefer/feed/notify"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/pipeline"
)

// notices is what carries to people and programs what they are told.
type notices struct {
	postman *notify.Postman
	criers  []*notify.Crier
}

// openNotices reads what mail and webhooks need; nothing leaves yet.
func openNotices(cfg *config, s *store.Store, rules *rulebook, clock func() time.Time, log *slog.Logger) (*notices, error) {
	o := notify.Options{
		Queue: s, Where: s, Calendar: rules.hours, Place: placeName(s), Mail: cfg.Mail, Zone: time.Local, Now: clock, Log: log,
	}
	var err error
	if cfg.Mail != nil && cfg.Mail.PasswordFile != "" {
		if o.Password, err = connectors.Secret("").Reveal(cfg.Mail.PasswordFile, ""); err != nil {
			return nil, fmt.Errorf("mail: %w", err)
		}
	}
	n := &notices{}
	if n.postman, err = notify.NewPostman(o); err != nil {
		return nil, err
	}
	for _, w := range cfg.Webhooks {
		secret, err := connectors.Secret("").Reveal(w.SecretFile, "")
		if err != nil {
			return nil, fmt.Errorf("webhook %s: %w", w.Name, err)
		}
		c, err := notify.NewCrier(w, secret, s, clock, log, 0)
		if err != nil {
			return nil, err
		}
		n.criers = append(n.criers, c)
	}
	return n, nil
}

// placeName is what people call a place.
func placeName(s *store.Store) func(feed.Path) string {
	return func(p feed.Path) string {
		tree, err := s.Tree(context.Background())
		if err != nil {
			return string(p)
		}
		return tree.Name(p)
	}
}

func (n *notices) run(ctx context.Context, g *errgroup.Group) {
	g.Go(func() error { return n.postman.Run(ctx) })
	for _, c := range n.criers {
		g.Go(func() error { return c.Run(ctx) })
	}
}

// try tells somebody by each channel that this is a trial.
func (n *notices) try(s *store.Store, now func() time.Time) api.Trial {
	return func(ctx context.Context, to feed.Recipient) ([]feed.Tried, error) {
		at := now().UTC()
		err := s.InTx(ctx, func(tx feed.Tx) error { return tx.Tell(ctx, feed.TrialOf(to.ID, at)) })
		if err != nil {
			return nil, err
		}
		return []feed.Tried{{Channel: "app", At: at}, n.postman.Try(ctx, to)}, nil
	}
}

// changed says that posts changed; none of it waits.
func (n *notices) changed() {
	for _, c := range n.criers {
		c.Wake()
	}
}

// health says in the API's words how letters and messages leave.
func (n *notices) health(cfg *config) []api.Source {
	var out []api.Source
	if cfg.Mail != nil {
		out = append(out, channelHealth(cfg.Mail.Host, "mail", n.postman.Health()))
	}
	for _, c := range n.criers {
		out = append(out, channelHealth(c.Name(), "webhook", c.Health()))
	}
	return out
}

func channelHealth(name, kind string, h notify.Health) api.Source {
	s := api.Source{Name: name, Kind: kind, State: string(connectors.Up), Detail: h.Detail, Since: h.Since, Accepted: uint64(h.Sent), Rejected: uint64(h.Refused)}
	if h.Down {
		s.State = string(connectors.Down)
	}
	if !h.Last.IsZero() {
		s.LastEvent = &h.Last
	}
	return s
}

// hours finds the shift that works at a place, or else the next one; it is not
// known where no rule file has a calendar for.
func (b *rulebook) hours(place feed.Path, at time.Time) (begins, ends time.Time, known bool) {
	set, _ := b.current()
	c := set.Calendar(pipeline.AssetPath(place))
	if c == nil {
		return time.Time{}, time.Time{}, false
	}
	s, works := c.At(at)
	if !works {
		s, works = c.After(at)
	}
	return s.Start, s.End, works
}

// resolveNotices makes the files that mail and webhooks name relative to the
// configuration.
func (c *config) resolveNotices() {
	if m := c.Mail; m != nil {
		m.CA, m.PasswordFile = c.path(m.CA), c.path(m.PasswordFile)
	}
	for i := range c.Webhooks {
		w := &c.Webhooks[i]
		w.CA, w.SecretFile = c.path(w.CA), c.path(w.SecretFile)
	}
}

func (c *config) validateNotices(f *fault.List) {
	if c.Mail != nil {
		f.Within("mail", c.Mail.Validate())
	}
	names := map[string]bool{}
	for i := range c.Webhooks {
		w := &c.Webhooks[i]
		key := fmt.Sprintf("webhooks[%d]", i)
		if w.Name == "" || names[w.Name] {
			f.At(key+".name", "each webhook needs a name of its own")
		}
		names[w.Name] = true
		f.Within(key, w.Validate())
		for j, p := range w.Territories {
			if !isPath(string(p)) {
				f.At(fmt.Sprintf("%s.territories[%d]", key, j), "%q: write segments with / between them and none at either end", p)
			}
		}
	}
}
