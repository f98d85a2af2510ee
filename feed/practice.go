package feed

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// CardDraft is what a person says in a good practice.
type CardDraft struct {
	Cause  string
	Action string    // what helped
	Text   string    // one's own words, may be empty
	Wide   bool      // for all that stands where the post stands, not for its machine alone
	Photos []PhotoID // of the post and what was said of it, that go with the card
}

func (d *CardDraft) check() error {
	d.Cause, d.Action, d.Text = oneLine(d.Cause), oneLine(d.Action), strings.TrimSpace(Harmless(d.Text))
	if err := checkText(d.Cause, MaxCause, Text{FR: "La cause", EN: "The cause"}); err != nil {
		return err
	}
	if err := checkText(d.Action, MaxAction, Text{FR: "Ce qui a aidé", EN: "What helped"}); err != nil {
		return err
	}
	if len(d.Photos) > MaxPhotos {
		return Refuse(Invalid, "Joignez {limit} photos au plus.", "Attach {limit} photos at most.").With(Values{"limit": float64(MaxPhotos)})
	}
	if d.Text == "" {
		return nil
	}
	return checkText(d.Text, MaxText, Text{FR: "Le texte", EN: "The text"})
}

// oneLine is harmless words on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(Harmless(s)), " ") }

// what is all that the draft says: what makes two of them the same.
func (d *CardDraft) what() []string {
	what := []string{d.Cause, d.Action, d.Text, strconv.FormatBool(d.Wide)}
	for _, id := range d.Photos {
		what = append(what, string(id))
	}
	return what
}

// Capitalise makes a good practice of a post that was solved. It returns the
// solved post; the card is a post of its own, where that one stands.
func (s *Service) Capitalise(ctx context.Context, m Member, id PostID, d CardDraft) (*Post, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	return s.change(ctx, m, Write.to("practice", d.what()...), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		switch card, err := tx.CardOf(ctx, id); {
		case err != nil:
			return nil, fmt.Errorf("card of %s: %w", id, err)
		case card != "":
			return nil, errHasCard
		case !p.Teaches():
			return nil, errUnsolved
		}
		card := d.post(m, p, at)
		if err := heed(ctx, tx, card, at); err != nil {
			return nil, err
		}
		if err := tx.Save(ctx, card); err != nil {
			return nil, fmt.Errorf("save post %s: %w", card.ID, err)
		}
		if err := d.illustrate(ctx, tx, p, card, at); err != nil {
			return nil, err
		}
		if err := track(ctx, tx, card); err != nil {
			return nil, err
		}
		// Who reads the solved post may not read the card: no word of it is told there.
		return &Entry{Kind: BecameCard}, tx.Log(ctx, Entry{Post: card.ID, Kind: BecameCard, At: at, Author: card.Author})
	})
}

// post is the card of a solved post. It asks nothing of anybody, so it is closed.
func (d *CardDraft) post(m Member, of *Post, at time.Time) *Post {
	wrong, values := of.Title, of.Values
	if wrong.IsZero() {
		line := of.headline()
		wrong, values = Text{FR: "{line}", EN: "{line}"}, Values{"line": line}
	}
	p := &Post{
		ID: PostID(newID(at)), Kind: Practice, Topic: of.Topic, State: Closed, Severity: Info,
		Territory: of.Territory, Store: of.Store, SKU: of.SKU, Author: person(m),
		Occurrences: 1, OpenedAt: at, Since: at, UpdatedAt: at, BumpedAt: at, ClosedAt: at,
		Talk: &Talk{From: of.ID, Card: &Card{SKU: of.SKU, Rule: of.Rule(), Wrong: wrong, Values: values}},
	}
	d.write(m, p, of, at)
	return p
}

// write puts the draft into a card. Whoever writes it says that it holds.
func (d *CardDraft) write(m Member, p, of *Post, at time.Time) {
	c := p.Talk.Card
	c.Cause, c.Action, c.Confirmed, c.By, c.Before = d.Cause, d.Action, at, person(m), nil
	p.Text, p.Asset, c.Asset = d.Text, of.Asset, of.About()
	if d.Wide {
		p.Asset, c.Asset = "", of.Territory
	}
	if c.SKU != "" {
		c.Asset = of.Store
	}
	p.Title = Text{FR: "{cause} : {action}", EN: "{cause}: {action}"}
	p.Values = Values{"cause": d.Cause, "action": d.Action}
}

// illustrate copies the photos that were chosen: the card keeps them, whatever
// becomes of the post.
func (d *CardDraft) illustrate(ctx context.Context, tx Tx, of, card *Post, at time.Time) error {
	if len(d.Photos) == 0 {
		return nil
	}
	thread, err := tx.Thread(ctx, of.ID)
	if err != nil {
		return fmt.Errorf("thread of %s: %w", of.ID, err)
	}
	shown := slices.Clone(of.Photos)
	for i := range thread {
		if thread[i].Shown() {
			shown = append(shown, thread[i].Photos...)
		}
	}
	for _, id := range d.Photos {
		i := slices.IndexFunc(shown, func(p Photo) bool { return p.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		own := shown[i]
		own.ID = PhotoID(newID(at))
		if err := tx.CopyPhoto(ctx, id, StoredPhoto{ID: own.ID, Post: card.ID, At: at}); err != nil {
			return fmt.Errorf("copy photo %s to %s: %w", id, card.ID, err)
		}
		card.Photos = append(card.Photos, own)
	}
	return tx.Save(ctx, card)
}

// track has the card found where it fits, and asked about when it has aged.
func track(ctx context.Context, tx Tx, p *Post) error {
	ask := time.Time{}
	if c := p.card(); !c.Retired {
		ask = c.Confirmed.Add(CardAge)
	}
	if err := tx.SaveCard(ctx, p, ask); err != nil {
		return fmt.Errorf("track card %s: %w", p.ID, err)
	}
	return nil
}

// RewriteCard changes what a card says. What it said before is kept, and its
// photos stay.
func (s *Service) RewriteCard(ctx context.Context, m Member, id PostID, d CardDraft) (*Post, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	what := Write.to("rewrite-card", d.what()...)
	t, err := s.perform(ctx, m, what, id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		p := t.post
		if err := p.mayTend(m); err != nil {
			return nil, err
		}
		of, err := tx.Post(ctx, p.Talk.From)
		if err != nil {
			return nil, fmt.Errorf("what card %s was made of: %w", id, err)
		}
		c := p.card()
		before := Version{Post: id, Text: strings.TrimSpace(c.Cause + " : " + c.Action + "\n" + p.Text), At: t.at}
		var edited time.Time
		entry, err := t.mark(ctx, tx, before, p.OpenedAt, &edited)
		if err != nil {
			return nil, err
		}
		d.write(m, p, of, t.at)
		if !edited.IsZero() {
			p.Talk.EditedAt = edited
		}
		if err := reheed(ctx, tx, p, t.at); err != nil {
			return nil, err
		}
		if err := retold(ctx, tx, p); err != nil {
			return nil, err
		}
		if err := tx.Clear(ctx, cardKey(id)); err != nil {
			return nil, err
		}
		return entry, track(ctx, tx, p)
	})
	if err != nil {
		return nil, err
	}
	return t.post, nil
}

var (
	errHasCard  = Refuse(Conflict, "Cette publication a déjà sa fiche de bonne pratique.", "This post has its good-practice card already.")
	errUnsolved = Refuse(Conflict, "Une fiche se tire d’un problème résolu, avec sa cause.", "A card is made of a solved problem, with its cause.")
)
