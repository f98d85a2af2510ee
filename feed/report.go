package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Draft is what a person wants to post.
type Draft struct {
	Kind      Kind
	Territory Path
	Asset     Path // machine, for a quality or speed point; optional
	Text      string
	SKU       string // article, for StockOut, PhantomStock, SellingWell and PricePoint
	Photos    []Picture
	Help      *Help  // of HelpWanted
	From      PostID // that it is born of; empty: of none

	For      *Population // of a publication: or question: to whom it is put; nil: to those of the territory
	Expires  time.Time   // of a publication; zero: at the end of the week
	Poll     *Poll       // choices to vote on
	Deadline time.Time   // of a question: until when an answer is waited for

	typed time.Time // when it was written, where that is not now
}

// form says what each kind of person's post is made of.
type form struct {
	topic    Topic
	severity Severity
	article  bool          // needs a SKU and joins the open post about it
	group    bool          // may stand in a group
	publish  bool          // is put to a population, for a while
	longest  time.Duration // that it is put, of a publication
	title    Text          // when the person wrote nothing
}

var forms = map[Kind]form{
	QualityPoint: {topic: Quality, severity: Minor},
	SpeedPoint:   {topic: Speed, severity: Minor},
	StopPoint:    {topic: Stop, severity: Major},
	Shortage:     {topic: Material, severity: Minor},
	SafetyPoint:  {topic: Safety, severity: Major},
	OtherPoint:   {topic: Other, severity: Minor},
	HelpWanted:   {topic: Life, severity: Minor},
	Idea:         {topic: Ideas, severity: Info, group: true},
	Question:     {topic: Life, severity: Info, group: true},
	Note:         {topic: Life, severity: Info, group: true},
	Announcement: {topic: Life, severity: Info, group: true, publish: true, longest: 90 * day},
	MustRead:     {topic: Life, severity: Info, group: true, publish: true, longest: 30 * day},
	StockOut: {
		topic: Stock, severity: Minor, article: true,
		title: Text{FR: "Rupture signalée : {article}", EN: "Reported out of stock: {article}"},
	},
	PhantomStock: {
		topic: Stock, severity: Minor, article: true,
		title: Text{FR: "Faux stock signalé : {article}", EN: "Reported phantom stock: {article}"},
	},
	PricePoint: {
		topic: Price, severity: Minor, article: true,
		title: Text{FR: "Prix ou étiquette : {article}", EN: "Price or label: {article}"},
	},
	SellingWell: {
		topic: Sales, severity: Info, article: true,
		title: Text{FR: "Ça marche : {article}", EN: "Selling well: {article}"},
	},
}

// Report posts a draft. A report on an article that already has an open post of
// the same topic in its store joins that post instead: joined is then true. Sent
// again under the same key, it gives the post that was made first.
func (s *Service) Report(ctx context.Context, m Member, d Draft) (post *Post, joined bool, err error) {
	d.Text, d.SKU = Harmless(d.Text), strings.TrimSpace(d.SKU)
	f, err := d.check()
	if err != nil {
		return nil, false, err
	}
	if d.Kind == HelpWanted {
		if d.Help == nil {
			d.Help = &Help{}
		}
		if err := d.Help.check(s.now()); err != nil {
			return nil, false, err
		}
	}
	sent, err := newRequest(ctx, m, append(d.what(), d.publication()...)...)
	if err != nil {
		return nil, false, err
	}
	err = s.repo.InTx(ctx, func(tx Tx) error {
		if err := d.allow(m, f); err != nil {
			return err
		}
		r := sent
		known, err := r.recall(ctx, tx)
		switch {
		case err != nil:
			return err
		case known:
			joined = r.Joined
			post, err = tx.Post(ctx, r.Post)
			return err
		}
		if err := abide(ctx, tx, m, Report, d.Territory, s.now().UTC()); err != nil {
			return err
		}
		if post, joined, err = s.report(ctx, tx, m, d, f); err != nil {
			return err
		}
		r.Post, r.Joined = post.ID, joined
		return r.keep(ctx, tx)
	})
	if err != nil {
		return nil, false, err
	}
	return post, joined, nil
}

// what is all that the draft says: what makes two of them the same.
func (d *Draft) what() []string {
	what := append([]string{"report", string(d.Kind), string(d.Territory), string(d.Asset), d.SKU, d.Text}, sums(d.Photos)...)
	if d.From != "" {
		what = append(what, string(d.From))
	}
	if d.Help != nil {
		what = append(what, d.Help.Skill, strconv.FormatBool(d.Help.Learners))
	}
	return what
}

// report joins the open post about the article of d, or makes one.
func (s *Service) report(ctx context.Context, tx Tx, m Member, d Draft, f form) (post *Post, joined bool, err error) {
	tree, err := tx.Tree(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("territory tree: %w", err)
	}
	if err := d.stands(tree); err != nil {
		return nil, false, err
	}
	at := s.now().UTC()
	if err := d.address(f, at); err != nil {
		return nil, false, err
	}
	if d.typed, err = SentWith(ctx).typed(at); err != nil {
		return nil, false, err
	}
	if f.article {
		post, err = tx.OpenOn(ctx, tree.StoreOf(d.Territory), d.SKU, f.topic)
		if err != nil {
			return nil, false, fmt.Errorf("open post on %s: %w", d.SKU, err)
		}
		if post != nil {
			return post, true, s.join(ctx, tx, m, post, d, at)
		}
	}
	if err := d.source(ctx, tx, m); err != nil {
		return nil, false, err
	}
	post = d.post(m, f, tree, at)
	if err := nameArticle(ctx, tx, post); err != nil {
		return nil, false, err
	}
	if err := heed(ctx, tx, post, at); err != nil {
		return nil, false, err
	}
	if err := tx.Save(ctx, post); err != nil {
		return nil, false, fmt.Errorf("save post: %w", err)
	}
	if err := keepPhotos(ctx, tx, post.ID, "", post.Photos, d.Photos, at); err != nil {
		return nil, false, err
	}
	if err := tx.Log(ctx, Entry{Post: post.ID, Kind: Opened, At: at, TypedAt: d.typed, Author: post.Author}); err != nil {
		return nil, false, err
	}
	if f.article {
		if _, err := tx.MeToo(ctx, post.ID, m.ID); err != nil {
			return nil, false, err
		}
	}
	if post.Kind == HelpWanted {
		if err := s.call(ctx, tx, post, at); err != nil {
			return nil, false, err
		}
		if err := tx.Save(ctx, post); err != nil {
			return nil, false, fmt.Errorf("save post: %w", err)
		}
	}
	if err := spread(ctx, tx, post, at); err != nil {
		return nil, false, err
	}
	if f.publish {
		return post, false, put(ctx, tx, post, at)
	}
	if err := s.start(ctx, tx, m, post, d); err != nil {
		return nil, false, err
	}
	return post, false, s.tellShelf(ctx, tx, post, "empty", at)
}

// source checks that m sees the post that the draft is born of.
func (d *Draft) source(ctx context.Context, tx Tx, m Member) error {
	if d.From == "" {
		return nil
	}
	from, err := tx.Post(ctx, d.From)
	if err == nil && !m.Scope().Sees(from) {
		err = ErrNotFound
	}
	return err
}

// nameArticle calls the article of p what the ERP calls it.
func nameArticle(ctx context.Context, tx Tx, p *Post) error {
	if p.SKU == "" {
		return nil
	}
	a, err := tx.Article(ctx, p.Store, p.SKU)
	if err == nil && a != nil {
		p.Values["article"] = a.Label
	}
	return err
}

// join adds m's report to the post that is already there.
func (s *Service) join(ctx context.Context, tx Tx, m Member, p *Post, d Draft, at time.Time) error {
	added, err := tx.MeToo(ctx, p.ID, m.ID)
	if err != nil {
		return err
	}
	if added {
		p.MeToo++
	}
	spoken := d.Text != "" || len(d.Photos) > 0
	if spoken {
		c := &Comment{ID: CommentID(newID(at)), Post: p.ID, Author: person(m), Text: d.Text, At: at, TypedAt: d.typed}
		if err := say(ctx, tx, p, c, d.Photos); err != nil {
			return err
		}
	}
	if !added && !spoken {
		return nil
	}
	p.UpdatedAt = at
	if err := tx.Save(ctx, p); err != nil {
		return fmt.Errorf("save post %s: %w", p.ID, err)
	}
	if err := tx.Log(ctx, Entry{Post: p.ID, Kind: Joined, At: at, TypedAt: d.typed, Author: person(m), Text: d.Text}); err != nil {
		return err
	}
	return s.tellShelf(ctx, tx, p, "empty", at)
}

// tellShelf queues what m's act says of a shelf, for the rules that compare it
// with the ERP's stock.
func (s *Service) tellShelf(ctx context.Context, tx Tx, p *Post, state string, at time.Time) error {
	if p.SKU == "" || p.Topic != Stock {
		return nil
	}
	body, err := json.Marshal(ShelfReport{Post: p.ID, Store: p.Store, Aisle: p.Territory, SKU: p.SKU, State: state, At: at})
	if err != nil {
		return err
	}
	return tx.Emit(ctx, Outgoing{ID: newID(at), Kind: "shelf", Payload: body, At: at})
}

func (d *Draft) check() (form, error) {
	f, ok := forms[d.Kind]
	switch {
	case !ok:
		return form{}, Refuse(Invalid, "Le type « {kind} » ne peut pas être publié par une personne.", "The kind “{kind}” cannot be posted by a person.").
			With(Values{"kind": string(d.Kind)})
	case d.Territory == "":
		return form{}, Refuse(Invalid, "Indiquez le territoire.", "Say which territory.")
	case f.article && d.SKU == "":
		return form{}, Refuse(Invalid, "Indiquez l’article (code EAN ou référence).", "Say which article (EAN or reference).")
	case utf8.RuneCountInString(d.SKU) > MaxSKU:
		return form{}, Refuse(Invalid, "La référence dépasse {limit} caractères.", "The reference is longer than {limit} characters.").
			With(Values{"limit": float64(MaxSKU)})
	case d.Asset != "" && !d.Asset.Within(d.Territory):
		return form{}, Refuse(Invalid, "Cette machine n’est pas dans ce territoire.", "That machine is not in this territory.")
	}
	if err := checkPhotos(d.Photos); err != nil {
		return form{}, err
	}
	if err := d.checkPublication(f); err != nil {
		return form{}, err
	}
	if d.Text != "" || !f.article {
		return f, checkText(d.Text, MaxText, Text{FR: "Le texte", EN: "The text"})
	}
	return f, nil
}

func (d *Draft) post(m Member, f form, tree *Tree, at time.Time) *Post {
	p := &Post{
		ID: PostID(newID(at)), Kind: d.Kind, Topic: f.topic, State: New, Severity: f.severity,
		Territory: d.Territory, Asset: d.Asset, Author: person(m), Text: d.Text,
		Occurrences: 1, OpenedAt: at, Since: at, UpdatedAt: at, BumpedAt: at,
		TypedAt: d.typed, Photos: photos(d.Photos, at), Talk: d.talk(),
	}
	if f.article {
		p.Store, p.SKU, p.MeToo = tree.StoreOf(d.Territory), d.SKU, 1
		p.Title, p.Values = f.title, Values{"article": d.SKU}
	}
	return p
}
