package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/connectors/plantsim"
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// crew is the colleagues of whoever tries the demo: they comment, take, resolve
// and report as people of this plant and store would, so that a newcomer meets
// a place that lives. They cannot sign in.
type crew struct {
	app   *app
	plant *plantsim.Plant
	aisle map[string]string // of an article, by EAN

	stage    map[feed.PostID]int
	reported map[string]bool // planted phantom stock that was reported, by EAN
	said     int             // how many of the small talk
	nextTalk time.Time
}

var (
	nadia = feed.Member{ID: "nadia", Name: "Nadia Haddad", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Lead}}}
	yanis = feed.Member{ID: "yanis", Name: "Yanis Morel", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}}}
	hugo  = feed.Member{ID: "hugo", Name: "Hugo Petit", Lang: feed.French, Grants: []feed.Grant{{Territory: "villeurbanne", Role: feed.Staff}}}
)

func newCrew(a *app, plant *plantsim.Plant) *crew {
	c := &crew{app: a, plant: plant, aisle: map[string]string{}, stage: map[feed.PostID]int{}, reported: map[string]bool{}}
	for _, article := range plant.Articles() {
		c.aisle[article.EAN] = article.Aisle
	}
	return c
}

// addCrew makes the colleagues known.
func addCrew(ctx context.Context, s *store.Store) error {
	for _, m := range []feed.Member{nadia, yanis, hugo} {
		if err := s.AddMember(ctx, m, ""); err != nil {
			return fmt.Errorf("demo colleague %s: %w", m.ID, err)
		}
	}
	return nil
}

// pointLife is for how long a point that somebody raised waits for its answer.
const pointLife = 40 * time.Minute

// busy is how much later than usual colleagues come now and then.
const busy = 4 * time.Minute

// habit is what colleagues do with a kind of post, and how soon. In history
// they see a post through; live they leave time to whoever tries the demo. Why
// it was and what they did is one of the answers that its rule offers.
type habit struct {
	talker, solver feed.Member
	says           []string
}

var habits = map[feed.Topic]habit{
	feed.Quality:     {yanis, nadia, []string{"Je vois la buse 4 qui goutte.", "Même dérive qu’hier, après le changement de format.", "J’ai isolé deux palettes, à contrôler."}},
	feed.Stop:        {yanis, nadia, []string{"Cellule d’entrée sale, je nettoie.", "Défaut variateur, j’appelle la maintenance.", "Bourrage à l’entrée, je dégage."}},
	feed.Speed:       {yanis, nadia, []string{"Elle reprend tout doucement."}},
	feed.Maintenance: {yanis, nadia, []string{"Le coffret réseau clignote orange."}},
	feed.Stock:       {hugo, hugo, []string{"Rien en réserve, livraison demain 6 h 30.", "J’ai regardé en réserve : deux cartons mal rangés.", "Étiquette présente, rayon vide."}},
	feed.Sales:       {hugo, hugo, []string{"Les clients viennent pour la recette de la télé.", "Je double la place en rayon."}},
}

// act is one look at the feed in history.
func (c *crew) act(ctx context.Context, at time.Time) error {
	if err := c.answer(ctx, at, time.Minute, 2*time.Minute, 4*time.Minute); err != nil {
		return err
	}
	if err := c.reportPhantoms(ctx, at, 10*time.Minute); err != nil {
		return err
	}
	return c.talk(ctx, at, 100*time.Minute)
}

// Live, colleagues look at the feed every few seconds. The first point they
// raise comes soon, for a newcomer's first minute.
const (
	crewLook  = 3 * time.Second
	firstTalk = 15 * time.Second
)

// live acts until ctx ends. A refusal, such as a post that ended meanwhile, is
// life, not a fault.
func (c *crew) live(ctx context.Context) error {
	began := time.Now()
	c.nextTalk = began.Add(firstTalk)
	look := time.NewTicker(crewLook)
	defer look.Stop()
	for {
		var at time.Time
		select {
		case <-ctx.Done():
			return nil
		case at = <-look.C:
		}
		_ = c.answer(ctx, at, 25*time.Second, 5*time.Minute, 8*time.Minute)
		_ = c.reportPhantoms(ctx, at, crewLook)
		_ = c.talk(ctx, at, 9*time.Minute)
	}
}

// answer comments on, takes and resolves what is open, each after its time.
func (c *crew) answer(ctx context.Context, at time.Time, comment, take, resolve time.Duration) error {
	all := feed.Scope{Roots: []feed.Path{"lyon", "villeurbanne"}}
	page, err := c.app.store.Feed(ctx, all, feed.Query{State: feed.AnyOpen, Limit: feed.MaxPage})
	if err != nil {
		return err
	}
	for _, p := range page.Posts {
		switch p.Kind {
		case feed.QualityPoint, feed.SpeedPoint:
			err = c.settle(ctx, p, at)
		case feed.GoodNews:
			err = c.cheer(ctx, p)
		case feed.Alert, feed.StockOut, feed.PhantomStock, feed.SellingWell:
			err = c.see(ctx, p, at, comment, take, resolve)
		}
		if err != nil && feed.ProblemOf(err) == feed.Internal {
			return err
		}
	}
	return nil
}

// settle answers a point that somebody raised, after its time.
func (c *crew) settle(ctx context.Context, p *feed.Post, at time.Time) error {
	if at.Sub(p.OpenedAt) < pointLife {
		return nil
	}
	_, err := c.app.service.Resolve(ctx, nadia, p.ID, "Réglage fait", "")
	return err
}

// cheer is what good news gets, once.
func (c *crew) cheer(ctx context.Context, p *feed.Post) error {
	if c.stage[p.ID] > 0 {
		return nil
	}
	c.stage[p.ID] = 1
	if _, err := c.app.service.React(ctx, yanis, p.ID, feed.Like, true); err != nil {
		return err
	}
	_, err := c.app.service.Comment(ctx, nadia, p.ID, "", "Bravo à l’équipe, on garde ce réglage.")
	return err
}

// see sees a post through: one colleague comments, another takes and resolves
// it.
func (c *crew) see(ctx context.Context, p *feed.Post, at time.Time, comment, take, resolve time.Duration) (err error) {
	h, ok := habits[p.Topic]
	if !ok {
		return nil
	}
	age, n := at.Sub(p.OpenedAt), int(p.OpenedAt.Unix()/10) // the history's clock beats every ten seconds
	if n%4 == 0 {                                           // they are busy elsewhere: somebody has to be asked
		take, resolve = take+busy, resolve+busy
	}
	switch s := c.stage[p.ID]; {
	case s == 0 && age >= comment:
		c.stage[p.ID] = 1
		_, err = c.app.service.Comment(ctx, h.talker, p.ID, "", h.says[n%len(h.says)])
	case s == 1 && age >= take && p.State == feed.New:
		c.stage[p.ID] = 2
		_, err = c.app.service.Take(ctx, h.solver, p.ID)
	case s == 2 && age >= resolve && p.Taker.Member == h.solver.ID:
		c.stage[p.ID] = 3
		_, err = c.app.service.Resolve(ctx, h.solver, p.ID, oneOf(p.Causes, n), oneOf(p.Actions, n))
	}
	return err
}

// oneOf is one of the answers that a rule offers.
func oneOf(offered []feed.Text, n int) string {
	if len(offered) == 0 {
		return "Réglage fait"
	}
	return offered[n%len(offered)].FR
}

// reportPhantoms reports the shelves that are empty while the ERP counts some,
// when they have been so for a while.
func (c *crew) reportPhantoms(ctx context.Context, at time.Time, after time.Duration) error {
	for _, f := range c.plant.Faults() {
		if f.Kind != plantsim.Phantom || c.reported[f.SKU] || at.Sub(f.From) < after || at.After(f.To) {
			continue
		}
		c.reported[f.SKU] = true
		if err := c.reportEmpty(ctx, f.SKU); err != nil {
			return err
		}
	}
	return nil
}

// emptyShelf is what colleagues say of one.
var emptyShelf = []string{"Rayon vide, l’étiquette y est.", "Plus rien en façade.", "Il n’en reste plus en rayon, je n’ai pas vu la réserve."}

func (c *crew) reportEmpty(ctx context.Context, ean string) error {
	_, _, err := c.app.service.Report(ctx, hugo, feed.Draft{
		Kind: feed.StockOut, Territory: feed.Path("villeurbanne/" + c.aisle[ean]), SKU: ean, Text: emptyShelf[len(c.reported)%len(emptyShelf)],
	})
	return err
}

// smallTalk is what people raise by themselves.
var smallTalk = []struct {
	who   feed.Member
	draft feed.Draft
	reply string
}{
	{yanis, feed.Draft{Kind: feed.QualityPoint, Territory: "lyon/bottling/line-3", Asset: "lyon/bottling/line-3/filler-1", Text: "Bouchons de travers en sortie, un sur cent environ."}, "Vu, je règle le guide à la pause."},
	{nadia, feed.Draft{Kind: feed.Idea, Territory: "lyon/bottling/line-3", Text: "Présélectionner les formats sur l’étiqueteuse : dix minutes gagnées à chaque changement."}, "Oui ! On perd du temps à chaque fois."},
	{hugo, feed.Draft{Kind: feed.Idea, Territory: "villeurbanne/epicerie-sucree", Text: "Mettre le sirop à côté de l’eau gazeuse le week-end."}, "À essayer samedi."},
	{yanis, feed.Draft{Kind: feed.SpeedPoint, Territory: "lyon/bottling/line-3", Asset: "lyon/bottling/line-3/labeller", Text: "L’étiqueteuse ralentit dès que la bobine est presque finie."}, "Je regarde le frein de bobine."},
	{hugo, feed.Draft{Kind: feed.SellingWell, Territory: "villeurbanne/boissons", SKU: "", Text: "Les boissons fraîches partent très vite cet après-midi."}, ""},
}

// talk raises the next point when its time has come, and lets a colleague
// answer and react.
func (c *crew) talk(ctx context.Context, at time.Time, every time.Duration) error {
	if c.nextTalk.IsZero() {
		c.nextTalk = at.Add(every / 2)
	}
	if at.Before(c.nextTalk) {
		return nil
	}
	c.nextTalk = at.Add(every)
	t := smallTalk[c.said%len(smallTalk)]
	c.said++
	for t.draft.Kind == feed.Idea { // one has an idea once, whatever became of it
		had, err := c.app.proposed(ctx, t.who, t.draft.Text)
		if err != nil {
			return err
		}
		if !had {
			break
		}
		t = smallTalk[c.said%len(smallTalk)]
		c.said++
	}
	if t.draft.Kind == feed.SellingWell {
		t.draft.SKU = c.plant.Articles()[0].EAN
		t.draft.Territory = feed.Path("villeurbanne/" + c.plant.Articles()[0].Aisle)
	}
	p, _, err := c.app.service.Report(ctx, t.who, t.draft)
	if err != nil || t.reply == "" {
		return err
	}
	replier := nadia
	if t.who.ID == hugo.ID {
		replier = demoPeople[2].Member
	}
	if _, err := c.app.service.Comment(ctx, replier, p.ID, "", t.reply); err != nil {
		return err
	}
	_, err = c.app.service.React(ctx, replier, p.ID, feed.Useful, true)
	return err
}
