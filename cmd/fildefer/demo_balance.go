package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Weeks of the demo before its simulated past: first as a ghost, then with people,
// so that its first report has something to be compared with.
const (
	ghostWeeks = 3
	openWeeks  = 7
)

// demoCosts are what losses cost at the plant and in the store.
var demoCosts = []feed.Cost{
	{Territory: "lyon", Minute: 18, Part: 0.12, Currency: "EUR"},
	{Territory: "villeurbanne", ShelfEmpty: 0.6, Currency: "EUR"},
}

// bygone is a kind of post that came up week after week.
type bygone struct {
	rule     string
	kind     feed.Kind
	topic    feed.Topic
	severity feed.Severity
	place    feed.Path
	assets   []string // below the place
	names    []string
	weekly   int
	title    feed.Text
	causes   []feed.Text // the first are the most frequent
	people   []feed.Author
	erp      bool
}

func teammate(id feed.MemberID, name string) feed.Author {
	return feed.Author{Kind: feed.ByPerson, Name: name, Member: id}
}

// demoBygones are the posts of an ordinary week.
func demoBygones() []bygone {
	line := []feed.Author{teammate("operator", "Karim Benali"), teammate("paul", "Paul Girard"), teammate("awa", "Awa Diallo"), teammate("bruno", "Bruno Picard"), teammate("ines", "Inès Moreau")}
	presses := []feed.Author{teammate("tomas", "Tomas Novak"), teammate("julie", "Julie Lambert"), teammate("bruno", "Bruno Picard")}
	store := []feed.Author{teammate("staff", "Léa Martin"), teammate("sarah", "Sarah Cohen"), teammate("lucas", "Lucas Faure"), teammate("fatou", "Fatou Ndiaye"), teammate("marc", "Marc Dubois")}
	fillers := []string{"Remplisseuse 1", "Remplisseuse 2"}
	return []bygone{
		{
			rule: "weight-low", kind: feed.Alert, topic: feed.Quality, severity: feed.Critical, place: "lyon/bottling/line-3", assets: []string{"filler-1", "filler-2"}, names: fillers,
			weekly: 16, title: feed.Text{FR: "{asset} : poids trop faible", EN: "{asset}: weight too low"}, causes: []feed.Text{{FR: "Buse encrassée", EN: "Clogged nozzle"}, {FR: "Buse usée", EN: "Worn nozzle"}, {FR: "Peseuse à tarer", EN: "Checkweigher to be tared"}}, people: line,
		},
		{
			rule: "line-stopped", kind: feed.Alert, topic: feed.Stop, severity: feed.Major, place: "lyon/bottling/line-3", assets: []string{"blower", "labeller", "wrapper"}, names: []string{"Souffleuse", "Étiqueteuse", "Fardeleuse"},
			weekly: 24, title: feed.Text{FR: "{asset} à l’arrêt", EN: "{asset} stopped"}, causes: []feed.Text{{FR: "Préforme coincée", EN: "Preform stuck"}, {FR: "Film cassé", EN: "Film torn"}, {FR: "Fin de bobine", EN: "End of reel"}, {FR: "Cellule sale", EN: "Dirty sensor"}}, people: line,
		},
		{
			rule: "filler-slow", kind: feed.Alert, topic: feed.Speed, severity: feed.Minor, place: "lyon/bottling/line-3", assets: []string{"filler-1", "filler-2"}, names: fillers,
			weekly: 9, title: feed.Text{FR: "{asset} ralentit", EN: "{asset} slows down"}, causes: []feed.Text{{FR: "Bouteilles qui manquent", EN: "Bottles missing"}, {FR: "Cadence réduite", EN: "Pace reduced"}}, people: line,
		},
		{
			rule: "press-stopped", kind: feed.Alert, topic: feed.Stop, severity: feed.Minor, place: "lyon/presses", assets: []string{"press-3", "press-4"}, names: []string{"Presse 3", "Presse 4"},
			weekly: 8, title: feed.Text{FR: "{asset} à l’arrêt", EN: "{asset} stopped"}, causes: []feed.Text{{FR: "Barrière optique", EN: "Light curtain"}, {FR: "Pièce coincée", EN: "Part stuck"}, {FR: "Défaut variateur", EN: "Drive fault"}}, people: presses,
		},
		{
			rule: "shelf", kind: feed.StockOut, topic: feed.Stock, severity: feed.Minor, place: "villeurbanne/epicerie-sucree", names: []string{"Chocolat noir 70 %", "Miel de fleurs", "Biscuits sablés"},
			weekly: 7, title: feed.Text{FR: "Rupture : {asset}", EN: "Out of stock: {asset}"}, causes: []feed.Text{{FR: "En réserve", EN: "In the back room"}, {FR: "Livraison en retard", EN: "Late delivery"}, {FR: "Stock faux", EN: "Wrong stock"}}, people: store, erp: true,
		},
		{
			rule: "shelf", kind: feed.StockOut, topic: feed.Stock, severity: feed.Minor, place: "villeurbanne/boissons", names: []string{"Eau gazeuse 6 × 1 l", "Jus de pomme"},
			weekly: 5, title: feed.Text{FR: "Rupture : {asset}", EN: "Out of stock: {asset}"}, causes: []feed.Text{{FR: "Livraison en retard", EN: "Late delivery"}, {FR: "En réserve", EN: "In the back room"}}, people: store, erp: true,
		},
	}
}

// yesteryear writes the weeks before the simulated past.
type yesteryear struct {
	tx    feed.Tx
	rand  *rand.Rand
	n     int // posts
	ideas int // of them
}

// addDemoBalance makes the weeks before the history that the demo simulates, and
// says what losses cost. It is made once, with the history.
func addDemoBalance(ctx context.Context, repo feed.Repository, seed uint64, now time.Time) error {
	thisWeek := feed.PeriodOf(feed.Week, now, time.Local).From
	return repo.InTx(ctx, func(tx feed.Tx) error {
		y := &yesteryear{tx: tx, rand: rand.New(rand.NewPCG(seed, 7))}
		for week := -ghostWeeks - openWeeks; week < 0; week++ {
			if err := y.week(ctx, thisWeek.AddDate(0, 0, 7*week), week); err != nil {
				return fmt.Errorf("week %d of the demo: %w", week, err)
			}
		}
		for _, c := range demoCosts {
			if err := tx.SetCost(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// week writes seven days. Without people everything lasts longer and comes back
// more often.
func (y *yesteryear) week(ctx context.Context, from time.Time, week int) error {
	ghost := week < -openWeeks
	progress := 1.0 // of open weeks, down to 0.55
	if !ghost {
		progress = 1 - 0.45*float64(openWeeks+week)/float64(openWeeks)
	}
	for _, b := range demoBygones() {
		for range int(float64(b.weekly)*progress + y.rand.Float64()) {
			if err := y.post(ctx, b, from.Add(y.within(7*24*time.Hour)), ghost, progress); err != nil {
				return err
			}
		}
	}
	for day := range 5 {
		if err := y.run(ctx, from.AddDate(0, 0, day).Add(5*time.Hour), ghost, progress); err != nil {
			return err
		}
	}
	if ghost {
		return nil
	}
	return y.idea(ctx, from.Add(30*time.Hour))
}

func (y *yesteryear) within(d time.Duration) time.Duration {
	return time.Duration(y.rand.Int64N(int64(d))).Truncate(time.Second)
}

func (y *yesteryear) id() feed.PostID {
	y.n++
	return feed.PostID(fmt.Sprintf("bygone-%05d", y.n))
}

// post is one condition, and what people did about it.
func (y *yesteryear) post(ctx context.Context, b bygone, at time.Time, ghost bool, progress float64) error {
	i := y.rand.IntN(len(b.names))
	p := &feed.Post{
		ID: y.id(), Kind: b.kind, Topic: b.topic, Severity: b.severity, State: feed.Closed, Territory: b.place,
		Author: feed.Author{Kind: feed.ByMachine, Name: b.names[i]}, Title: b.title, Values: feed.Values{"asset": b.names[i]},
		Occurrences: 1, OpenedAt: at, Since: at, BumpedAt: at, BackToNormal: true, Causes: b.causes, Provenance: &feed.Provenance{Source: "demo", Rule: b.rule},
	}
	if b.erp {
		p.Author = feed.Author{Kind: feed.ByERP, Name: "ERP"}
	} else {
		p.Asset = b.place + "/" + feed.Path(b.assets[i])
	}
	lasts := time.Duration(float64(20*time.Minute+y.within(70*time.Minute)) * progress)
	if ghost {
		p.Audience = feed.Ghost
		lasts += lasts / 2
	}
	p.ClosedAt = at.Add(lasts)
	p.UpdatedAt = p.ClosedAt
	entries := []feed.Entry{{Kind: feed.Opened, At: at, Author: p.Author}}
	if !ghost && y.rand.IntN(10) > 0 {
		entries = append(entries, y.handle(p, b, lasts)...)
	}
	return y.save(ctx, p, entries)
}

// handle lets a colleague take the post and say why it came.
func (y *yesteryear) handle(p *feed.Post, b bygone, lasts time.Duration) []feed.Entry {
	who := b.people[y.rand.IntN(len(b.people))]
	taken := p.OpenedAt.Add(lasts/8 + y.within(lasts/4))
	p.Taker, p.TakenAt, p.BumpedAt = who, taken, taken
	entries := []feed.Entry{{Kind: feed.WasTaken, At: taken, Author: who}}
	if y.rand.IntN(5) == 0 {
		return entries
	}
	n := min(y.rand.IntN(len(b.causes)), y.rand.IntN(len(b.causes)), y.rand.IntN(len(b.causes)))
	p.State, p.Cause, p.BackToNormal = feed.Resolved, b.causes[n].FR, false
	return append(entries, feed.Entry{Kind: feed.Solved, At: p.ClosedAt, Author: who, Text: p.Cause})
}

// run is what the line made in a day, with its stops.
func (y *yesteryear) run(ctx context.Context, at time.Time, ghost bool, progress float64) error {
	var stops []feed.Halt
	for i, cause := range []string{"Préforme coincée", "Changement de format", "Film cassé", "Fin de bobine"} {
		n := 1 + y.rand.IntN(4-i)
		stops = append(stops, feed.Halt{Cause: cause, Count: n, Minutes: float64(int(float64(n)*(6+10*y.rand.Float64())*progress*10)) / 10})
	}
	lost := 0.0
	for _, h := range stops {
		lost += h.Minutes * 210
	}
	end := at.Add(8 * time.Hour)
	p := &feed.Post{
		ID: y.id(), Kind: feed.Production, Topic: feed.Speed, Severity: feed.Info, State: feed.Closed, Territory: "lyon/bottling/line-3", Asset: "lyon/bottling/line-3",
		Author: feed.Author{Kind: feed.ByMachine, Name: "Ligne 3"}, Title: feed.Text{FR: "Production du jour, Ligne 3", EN: "Production of the day, Line 3"}, Values: feed.Values{},
		Occurrences: 1, OpenedAt: at, Since: at, BumpedAt: at, UpdatedAt: end, ClosedAt: end,
		Run:        &feed.Run{Product: "Eau plate 1 l", Count: float64(int(100_800 - lost)), Target: 100_800, Scrap: float64(100 + y.rand.IntN(500)), Pace: 205, Ideal: 210, Lost: float64(int(lost)), Stops: stops, StartedAt: at},
		Causes:     []feed.Text{{FR: "Préforme coincée", EN: "Preform stuck"}, {FR: "Changement de format", EN: "Change of format"}, {FR: "Film cassé", EN: "Film torn"}, {FR: "Fin de bobine", EN: "End of reel"}},
		Provenance: &feed.Provenance{Source: "demo", Rule: "order"},
	}
	if ghost {
		p.Audience = feed.Ghost
	}
	return y.save(ctx, p, []feed.Entry{{Kind: feed.Opened, At: at, Author: p.Author}})
}

// idea is one of the week, decided some days later.
func (y *yesteryear) idea(ctx context.Context, at time.Time) error {
	texts := []string{"Un deuxième bac pour les préformes", "Nettoyer la cellule au changement d’équipe", "Ranger les bobines par format", "Un miroir au bout du rayon", "Une étiquette plus grande en réserve", "Graisser le convoyeur le lundi", "Un bac de tri pour les bouchons"}
	who, decider := teammate("awa", "Awa Diallo"), teammate("manager", "Sofia Costa")
	y.ideas++ // each week has its own
	decided := at.Add(24*time.Hour + y.within(72*time.Hour))
	p := &feed.Post{
		ID: y.id(), Kind: feed.Idea, Topic: feed.Ideas, Severity: feed.Info, State: feed.Resolved, Territory: "lyon/bottling/line-3", Author: who,
		Text: texts[y.ideas%len(texts)], Values: feed.Values{}, Occurrences: 1, OpenedAt: at, Since: at, BumpedAt: at, UpdatedAt: decided, ClosedAt: decided,
		Cause: "Acceptée", Action: "Simple à faire",
	}
	return y.save(ctx, p, []feed.Entry{{Kind: feed.Opened, At: at, Author: who}, {Kind: feed.Solved, At: decided, Author: decider, Text: p.Cause}})
}

func (y *yesteryear) save(ctx context.Context, p *feed.Post, entries []feed.Entry) error {
	if err := y.tx.Save(ctx, p); err != nil {
		return err
	}
	for _, e := range entries {
		e.Post = p.ID
		if err := y.tx.Log(ctx, e); err != nil {
			return err
		}
	}
	return nil
}
