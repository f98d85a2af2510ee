package feed

import (
	"cmp"
	"slices"
	"time"
)

// NeedWhy says why a place needs a hand.
type NeedWhy string

// Reasons for which a place needs a hand, the gravest first.
const (
	NeedsLife    NeedWhy = "flat"       // nobody does or says anything there
	NeedsLead    NeedWhy = "unled"      // its animator left, and nobody came after
	NeedsAnswer  NeedWhy = "unanswered" // posts wait for a person's answer
	NeedsPeople  NeedWhy = "one-person" // one person gives most of the answers
	NeedsQuiet   NeedWhy = "noise"      // a rule posts what nobody needs
	NeedsReaders NeedWhy = "unread"     // its last notice was not read by many
)

// NeedWhys lists every reason, the gravest first.
var NeedWhys = []NeedWhy{NeedsLife, NeedsLead, NeedsAnswer, NeedsPeople, NeedsQuiet, NeedsReaders}

// Need is one reason for which a place needs a hand.
type Need struct {
	Place Path
	Why   NeedWhy
	Since time.Time // of silence, or of nobody who animates it
	// Count of Of: posts without an answer, posts that ended untouched or were
	// called noise, readers. Of one person nothing is counted.
	Count, Of int
	Calls     int    // of noise: posts that somebody called so
	Rule      string // of noise
	Post      PostID // the notice that was not read
	Posts     []*Post
}

// From when on a place needs a hand.
const (
	AnswerWithin = 24 * time.Hour      // posts are answered
	NeedPeriod   = 30 * 24 * time.Hour // answers and rules are counted over

	minAnswerers = 5  // below, nothing is said of who answers
	minAnswers   = 10 // below, chance decides
	leanShare    = 60 // percent of the answers, by one person

	minRulePosts = 10
	noiseShare   = 20 // percent of the posts called noise
	idleShare    = 80 // percent of the posts that ended untouched
	maxRules     = 3  // at a place
	readShare    = 80 // percent of the readers
)

// Answers are how many posts of a place each member answered.
type Answers map[MemberID]int

// LeanOnOne tells whether one person gives most of the answers. Among fewer than
// five people nothing is told, and it is never told who.
func (a Answers) LeanOnOne() bool {
	sum, most := 0, 0
	for _, n := range a {
		sum, most = sum+n, max(most, n)
	}
	return len(a) >= minAnswerers && sum >= minAnswers && most*100 >= sum*leanShare
}

// RuleNoise is what became of one rule's posts at a place.
type RuleNoise struct {
	Place     Path
	Rule      string
	Posts     int
	Called    int // noise, by anybody
	Untouched int // ended without anybody's touching them
}

// loud tells whether people need little of what the rule posts.
func (r RuleNoise) loud() bool {
	return r.Posts >= minRulePosts && (r.Called*100 >= r.Posts*noiseShare || r.Untouched*100 >= r.Posts*idleShare)
}

// quietNeeds are the loudest rules of each place.
func quietNeeds(rules []RuleNoise) []Need {
	rules = slices.DeleteFunc(slices.Clone(rules), func(r RuleNoise) bool { return !r.loud() })
	share := func(n, of int) int { return n * 1000 / of }
	slices.SortFunc(rules, func(a, b RuleNoise) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), -cmp.Compare(share(a.Called, a.Posts), share(b.Called, b.Posts)),
			-cmp.Compare(share(a.Untouched, a.Posts), share(b.Untouched, b.Posts)), cmp.Compare(a.Rule, b.Rule))
	})
	var out []Need
	at := map[Path]int{}
	for _, r := range rules {
		if at[r.Place]++; at[r.Place] <= maxRules {
			out = append(out, Need{Place: r.Place, Why: NeedsQuiet, Rule: r.Rule, Count: r.Untouched, Calls: r.Called, Of: r.Posts})
		}
	}
	return out
}

// peopleNeeds are the narrowest places whose answers lean on one person: what is
// answered below a place is answered there.
func peopleNeeds(tree *Tree, answers map[Path]Answers) []Need {
	var out []Need
	nodes := tree.Below("")
	slices.Reverse(nodes) // the narrowest first
	for _, n := range nodes {
		if n.Kind == Machine || slices.ContainsFunc(out, func(d Need) bool { return d.Place.Within(n.Path) }) {
			continue
		}
		all := Answers{}
		for place, some := range answers {
			if place.Within(n.Path) {
				for m, count := range some {
					all[m] += count
				}
			}
		}
		if all.LeanOnOne() {
			out = append(out, Need{Place: n.Path, Why: NeedsPeople})
		}
	}
	return out
}

// answerNeeds gathers the posts that wait, by place.
func answerNeeds(posts []*Post) []Need {
	by := map[Path]*Need{}
	var order []Path
	for _, p := range posts {
		if by[p.Territory] == nil {
			by[p.Territory] = &Need{Place: p.Territory, Why: NeedsAnswer}
			order = append(order, p.Territory)
		}
		n := by[p.Territory]
		n.Count, n.Posts = n.Count+1, append(n.Posts, p)
	}
	out := make([]Need, 0, len(order))
	for _, place := range order {
		out = append(out, *by[place])
	}
	return out
}

// PlaceNeeds is a place that needs a hand, and why, the gravest reason first.
type PlaceNeeds struct {
	Place Path
	Needs []Need
}

// RankNeeds gathers needs by place: first the places with the gravest reason, of
// those the ones with most reasons and most posts that wait, then by path.
func RankNeeds(needs []Need) []PlaceNeeds {
	rank := func(n Need) int { return slices.Index(NeedWhys, n.Why) }
	slices.SortStableFunc(needs, func(a, b Need) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(rank(a), rank(b)))
	})
	var out []PlaceNeeds
	for _, n := range needs {
		if len(out) == 0 || out[len(out)-1].Place != n.Place {
			out = append(out, PlaceNeeds{Place: n.Place})
		}
		last := &out[len(out)-1]
		last.Needs = append(last.Needs, n)
	}
	slices.SortStableFunc(out, func(a, b PlaceNeeds) int {
		return cmp.Or(cmp.Compare(rank(a.Needs[0]), rank(b.Needs[0])), -cmp.Compare(len(a.Needs), len(b.Needs)),
			-cmp.Compare(a.Needs[0].Count, b.Needs[0].Count), cmp.Compare(a.Place, b.Place))
	})
	return out
}
