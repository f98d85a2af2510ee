package rule

// titled is a kind that has titles of its own, or a usual one.
type titled interface {
	// sentence is the title that says best what the rule is about.
	sentence() Title
}

// Sentence is the rule's title for a list of rules: its own or, where its kind
// has several, the first of those.
func (r *Rule) Sentence() Title {
	if k, ok := r.kind.(titled); ok && r.Title == (Title{}) {
		return k.sentence()
	}
	return r.Title
}

func (k stock) sentence() Title { return k.Titles.StockOut }

func (k pace) sentence() Title { return k.Titles.Slow }

func (k goodnews) sentence() Title { return k.title(bestYet) }

func (k production) sentence() Title {
	run := &Run{}
	if k.byShift() {
		run.Shift = "shift"
	}
	fr, en := run.title()
	return Title{FR: fr, EN: en}
}
