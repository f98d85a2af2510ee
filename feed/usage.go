package feed

import (
	"context"
	"time"
)

// Usage is a ready way to use the feed: a group, its checklists, a welcome, the
// rules that go with it and a poster. All of it is installed at a place at once.
type Usage struct {
	Name       string
	Title      Text
	About      Text // in one sentence
	Group      UsageGroup
	Checklists []Checklist
	Welcome    Text     // announcement that its group begins with
	Rules      []string // packs of rules that listen where it is in use
	Poster     Poster
}

// UsageGroup is the group of a usage. Its texts may name the {place}.
type UsageGroup struct {
	Name    Text
	Purpose Text
	Kind    CircleKind
	Join    JoinPolicy
}

// Poster is what hangs on the wall, beside the code that opens the group.
type Poster struct {
	Title Text
	Lines []Text
}

// Installed is a usage at a place.
type Installed struct {
	Usage   string
	Place   Path
	Group   string // its circle
	Welcome PostID
	Lang    Lang // that it speaks there
	By      MemberID
	At      time.Time
	EndedAt time.Time // zero: it is in use
}

// usageTx is what a transaction keeps of usages.
type usageTx interface {
	// Installed returns a usage at a place, nil when it never was there. Nobody
	// else installs it until the transaction ends.
	Installed(ctx context.Context, usage string, place Path) (*Installed, error)
	// SaveInstalled inserts or replaces a usage at a place.
	SaveInstalled(ctx context.Context, in Installed) error
}
