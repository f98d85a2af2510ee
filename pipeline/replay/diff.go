package replay

// Diff is how the posts of two runs of the same stream differ.
type Diff struct {
	Same    int       `json:"same"`
	Added   []Opening `json:"added"`   // in the second only
	Removed []Opening `json:"removed"` // in the first only
}

// Compare tells what b has that a has not, and the other way round. A post is
// the same when rule and thread are, and when there was a time at which it was
// open in both.
func Compare(a, b *Report) Diff {
	d := Diff{Added: []Opening{}, Removed: []Opening{}}
	byKey := map[string][]int{}
	for i := range a.Openings {
		o := &a.Openings[i]
		byKey[o.Rule+"\n"+o.Key] = append(byKey[o.Rule+"\n"+o.Key], i)
	}
	matched := make([]bool, len(a.Openings))
	for i := range b.Openings {
		o := &b.Openings[i]
		twin := -1
		for _, j := range byKey[o.Rule+"\n"+o.Key] {
			if !matched[j] && overlap(&a.Openings[j], o) {
				twin = j
				break
			}
		}
		if twin < 0 {
			d.Added = append(d.Added, *o)
			continue
		}
		matched[twin] = true
		d.Same++
	}
	for i, found := range matched {
		if !found {
			d.Removed = append(d.Removed, a.Openings[i])
		}
	}
	return d
}

// overlap tells whether there was a time at which both were open. One that was
// open at the end has no end: the last posts begin after the last tick.
func overlap(a, b *Opening) bool {
	return (b.Until.IsZero() || !a.At.After(b.Until)) && (a.Until.IsZero() || !b.At.After(a.Until))
}
