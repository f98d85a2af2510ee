package rule

import (
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/fildefer/fildefer/pipeline"
)

// verdict is what one event, or the passing of time, says of a condition.
type verdict uint8

const (
	silent   verdict = iota // nothing, and nothing is to be remembered
	unusable                // there is no telling: whatever runs is frozen
	fine
	holds
)

// kind is what one kind of rule adds: when its condition holds, and how it
// looks. A kind is an immutable value; what it has to remember of one key is
// in the memory that its traits make, which only it can read.
type kind interface {
	traits() traits
	// check reports what is wrong with the rule that has this kind.
	check(*Rule) []fault
	// observe reads one event into the memory and judges. changed tells that
	// the memory is not what it was, and must survive.
	observe(mem any, ev *pipeline.Event, m moment) (says verdict, changed bool)
	// face is what the post shows of the condition, changes of which matter. An
	// empty post kind means: as it was.
	face(mem any, ev *pipeline.Event) face
	// describe fills in the values, the limit and titles of its own.
	describe(mem any, e *Effect)
}

// sleeper is a kind whose condition can change without an event.
type sleeper interface {
	// due is when wake is to be called, in awake time; zero means never.
	due(mem any, holding bool) time.Time
	// wake judges that time has passed. The memory always changes.
	wake(mem any, m moment) verdict
}

// traits are what is the same for all rules of a kind.
type traits struct {
	author      string
	key         string     // default sub-key
	values      []string   // what titles may use, beside what all kinds offer
	memory      func() any // pointer to the empty memory of one key, kept as JSON; nil without one
	moreSignals []string   // that the kind listens to beside the rule's own; observe tells them apart by name
	anySignal   bool       // may do without a signal
	ownTitles   bool       // has titles of its own in place of title
	ownRemovals bool       // tells by itself what the removal of a record means
	usualTitle  bool       // has a title for when none is given
	ownRepeats  bool       // tells repeated events by itself
	keepsEvent  bool       // needs its last event while nothing holds
	always      bool       // observes even while only_when keeps the rule from looking, when its verdict does not count
}

// moment is when an event is met.
type moment struct {
	now      time.Time // stream time
	awake    time.Time // stream time without the pauses in which nobody wrote the stream; timers run on it
	at       time.Time // when it happened, as far as its source can be believed
	from     time.Time // awake time since when the rule looks; zero for one that always does
	holding  bool      // the condition held at the last verdict
	told     bool      // there is a post that has not ended
	baseline bool      // the event only says how things stood before anybody looked
}

// looked is the stream time since when the rule looks.
func (m moment) looked() time.Time {
	if m.from.IsZero() {
		return m.from
	}
	return m.now.Add(m.from.Sub(m.awake))
}

// face is what a post shows.
type face struct {
	PostKind string  `json:"kind,omitempty"`
	Severity string  `json:"severity,omitempty"` // empty: that of the rule; what has lasted may be graver
	Value    reading `json:"value"`
	Phase    string  `json:"phase,omitempty"` // of a kind whose sentence changes though the value does not
}

// decoder reads rules of one kind.
type decoder struct {
	kind   string
	decode func(ast.Node) (Rule, error)
}

// decoders lists the kinds.
func decoders() []decoder {
	return []decoder{
		{"limit", decodeKind[limit]},
		{"state", decodeKind[state]},
		{"silence", decodeKind[silence]},
		{"stock", decodeKind[stock]},
		{"mover", decodeKind[mover]},
		{"deviation", decodeKind[deviation]},
		{"rate", decodeKind[rate]},
		{"ewma", decodeKind[ewma]},
		{"cusum", decodeKind[cusum]},
		{"nelson", decodeKind[nelson]},
		{"flatline", decodeKind[flatline]},
		{"count", decodeKind[count]},
		{"ratio", decodeKind[ratio]},
		{"pace", decodeKind[pace]},
		{"sequence", decodeKind[sequence]},
		{"condition", decodeKind[vendorAlarm]},
		{"nosale", decodeKind[noSale]},
		{"production", decodeKind[production]},
		{"goodnews", decodeKind[goodnews]},
	}
}

// decodeRule reads the rule at node, whose kind is name.
func decodeRule(name string, node ast.Node) (Rule, error) {
	var names []string
	for _, d := range decoders() {
		if d.kind == name {
			return d.decode(node)
		}
		names = append(names, d.kind)
	}
	return Rule{}, &Error{Key: "kind", Text: unknown("kind", name, names)}
}
