package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/store"
)

// toldAtOnce is how many people one act tells, and leadsTold how many a critical
// post; benchPeople is how many work in the plant.
const (
	toldAtOnce  = 20
	leadsTold   = 5
	benchPeople = 200
)

// told measures telling people: how many notifications a second are queued with
// their letters, and what that costs the desk.
func (b *bench) told(ctx context.Context) (figures []figure, err error) {
	err = b.onLarge(ctx, "told", func(ctx context.Context, f seed, name string) error {
		if err := staff(ctx, f.store); err != nil {
			return err
		}
		claim, err := f.store.Claim(ctx, []int{0})
		if err != nil {
			return err
		}
		d := &alarms{store: f.store, epoch: claim.Epoch, batches: b.size(60, 20)}
		q := queueingOn(f, b.size(100, 30))
		medians, err := b.interleave(ctx, b.size(5, 3), "/s",
			contender{"bare rows", q.write},
			contender{"notifications queued", q.run},
			contender{"events, nobody told", d.with(feed.Major)},
			contender{"events, leads told", d.with(feed.Critical)})
		if err != nil {
			return err
		}
		figures = append(figures,
			figure{name: fmt.Sprintf("told: notifications queued with their letters, %d an act, synced, %s", toldAtOnce, name), unit: "/s", bare: medians[0], ours: medians[1], goal: goal{atLeast: 1000}},
			figure{name: "told: desk's batches of 500 events, a critical post and " + fmt.Sprint(leadsTold) + " told in each, " + name, unit: "events/s", bare: medians[2], ours: medians[3]})
		return nil
	})
	return figures, err
}

// staff makes the people of the plant, all of whom have an address.
func staff(ctx context.Context, s *store.Store) error {
	for i := range benchPeople {
		m := feed.Member{ID: memberOf(i), Name: "Karim", Lang: feed.French, Grants: []feed.Grant{{Territory: "plant", Role: feed.Operator}}}
		if i < leadsTold {
			m.Grants[0].Role = feed.Lead
		}
		if err := errors.Join(s.AddMember(ctx, m, ""), s.SetEmail(ctx, m.ID, fmt.Sprintf("m%d@plant.example", i))); err != nil {
			return err
		}
	}
	return nil
}

func memberOf(i int) feed.MemberID { return feed.MemberID(fmt.Sprintf("m%d", i)) }

// alarms are batches of the desk in each of which ten posts begin.
type alarms struct {
	store   *store.Store
	epoch   int64
	batches int
	seq     uint64
}

// with has one post of each batch be as severe as that.
func (d *alarms) with(severity feed.Severity) func(context.Context) (float64, error) {
	const events, begin = 500, 10
	return func(ctx context.Context) (perSecond float64, err error) {
		began := time.Now()
		for range d.batches {
			batch := feed.Batch{Stream: "one", Epoch: d.epoch, Positions: []feed.Position{{From: d.seq, To: d.seq + events}}}
			for i := range begin {
				n := feed.Notice{
					Effect: fmt.Sprint(d.seq, "-", i), Kind: feed.Raise, Key: fmt.Sprint("rule ", d.seq, "-", i), Episode: 1, Severity: feed.Major,
					At: began.UTC(), PostKind: feed.Alert, Asset: "plant/site-1/line-1/press",
				}
				if i == 0 {
					n.Severity = severity
				}
				batch.Notices = append(batch.Notices, n)
			}
			if err := d.store.Commit(ctx, batch); err != nil {
				return 0, err
			}
			d.seq += events
		}
		return float64(d.batches*events) / time.Since(began).Seconds(), nil
	}
}

// report measures counting the reports of a year in which 30 places had 105,000
// posts, beside reading the same posts of its twelve periods.
func (b *bench) report(ctx context.Context) (figures []figure, err error) {
	err = b.onLarge(ctx, "report", func(ctx context.Context, f seed, name string) error {
		if err := f.store.SetTerritories(ctx, benchPlaces()); err != nil {
			return err
		}
		f.pace = 5 * time.Minute
		posts, err := b.fillLarge(ctx, f, name, b.size(105_000, 2*moldPosts))
		if err != nil {
			return err
		}
		now := time.Now()
		reports := report.NewService(f.store, func(feed.Path) *time.Location { return time.UTC }, func() time.Time { return now })
		p := &pages{reads: b.size(5, 3)}
		count := func(place feed.Path, period string) func(context.Context) (float64, error) {
			return p.each(func(ctx context.Context) error {
				balance, err := reports.Balance(ctx, place, period)
				if err == nil && balance.Now.Posts == 0 {
					err = errors.New("the report counts no posts")
				}
				return err
			})
		}
		medians, err := b.interleave(ctx, b.size(5, 3), "ms",
			contender{"a week of a line", count("plant/site-1/line-2", "week")},
			contender{"a week of the plant", count("plant", "week")},
			contender{"a month of the plant", count("plant", "month")})
		if err != nil {
			return err
		}
		for i, what := range []string{"a week of a line", "a week of the plant", "a month of the plant"} {
			figures = append(figures, figure{name: fmt.Sprintf("report: %s, year of %d posts at 31 places, %s", what, posts, name), unit: "ms", ours: medians[i]})
		}
		return nil
	})
	return figures, err
}

// benchPlaces are the places where the posts of the bench stand.
func benchPlaces() []feed.Territory {
	nodes := []feed.Territory{{Path: "plant", Name: "Plant", Kind: feed.Site}}
	for i := range 5 {
		site := feed.Path(fmt.Sprintf("plant/site-%d", i))
		nodes = append(nodes, feed.Territory{Path: site, Name: fmt.Sprint("Site ", i), Kind: feed.Site})
		for j := range 5 {
			nodes = append(nodes, feed.Territory{Path: site + feed.Path(fmt.Sprintf("/line-%d", j)), Name: fmt.Sprint("Line ", j), Kind: feed.Line})
		}
	}
	return nodes
}
