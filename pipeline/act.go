package pipeline

import "time"

// People is the source of the events that people made.
const People = "people"

// ActSignal is the signal of events that say what somebody did to a post.
const ActSignal = "act"

// ActKind is what somebody did.
type ActKind string

// Kinds of acts. Those on a condition name its key, those on a post its thread.
const (
	ActTake    ActKind = "take"    // on a post
	ActResolve ActKind = "resolve" // on a post
	ActReopen  ActKind = "reopen"  // on a post

	ActShelve   ActKind = "shelve"         // on a condition: silent until then, or once
	ActUnshelve ActKind = "unshelve"       // on a condition
	ActDisable  ActKind = "out-of-service" // on a condition: silent until it is enabled
	ActEnable   ActKind = "in-service"     // on a condition
	ActReset    ActKind = "reset"          // on a condition that latched
)

// Act is what a person did to a post or to a condition under it. It is written
// into the stream, so that rules that are run again on the past meet it again.
type Act struct {
	Kind    ActKind
	Asset   AssetPath // that the condition or post is about, or its place
	Thread  string    // key of the post
	Key     string    // key of the condition
	Until   time.Time // of a shelve
	OneShot bool      // of a shelve: ends when the condition does
	Reason  string
	Member  string
}

// Event is the act as an event, under an id that its sender keeps for repeats.
func (a Act) Event(id EventID, at time.Time) Event {
	attr := map[string]string{}
	for key, value := range map[string]string{"thread": a.Thread, "key": a.Key, "reason": a.Reason, "member": a.Member} {
		if value != "" {
			attr[key] = value
		}
	}
	if !a.Until.IsZero() {
		attr["until"] = a.Until.UTC().Format(time.RFC3339Nano)
	}
	if a.OneShot {
		attr["once"] = "true"
	}
	return Event{ID: id, Source: People, Asset: a.Asset, Signal: ActSignal, Kind: Record, Value: Text(string(a.Kind)), At: at, Received: at, Attr: attr}
}

// ActOf reads an act; ok is false when ev is none.
func ActOf(ev *Event) (a Act, ok bool) {
	kind, isText := ev.Value.Text()
	if ev.Source != People || ev.Signal != ActSignal || ev.Kind != Record || !isText {
		return Act{}, false
	}
	a = Act{
		Kind: ActKind(kind), Asset: ev.Asset, Thread: ev.Attr["thread"], Key: ev.Attr["key"],
		OneShot: ev.Attr["once"] == "true", Reason: ev.Attr["reason"], Member: ev.Attr["member"],
	}
	if until, err := time.Parse(time.RFC3339Nano, ev.Attr["until"]); err == nil {
		a.Until = until
	}
	return a, true
}
