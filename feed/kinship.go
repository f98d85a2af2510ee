package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Exchange is a conversation and who took part in it.
type Exchange struct {
	Post   PostID
	People []Correspondent
}

// Correspondent is somebody in a conversation, and where they work.
type Correspondent struct {
	Member MemberID
	Places []Path // of their grants in the tree
}

// What makes people of different branches a place of their own, over
// KinshipOver: as many people, branches and conversations, and as many
// conversations for each pair.
const (
	KinshipOver = 30 * 24 * time.Hour
	kinPeople   = 3
	kinBranches = 2
	kinThreads  = 5
	kinPair     = 2
)

// Kinship is a set of people of different branches who keep answering each
// other, with what says so.
type Kinship struct {
	People   []MemberID // by id
	Branches []Path     // where they work, by path
	Threads  int        // in which at least two of different branches took part
}

// id is the same for the same people.
func (k Kinship) id() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", k.People))
	return "k" + hex.EncodeToString(sum[:12])
}

// Kinships finds who keeps answering each other across branches, most
// conversations first. Everybody is in one at most.
func Kinships(exchanges []Exchange) []Kinship {
	w := newWeb(exchanges)
	var out []Kinship
	seen := map[MemberID]bool{}
	for _, m := range slices.Sorted(maps.Keys(w.near)) {
		if seen[m] {
			continue
		}
		kin := w.around(m, seen)
		if k := w.weigh(kin, exchanges); len(k.People) >= kinPeople && len(k.Branches) >= kinBranches && k.Threads >= kinThreads {
			out = append(out, k)
		}
	}
	slices.SortStableFunc(out, func(a, b Kinship) int { return cmp.Compare(b.Threads, a.Threads) })
	return out
}

// web is who answers whom across branches.
type web struct {
	places map[MemberID][]Path
	near   map[MemberID]map[MemberID]int // conversations of a pair
}

func newWeb(exchanges []Exchange) *web {
	w := &web{places: map[MemberID][]Path{}, near: map[MemberID]map[MemberID]int{}}
	for _, e := range exchanges {
		for _, a := range e.People {
			w.places[a.Member] = a.Places
			for _, b := range e.People {
				if apart(a.Places, b.Places) {
					if w.near[a.Member] == nil {
						w.near[a.Member] = map[MemberID]int{}
					}
					w.near[a.Member][b.Member]++
				}
			}
		}
	}
	return w
}

// apart tells whether people work in different branches: no place of the one
// lies in a place of the other.
func apart(a, b []Path) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Within(y) || y.Within(x) {
				return false
			}
		}
	}
	return len(a) > 0 && len(b) > 0
}

// around is everybody whom m reaches by pairs that keep talking.
func (w *web) around(m MemberID, seen map[MemberID]bool) []MemberID {
	seen[m] = true
	kin := []MemberID{m}
	for i := 0; i < len(kin); i++ {
		for _, next := range slices.Sorted(maps.Keys(w.near[kin[i]])) {
			if !seen[next] && w.near[kin[i]][next] >= kinPair {
				seen[next] = true
				kin = append(kin, next)
			}
		}
	}
	slices.Sort(kin)
	return kin
}

// weigh counts the branches of people and the conversations across them.
func (w *web) weigh(kin []MemberID, exchanges []Exchange) Kinship {
	k := Kinship{People: kin}
	for _, m := range kin {
		for _, p := range w.places[m] {
			if !slices.ContainsFunc(k.Branches, func(b Path) bool { return p.Within(b) || b.Within(p) }) {
				k.Branches = append(k.Branches, p)
			}
		}
	}
	slices.Sort(k.Branches)
	for _, e := range exchanges {
		if crosses(e, kin) {
			k.Threads++
		}
	}
	return k
}

func crosses(e Exchange, kin []MemberID) bool {
	for i, a := range e.People {
		for _, b := range e.People[i+1:] {
			if slices.Contains(kin, a.Member) && slices.Contains(kin, b.Member) && apart(a.Places, b.Places) {
				return true
			}
		}
	}
	return false
}
