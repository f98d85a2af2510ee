package rule

import (
	"strconv"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// orders is a signal that tells which order a line works on: by its value or,
// when the number is in the attribute order, by that, the value being what
// becomes of the order. The attributes target and product describe it.
type orders struct {
	Signal string   `yaml:"signal"`
	Begins []string `yaml:"begins"` // what says that it runs; empty: anything else
	Ends   []string `yaml:"ends"`   // what says that it is over; nothing at all does too
}

func usualEnds() []string { return []string{"done", "closed", "finished"} }

func (k *orders) check() []fault {
	if len(k.Ends) == 0 {
		k.Ends = usualEnds()
	}
	if k.Signal == "" {
		return []fault{{"order", "name the signal that tells the order: {signal: order}"}}
	}
	return nil
}

// read says which order an event is about, and whether that is over. An end
// without a number is that of whatever runs. A business system that lists the
// orders that run says that one is over by listing it no more.
func (k *orders) read(ev *pipeline.Event) (number string, over, ok bool) {
	said, number := label(plain(ev.Value)), label(ev.Attr["order"])
	ends := among(k.Ends, said)
	switch {
	case ev.Attr["removed"] == "true":
		return number, true, true
	case ev.Quality == pipeline.Bad:
		return "", false, false
	case number == "" && (said == "" || ends):
		return "", true, true
	case number == "":
		return said, false, true
	case ends:
		return number, true, true
	}
	return number, false, len(k.Begins) == 0 || among(k.Begins, said)
}

// plain is a value as people write it: a number has all its digits.
func plain(v pipeline.Value) string {
	if n, ok := v.Number(); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return v.String()
}

func (k *making) readOrder(s *track, ev *pipeline.Event, m moment) bool {
	number, over, ok := k.Order.read(ev)
	says := pipeline.Value{}
	if !over {
		says = pipeline.Text(number)
	}
	if !ok || s.Order.repeats(ev.ID, says, m.at) {
		return false
	}
	k.advance(s, m)
	s.Order = mark{ID: ev.ID, At: m.at.UTC(), Value: reading{says}}
	run, at := s.run(), s.lately(m.at)
	switch {
	case over && run != nil && (number == "" || number == run.Order):
		s.end(at, m.awake)
	case over:
	case run != nil && run.Order == number:
		run.order(number, ev)
	default:
		s.turnTo(number, at, m.awake)
		s.run().order(number, ev)
	}
	return true
}

// order names what is made. What an event leaves out stays.
func (t *tally) order(number string, ev *pipeline.Event) {
	t.Order = number
	if product := label(ev.Attr["product"]); product != "" {
		t.Product = product
	}
	target, err := strconv.ParseFloat(strings.TrimSpace(ev.Attr["target"]), 64)
	if err == nil && isFinite(target) && target >= 0 {
		t.Target = target
	}
}

// turnTo begins an order, which ends the one that runs. An order that another
// follows within the time to settle was never begun: somebody looked for the
// right one. The order before it goes on when it is that.
func (s *track) turnTo(number string, at, awake time.Time) {
	if run := s.run(); run != nil && run == s.Now {
		s.end(at, awake)
	}
	switch {
	case s.Now == nil:
		s.Now = s.begin(at)
	case s.Now.Order == number:
		s.reopen()
	case s.Next == nil:
		s.Next = s.begin(at)
	default:
		s.Next.Product, s.Next.Target, s.Next.Ended = "", 0, time.Time{}
	}
}
