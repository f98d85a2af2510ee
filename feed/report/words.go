package report

import "github.com/fildefer/fildefer/feed"

// word is what a table or mail calls something.
func word(fr, en string, lang feed.Lang) string {
	if lang == feed.English {
		return en
	}
	return fr
}

// line is one figure as tables list it.
type line struct {
	fr, en string
	unit   string // minutes, posts, pieces, percent or the currency
	of     func(feed.Figures) *float64
}

// lines are the figures of tables and mails, in their order.
func lines(currency string) []line {
	out := []line{
		{"Publications", "Posts", "", func(f feed.Figures) *float64 { return count(f.Posts) }},
		{"Alertes", "Alerts", "", func(f feed.Figures) *float64 { return count(f.Alerts) }},
		{"Temps de prise, médiane", "Time to take, median", "min", func(f feed.Figures) *float64 { return f.Take.P50 }},
		{"Temps de prise, 9 sur 10", "Time to take, 9 in 10", "min", func(f feed.Figures) *float64 { return f.Take.P90 }},
		{"Temps de résolution, médiane", "Time to solve, median", "min", func(f feed.Figures) *float64 { return f.Solve.P50 }},
		{"Temps de résolution, 9 sur 10", "Time to solve, 9 in 10", "min", func(f feed.Figures) *float64 { return f.Solve.P90 }},
		{"Durée des alertes, médiane", "Length of alerts, median", "min", func(f feed.Figures) *float64 { return f.Last.P50 }},
		{"Résolues avec une cause", "Solved with a cause", "%", func(f feed.Figures) *float64 { return share(f.Solved) }},
		{"Revenues sous 24 h", "Back within 24 h", "%", func(f feed.Figures) *float64 { return share(f.Again24) }},
		{"Revenues sous 7 jours", "Back within 7 days", "%", func(f feed.Figures) *float64 { return share(f.Again7) }},
		{"Arrêts", "Stops", "min", func(f feed.Figures) *float64 { return &f.Stopped }},
		{"Pièces perdues", "Pieces lost", "", func(f feed.Figures) *float64 { return &f.Lost }},
		{"Ruptures", "Out of stock", "min", func(f feed.Figures) *float64 { return &f.ShelfEmpty }},
		{"Idées décidées", "Ideas decided", "", func(f feed.Figures) *float64 { return count(f.Decided) }},
		{"Délai de décision, médiane", "Time to decide, median", "min", func(f feed.Figures) *float64 { return f.Deciding.P50 }},
	}
	if currency == "" {
		return out
	}
	return append(out, line{"Coût des pertes", "Cost of the losses", currency, func(f feed.Figures) *float64 { return f.Money }})
}

func count(n int) *float64 {
	f := float64(n)
	return &f
}

// share is in percent; of nothing there is none.
func share(s feed.Share) *float64 {
	if s.Whole == 0 {
		return nil
	}
	p := 100 * float64(s.Part) / float64(s.Whole)
	return &p
}
