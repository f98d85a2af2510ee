package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/fildefer/fildefer/feed"
)

// Queue is what the feed has to send, as it was kept in the transactions that
// caused it.
type Queue interface {
	// Lease hands out what is due on a channel, in order; nobody else is given
	// it until then.
	Lease(ctx context.Context, channel string, now, until time.Time, limit int) ([]feed.Dispatch, error)
	// Settle keeps what became of it.
	Settle(ctx context.Context, now time.Time, fates ...feed.Fate) error
}

const (
	leaseTime  = 2 * time.Minute // how long a letter stays with a node that died
	lookEach   = 5 * time.Second // for what comes due, or was queued by another node
	batch      = 20              // letters on one connection
	firstPause = 10 * time.Second
	mostTries  = 15        // before a letter is given up: about eight hours
	longest    = time.Hour // between two tries
)

// Options are what a postman stands on. Mail is nil where there is no mail
// server: people are told on the screens.
type Options struct {
	Queue    Queue
	Where    Whereabouts
	Calendar Calendar // may be nil
	Place    func(feed.Path) string
	Mail     *Mail
	Password string // of Mail.User
	Zone     *time.Location
	Now      func() time.Time
	Log      *slog.Logger
	// First is the pause after a first try that failed; each doubles it. 0 is the
	// default.
	First time.Duration
}

// Postman sends what people are told by mail. It reports of itself, and runs on
// every node: what one has taken no other takes.
type Postman struct {
	Options
	quiet  quiet
	paper  *paper
	server *server
	wake   chan struct{}
	health *health
}

// NewPostman reads what the mail server needs and dials nobody.
func NewPostman(o Options) (*Postman, error) {
	o.First = cmp.Or(o.First, firstPause)
	p := &Postman{Options: o, quiet: quiet{o.Calendar, o.Where, o.Zone}, wake: make(chan struct{}, 1), health: newHealth(o.Now())}
	if o.Mail == nil {
		return p, nil
	}
	site, err := url.Parse(o.Mail.URL)
	if err != nil {
		return nil, fmt.Errorf("mail.url: %w", err)
	}
	if p.paper, err = newPaper(site, o.Zone, o.Place); err != nil {
		return nil, err
	}
	if p.server, err = newServer(*o.Mail, o.Password); err != nil {
		return nil, fmt.Errorf("mail.%w", err)
	}
	return p, nil
}

// Wake says that something was queued. It never blocks.
func (p *Postman) Wake() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Health is how letters leave.
func (p *Postman) Health() Health { return p.health.now() }

// Run sends until ctx ends. What is under way then was sent and settled, or is
// taken again when its lease ends.
func (p *Postman) Run(ctx context.Context) error {
	ticker := time.NewTicker(lookEach)
	defer ticker.Stop()
	for {
		again, err := p.round(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			p.Log.LogAttrs(ctx, slog.LevelWarn, "letters wait", slog.Any("error", err))
		}
		if again {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-p.wake:
		case <-ticker.C:
		}
	}
}

// round sends what is due, and tells whether there may be more.
func (p *Postman) round(ctx context.Context) (again bool, err error) {
	now := p.Now()
	due, err := p.Queue.Lease(ctx, feed.ByMail, now, now.Add(leaseTime), batch)
	if err != nil || len(due) == 0 {
		return false, err
	}
	if p.server == nil { // kept for years and then sent, they would be no news
		return len(due) >= batch, p.settle(ctx, gone(due)...)
	}
	parcels, fates, err := p.sort(ctx, due, now)
	if err != nil {
		return false, err
	}
	if err := p.settle(ctx, fates...); err != nil {
		return false, err
	}
	return len(due) >= batch, p.carry(ctx, parcels)
}

func (p *Postman) settle(ctx context.Context, fates ...feed.Fate) error {
	if len(fates) == 0 {
		return nil
	}
	// What a server took is kept as taken, also while this program ends.
	return p.Queue.Settle(context.WithoutCancel(ctx), p.Now(), fates...)
}

// parcel is a letter and what it is of.
type parcel struct {
	letter *letter
	of     []feed.Dispatch
}

// sort puts each dispatch into a letter that leaves now, into a later digest, or
// away.
func (p *Postman) sort(ctx context.Context, due []feed.Dispatch, now time.Time) (parcels []*parcel, fates []feed.Fate, err error) {
	type bag struct {
		member feed.MemberID
		at     int64
	}
	digests := map[bag]*parcel{}
	for _, d := range due {
		plan, err := p.quiet.plan(ctx, d.To, d.What, now)
		switch {
		case err != nil:
			return nil, nil, err
		case plan.never:
			fates = append(fates, fate(d, feed.Fate{Gone: true}))
		case !d.Digest.IsZero():
			b := bag{d.To.ID, d.Digest.UnixMilli()}
			if digests[b] == nil {
				digests[b] = &parcel{}
				parcels = append(parcels, digests[b])
			}
			digests[b].of = append(digests[b].of, d)
		case !plan.digest.IsZero():
			fates = append(fates, fate(d, feed.Fate{Digest: plan.digest, Later: plan.digest}))
		default:
			parcels = append(parcels, &parcel{letter: p.paper.single(d), of: []feed.Dispatch{d}})
		}
	}
	for _, digest := range digests {
		digest.letter = p.paper.digest(digest.of)
	}
	return parcels, fates, nil
}

// carry sends the letters on one connection and settles each as soon as the
// server has answered: what is between the two when the power goes is sent
// again, as the same message.
func (p *Postman) carry(ctx context.Context, parcels []*parcel) error {
	if len(parcels) == 0 {
		return nil
	}
	line, err := p.server.dial(ctx)
	if err != nil {
		p.health.fail(p.Now(), err)
		for _, parcel := range parcels {
			if err := p.settle(ctx, p.later(parcel.of, err)...); err != nil {
				return err
			}
		}
		return err
	}
	defer func() { _ = line.Close() }() // it has taken what it answered to
	for _, parcel := range parcels {
		if ctx.Err() != nil {
			return nil
		}
		if err := p.settle(ctx, p.hand(line, parcel)...); err != nil {
			return err
		}
	}
	return nil
}

// hand gives one letter to the server.
func (p *Postman) hand(line *gomail.Client, parcel *parcel) []feed.Fate {
	_, err := p.server.send(line, p.paper, parcel.letter)
	var refused *refusal
	switch {
	case err == nil:
		p.health.sent(p.Now())
		return gone(parcel.of)
	case errors.As(err, &refused) && refused.good:
		p.health.refused()
		return dead(parcel.of, err)
	}
	p.health.fail(p.Now(), err)
	return p.later(parcel.of, err)
}

// later tries again after a pause that grows, and gives up in the end.
func (p *Postman) later(of []feed.Dispatch, err error) []feed.Fate {
	if of[0].Tries >= mostTries {
		p.health.refused()
		return dead(of, err)
	}
	due := p.Now().Add(pause(p.First, of[0].Tries))
	return fates(of, feed.Fate{Later: due, Fault: err.Error()})
}

// pause is how long to wait after so many tries.
func pause(first time.Duration, tries int) time.Duration {
	return min(first<<min(max(tries-1, 0), 16), longest)
}

func gone(of []feed.Dispatch) []feed.Fate { return fates(of, feed.Fate{Gone: true}) }

func dead(of []feed.Dispatch, err error) []feed.Fate {
	return fates(of, feed.Fate{Dead: true, Fault: err.Error()})
}

func fates(of []feed.Dispatch, f feed.Fate) []feed.Fate {
	out := make([]feed.Fate, 0, len(of))
	for _, d := range of {
		out = append(out, fate(d, f))
	}
	return out
}

func fate(d feed.Dispatch, f feed.Fate) feed.Fate {
	f.N, f.Revision = d.N, d.Revision
	return f
}

// Try sends a letter at once to somebody who wants to see it come, and says what
// happened.
func (p *Postman) Try(ctx context.Context, to feed.Recipient) feed.Tried {
	out := feed.Tried{Channel: feed.ByMail, To: to.Email, At: p.Now()}
	switch {
	case p.server == nil:
		out.Fault = feed.Text{FR: "Aucun serveur de messagerie n’est configuré sur ce site.", EN: "No mail server is configured on this site."}
		return out
	case to.Email == "":
		out.Fault = feed.Text{FR: "Votre adresse de messagerie n’est pas connue : demandez à un administrateur de l’ajouter.", EN: "Your mail address is not known: ask an administrator to add it."}
		return out
	}
	line, err := p.server.dial(ctx)
	if err != nil {
		out.Fault = feed.Text{FR: "Le serveur de messagerie ne répond pas, ou n’est pas celui qu’il prétend.", EN: "The mail server does not answer, or is not who it claims to be."}
		out.Detail = err.Error()
		return out
	}
	defer func() { _ = line.Close() }() // it has answered
	if out.Answer, err = p.server.send(line, p.paper, p.paper.trial(to, p.Now())); err != nil {
		out.Fault = feed.Text{FR: "Le serveur de messagerie refuse le message.", EN: "The mail server refuses the message."}
		out.Detail = err.Error()
	}
	return out
}
