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

// habit is what colleagues do with a kind of post, and how soon. In history
// they see a post through; live they leave time to whoever tries the demo.
type habit struct {
	talker, solver feed.Member
	says           []string
	causes         []string
}

var habits = map[feed.Topic]habit{
	feed.Quality: {
		yanis, nadia,
		[]string{"Je vois la buse 4 qui goutte.", "Même dérive qu’hier, après le changement de format.", "J’ai isolé deux palettes, à contrôler."},
		[]string{"Buse 4 resserrée", "Buse nettoyée", "Tarage refait"},
	},
	feed.Stop: {
		yanis, nadia,
		[]string{"Cellule d’entrée sale, je nettoie.", "Défaut variateur, j’appelle la maintenance.", "Bourrage à l’entrée, je dégage."},
		[]string{"Cellule nettoyée", "Variateur réarmé", "Bourrage dégagé"},
	},
	feed.Maintenance: {
		yanis, nadia,
		[]string{"Le coffret réseau clignote orange."},
		[]string{"Câble réseau rebranché"},
	},
	feed.Stock: {
		hugo, hugo,
		[]string{"Rien en réserve, livraison demain 6 h 30.", "J’ai regardé en réserve : deux cartons mal rangés.", "Étiquette présente, rayon vide."},
		[]string{"Remis en rayon", "Retrouvé en réserve"},
	},
	feed.Sales: {
		hugo, hugo,
		[]string{"Les clients viennent pour la recette de la télé.", "Je double la place en rayon."},
		[]string{"Place en rayon doublée"},
	},
}

// act is one look at the feed in history.
func (c *crew) act(ctx context.Context, at time.Time) error {
	if err := c.answer(ctx, at, time.Minute, 3*time.Minute, 6*time.Minute); err != nil {
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
		if p.Kind == feed.QualityPoint || p.Kind == feed.SpeedPoint {
			if at.Sub(p.OpenedAt) < pointLife {
				continue
			}
			if _, err := c.app.service.Resolve(ctx, nadia, p.ID, "Réglage fait", ""); err != nil {
				return err
			}
			continue
		}
		h, ok := habits[p.Topic]
		if !ok || p.Kind == feed.Idea {
			continue
		}
		age, n := at.Sub(p.OpenedAt), int(p.OpenedAt.Unix())
		switch s := c.stage[p.ID]; {
		case s == 0 && age >= comment:
			c.stage[p.ID] = 1
			_, err = c.app.service.Comment(ctx, h.talker, p.ID, "", h.says[n%len(h.says)], "")
		case s == 1 && age >= take && p.State == feed.New:
			c.stage[p.ID] = 2
			_, err = c.app.service.Take(ctx, h.solver, p.ID)
		case s == 2 && age >= resolve && p.Taker.Member == h.solver.ID:
			c.stage[p.ID] = 3
			_, err = c.app.service.Resolve(ctx, h.solver, p.ID, h.causes[n%len(h.causes)], "")
		}
		if err != nil && feed.ProblemOf(err) == feed.Internal {
			return err
		}
	}
	return nil
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
	if _, err := c.app.service.Comment(ctx, replier, p.ID, "", t.reply, ""); err != nil {
		return err
	}
	_, err = c.app.service.React(ctx, replier, p.ID, feed.Useful, true)
	return err
}
