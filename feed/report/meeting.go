package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// behindCell is how many posts a cell of a sheet shows.
const behindCell = 3

// Limits beyond which what is made counts as abnormal: a run that made less than
// nine in ten of what it could, and pieces lost beyond one in twenty.
const (
	behindPace = 90.0
	muchLost   = 0.05
)

// Shifts finds the shift that works at a place at an instant.
type Shifts func(place feed.Path, at time.Time) (shift feed.Sheet, works bool)

// Board is where sheets are kept.
type Board interface {
	feed.Repository
	feed.Shop
	Tree(ctx context.Context) (*feed.Tree, error)
	Facts(ctx context.Context, place feed.Path, audience feed.Audience, from, to time.Time) ([]feed.Fact, error)
	Meeting(ctx context.Context, place feed.Path, span feed.Span, from time.Time) (*feed.Meeting, error)
	MeetingsBelow(ctx context.Context, place feed.Path, from, to time.Time) ([]feed.Meeting, error)
}

// Meetings fills the sheets of short meetings.
type Meetings struct {
	board  Board
	shifts Shifts
	zone   Zones
	now    func() time.Time
}

// NewMeetings returns the sheets of the shifts and days of each place.
func NewMeetings(board Board, shifts Shifts, zone Zones, now func() time.Time) *Meetings {
	return &Meetings{board: board, shifts: shifts, zone: zone, now: now}
}

// Sheet is that of the shift or day that an instant lies in. Without a shift it is
// that of the day.
func (m *Meetings) Sheet(ctx context.Context, place feed.Path, span feed.Span, at time.Time) (*feed.MeetingSheet, error) {
	tree, err := m.board.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	if _, known := tree.Get(place); !known {
		return nil, feed.ErrNotFound
	}
	kept := m.blank(place, span, at)
	if written, err := m.board.Meeting(ctx, place, kept.Span, kept.From); err != nil {
		return nil, err
	} else if written != nil {
		kept = written
	}
	s := &feed.MeetingSheet{
		Territory: place, Name: tree.Name(place), Span: kept.Span, Shift: kept.Shift, From: kept.From, To: kept.To,
		Tasks: append([]feed.MeetingTask{}, kept.Tasks...), Raised: append([]feed.RaisedLine{}, kept.Raised...), Below: []feed.RaisedLine{}, Done: kept.Done,
	}
	if above := place.Parent(); above != "" {
		s.Above = tree.Name(above)
	}
	if s.Cells = kept.Cells; kept.Done == nil {
		if s.Cells, err = m.cells(ctx, kept); err != nil {
			return nil, err
		}
	}
	return s, m.hear(ctx, s)
}

// blank is a sheet that nobody wrote on.
func (m *Meetings) blank(place feed.Path, span feed.Span, at time.Time) *feed.Meeting {
	if span == feed.OfShift {
		if s, works := m.shifts(place, at); works {
			return &feed.Meeting{Territory: place, Span: feed.OfShift, Shift: s.Shift, From: s.Start, To: s.End}
		}
	}
	year, month, day := at.In(m.zone(place)).Date()
	from := time.Date(year, month, day, 0, 0, 0, 0, m.zone(place))
	return &feed.Meeting{Territory: place, Span: feed.OfDay, From: from.UTC(), To: from.AddDate(0, 0, 1).UTC()}
}

// hear adds what the places right below raised since the day before: a shift's
// meeting comes before that of the day.
func (m *Meetings) hear(ctx context.Context, s *feed.MeetingSheet) error {
	below, err := m.board.MeetingsBelow(ctx, s.Territory, s.From.Add(-24*time.Hour), s.To)
	if err != nil {
		return err
	}
	for _, b := range below {
		if b.Territory.Parent() == s.Territory {
			s.Below = append(s.Below, b.Raised...)
		}
	}
	return nil
}

// cells are what the feed says of each concern, as people corrected it.
func (m *Meetings) cells(ctx context.Context, kept *feed.Meeting) ([]feed.MeetingCell, error) {
	to := earliest(kept.To, m.now())
	facts, err := m.board.Facts(ctx, kept.Territory, feed.Everybody, kept.From, to)
	if err != nil {
		return nil, err
	}
	open, err := m.board.OpenAt(ctx, kept.Territory, 6*feed.MaxLines)
	if err != nil {
		return nil, err
	}
	for _, p := range open {
		if p.Kind == feed.Production && p.Run != nil && p.OpenedAt.Before(kept.From) && kept.To.After(m.now()) {
			facts = append(facts, feed.Fact{Post: p.ID, Kind: p.Kind, Territory: p.Territory, OpenedAt: kept.From, Run: p.Run})
		}
	}
	span := feed.Period{From: kept.From, To: kept.To}
	cells := []feed.MeetingCell{
		posts(facts, span, feed.OnSafety, func(f feed.Fact) bool { return f.Topic == feed.Safety && f.Asks() }),
		posts(facts, span, feed.OnQuality, func(f feed.Fact) bool { return f.Topic == feed.Quality && f.Asks() }),
		cost(facts, span), delivery(facts, span),
		people(facts, span),
	}
	for i := range cells {
		if c, ok := kept.Corrected[cells[i].Concern]; ok {
			cells[i].Corrected = &c
		}
	}
	return cells, nil
}

// posts counts the posts of a concern: one is one too many.
func posts(facts []feed.Fact, span feed.Period, of feed.Concern, holds func(feed.Fact) bool) feed.MeetingCell {
	var found []feed.Fact
	for _, f := range facts {
		if span.Holds(f.OpenedAt) && holds(f) {
			found = append(found, f)
		}
	}
	n := float64(len(found))
	return feed.MeetingCell{Concern: of, Value: &n, Unit: "posts", Abnormal: n > 0, Posts: gravest(found)}
}

// people has no figure of its own: who is there is counted by whoever knows, and
// what the feed could tell of it would be about few. Help wanted is abnormal.
func people(facts []feed.Fact, span feed.Period) feed.MeetingCell {
	c := posts(facts, span, feed.OnPeople, func(f feed.Fact) bool { return f.Kind == feed.HelpWanted })
	c.Value, c.Unit = nil, "people"
	return c
}

// cost is pieces lost where something is made, minutes of empty shelves where
// something is sold.
func cost(facts []feed.Fact, span feed.Period) feed.MeetingCell {
	runs := runsIn(facts, span)
	if len(runs) == 0 {
		minutes, empty := figuresOf(facts, span).ShelfEmpty, stockOuts(facts)
		return feed.MeetingCell{Concern: feed.OnCost, Value: &minutes, Unit: "minutes", Abnormal: minutes > 0, Posts: gravest(empty)}
	}
	var lost, made float64
	for _, f := range runs {
		lost, made = lost+f.Run.Lost, made+f.Run.Count
	}
	return feed.MeetingCell{Concern: feed.OnCost, Value: &lost, Unit: "pieces", Abnormal: lost > muchLost*(made+lost), Posts: gravest(runs)}
}

// delivery is what was made of what could have been, else how many articles were
// missing.
func delivery(facts []feed.Fact, span feed.Period) feed.MeetingCell {
	runs := runsIn(facts, span)
	if len(runs) == 0 {
		return posts(facts, span, feed.OnDelivery, func(f feed.Fact) bool { return f.Kind == feed.StockOut || f.Kind == feed.Shortage })
	}
	var lost, made float64
	for _, f := range runs {
		lost, made = lost+f.Run.Lost, made+f.Run.Count
	}
	cell := feed.MeetingCell{Concern: feed.OnDelivery, Unit: "percent", Posts: gravest(runs)}
	if made+lost > 0 {
		share := 100 * made / (made + lost)
		cell.Value, cell.Abnormal = &share, share < behindPace
	}
	return cell
}

func runsIn(facts []feed.Fact, span feed.Period) []feed.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f feed.Fact) bool { return f.Run == nil || !span.Holds(f.OpenedAt) })
}

func stockOuts(facts []feed.Fact) []feed.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f feed.Fact) bool { return f.Kind != feed.StockOut })
}

// gravest are the few that a cell shows, those still open first.
func gravest(facts []feed.Fact) []feed.PostID {
	slices.SortStableFunc(facts, func(a, b feed.Fact) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), a.OpenedAt.Compare(b.OpenedAt))
	})
	ids := []feed.PostID{}
	for _, f := range facts[:min(len(facts), behindCell)] {
		ids = append(ids, f.Post)
	}
	return ids
}

func rank(f feed.Fact) int {
	r := slices.Index(feed.Severities, f.Severity)
	if !f.ClosedAt.IsZero() {
		r += len(feed.Severities)
	}
	return r
}
