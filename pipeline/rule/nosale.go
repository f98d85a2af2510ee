package rule

import (
	"cmp"
	"math"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	noSaleStock    = "stock"          // signal of what is on hand, unless told
	noSaleAlpha    = 0.001            // of 10,000 articles a day 1 in 100 would be 100 idle questions
	noSaleLeast    = 1.0              // sold on a day that the store is open
	noSaleLate     = 30 * time.Minute // until a sale is known
	noSaleReach    = 60               // sessions that are looked ahead
	noSaleReceipts = 32               // sales that are known when they are told again
)

// noSale holds while an article that the ERP counts on hand does not sell, so
// long that chance is no explanation: the shelf must be empty. What is expected
// comes from the article's own history by the hour; after Poisson, no sale where
// so many are expected has the chance e^-expected.
type noSale struct {
	Stock string   `yaml:"stock"`       // signal of what is on hand
	Open  *opening `yaml:"open"`        // when people can buy
	Late  Delay    `yaml:"late"`        // how long after a sale it is known: a nightly file takes a day
	Alpha float64  `yaml:"alpha"`       // how unlikely it must be
	Least float64  `yaml:"min_per_day"` // articles that sell less are not asked for
}

func (k noSale) traits() traits {
	return traits{
		author: byERP, key: "sku", values: []string{"on_hand", "expected", "days", "value"},
		memory: func() any { return &noSaleMemory{} }, moreSignals: []string{k.stock()}, ownRepeats: true, keepsEvent: true,
	}
}

func (k noSale) check(r *Rule) []fault {
	switch {
	case k.stock() == r.Signal:
		return []fault{{"stock", "is the signal of what is on hand, and signal that of what is sold"}}
	case k.Open == nil:
		return []fault{{"open", `say when people can buy: {hours: "08:30-20:00", zone: Europe/Paris, days: mon-sat}`}}
	case k.Alpha != 0 && (!isFinite(k.Alpha) || k.Alpha <= 0 || k.Alpha > 0.1):
		return []fault{{"alpha", "write how unlikely it must be, such as 0.001 and at most 0.1"}}
	case !isFinite(k.Least) || k.Least < 0:
		return []fault{{"min_per_day", "write how many are sold a day at least, such as 1"}}
	case r.StaleAfter.set:
		return []fault{{"stale_after", "no sale is what this rule is about; remove stale_after"}}
	}
	return nil
}

func (k noSale) stock() string {
	if k.Stock == "" {
		return noSaleStock
	}
	return k.Stock
}

func (k noSale) late() time.Duration { return k.Late.or(noSaleLate).Duration }

// noSaleMemory is what is known of one article.
type noSaleMemory struct {
	Habit   habit     `json:"habit"`
	Known   bool      `json:"known,omitempty"` // what is on hand
	OnHand  float64   `json:"on_hand,omitempty"`
	Counted frontier  `json:"counted,omitzero"` // of what is on hand
	Last    time.Time `json:"last,omitzero"`    // the last sale, or when the article came back in stock
	Look    time.Time `json:"look,omitzero"`    // awake time: when no sale would become unlikely
	Missing bool      `json:"missing,omitempty"`
	Told    float64   `json:"expected,omitempty"` // since Last, when it was found missing
	Days    float64   `json:"days,omitempty"`     // likewise
	Met     []byte    `json:"met,omitempty"`      // receipts of the last sales
	Label   string    `json:"label,omitempty"`    // what the ERP calls the article
}

func (k noSale) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*noSaleMemory)
	v, ok := ev.Value.Number()
	switch {
	case !ok || !ev.Usable():
		return silent, false
	case ev.Signal == k.stock():
		if !s.Counted.pass(ev.ID, m.at) {
			return silent, false
		}
		k.count(s, v, m)
	case v <= 0 || v > moverMost || s.knows(ev.ID):
		return silent, false
	default:
		k.sell(s, v, happened(ev, m), m)
	}
	s.Label = cmp.Or(label(ev.Attr["label"]), s.Label)
	return k.judge(s, m), true
}

// happened is the stamp of a sale. One from the past is believed whatever its
// age: a file may come days later, and what it tells is no news of today.
func happened(ev *pipeline.Event, m moment) time.Time {
	if !ev.At.IsZero() && ev.At.Before(m.now) {
		return ev.At.UTC()
	}
	return m.at
}

func (k noSale) count(s *noSaleMemory, onHand float64, m moment) {
	s.Habit.teach(k.Open, m.now.Add(-k.late()), s.sellable())
	if had := s.Known && s.OnHand > 0; !had && onHand > 0 && m.at.After(s.Last) {
		s.Last = m.at
	}
	s.Known, s.OnHand = true, onHand
}

// sell counts a sale. One that bears no hour of opening, such as midnight, was
// made on that day.
func (k noSale) sell(s *noSaleMemory, sold float64, at time.Time, m moment) {
	s.Habit.teach(k.Open, m.now.Add(-k.late()), s.sellable())
	day, found := k.Open.next(at)
	switch {
	case !found:
	case !at.Before(day.start):
		s.Habit.add(k.Open.bucket(at), sold, day)
	case k.Open.date(at) == k.Open.date(day.start):
		hours := k.Open.hours(day)
		for _, h := range hours {
			s.Habit.add(h.bucket, sold/float64(len(hours)), day)
		}
		at = day.end
	}
	if at.After(s.Last) {
		s.Last, s.Missing = at, false
	}
}

// sellable tells whether no sale would mean something.
func (s *noSaleMemory) sellable() bool { return s.Known && s.OnHand > 0 && !s.Missing }

// judge finds when no sale since the last becomes too unlikely.
func (k noSale) judge(s *noSaleMemory, m moment) verdict {
	s.Look = time.Time{}
	if s.OnHand <= 0 {
		s.Missing = false
	}
	if s.sellable() && s.Habit.perDay() >= orElse(k.Least, noSaleLeast) {
		threshold := -math.Log(orElse(k.Alpha, noSaleAlpha))
		if at, found := s.Habit.reach(k.Open, s.Last, threshold); found {
			wait := at.Add(k.late()).Sub(m.now)
			if wait <= 0 {
				s.Missing, s.Told, s.Days = true, threshold, m.now.Sub(s.Last).Hours()/24
			} else {
				s.Look = m.awake.Add(wait)
			}
		}
	}
	if s.Missing {
		return holds
	}
	return fine
}

func (noSale) due(mem any, _ bool) time.Time { return mem.(*noSaleMemory).Look }

func (k noSale) wake(mem any, m moment) verdict {
	s := mem.(*noSaleMemory)
	s.Habit.teach(k.Open, m.now.Add(-k.late()), s.sellable())
	return k.judge(s, m)
}

// knows tells whether a sale was counted, and notes that it is.
func (s *noSaleMemory) knows(id pipeline.EventID) bool {
	sum := receipt(id)
	if holdsReceipt(s.Met, sum) {
		return true
	}
	s.Met = append(s.Met, sum...)
	s.Met = s.Met[max(0, len(s.Met)-noSaleReceipts*receiptBytes):]
	return false
}

func (noSale) face(mem any, _ *pipeline.Event) face {
	return face{PostKind: postPhantom, Value: reading{pipeline.Number(mem.(*noSaleMemory).OnHand)}}
}

func (noSale) describe(mem any, e *Effect) {
	s := mem.(*noSaleMemory)
	if s.Label != "" {
		e.Values["article"] = s.Label
	}
	e.Values["on_hand"], e.Values["value"] = s.OnHand, s.OnHand
	e.Values["expected"], e.Values["days"] = s.Told, s.Days
}
