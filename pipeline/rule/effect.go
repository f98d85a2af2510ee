package rule

import (
	"maps"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// EffectKind says what became of a condition.
type EffectKind string

// Kinds of effects.
const (
	Raise   EffectKind = "raise"   // it began, or began again
	Worsen  EffectKind = "worsen"  // it grew more severe
	Update  EffectKind = "update"  // a new value
	Clear   EffectKind = "clear"   // it ended by itself
	Spoil   EffectKind = "spoil"   // its data went stale
	Freshen EffectKind = "freshen" // its data came back

	Unstable EffectKind = "unstable" // it comes and goes: left as it is until steady
	Steady   EffectKind = "steady"
	Latch    EffectKind = "latch"    // it ended, and waits for a person to say so
	Shelve   EffectKind = "shelve"   // a person silenced it, see Shelved and Until
	Unshelve EffectKind = "unshelve" // it is heard again
	Retire   EffectKind = "retire"   // its rule was changed or removed while it held
)

// Kinds of posts that effects ask for.
const (
	postAlert       = "alert"
	postStockOut    = "stock-out"
	postPhantom     = "phantom-stock"
	postSellingWell = "selling-well"
	postProduction  = "production"
	postGoodNews    = "good-news"
)

// Authors of effects.
const (
	byMachine = "machine"
	byERP     = "erp"
)

// Effect is one change of one condition.
type Effect struct {
	// ID is "<seq>.<n>": the same stream gives the same ids.
	ID   string
	Kind EffectKind
	Rule string
	Key  string // rule, asset and sub-key
	// Episode is the stream time of the first Raise, in Unix milliseconds, so
	// that it grows even when the state of the key was forgotten between. A
	// Raise soon after a Clear keeps the episode.
	Episode int64
	At      time.Time // stream time

	PostKind   string
	Topic      string
	Severity   string
	Territory  pipeline.AssetPath // empty: the asset's home
	Asset      pipeline.AssetPath
	SKU        string
	Author     string // "machine" or "erp"
	AuthorName string

	TitleFR, TitleEN string
	Values           map[string]any // finite float64 or string, for the templates

	Since   time.Time // stream time: when it last began to hold
	Began   time.Time // likewise, by the source of the event that said so, before any delay; zero: time alone did
	Flips   int       // changes since it became unstable, with those that made it so
	Shelved bool      // silenced by a person, or out of service: nobody is to be told
	Until   time.Time // of the shelf; zero: until the condition ends, or it is back in service
	Reason  string    // of the shelf

	Run *Run // of a production thread

	Signal string // whose curve explains the condition; empty when none does
	Value  pipeline.Value
	Unit   string
	Limit  *float64
	Event  pipeline.Event // the deciding one
}

// dropInfinite drops the values that are no numbers to show, and that JSON has
// no form for: whoever keeps the effect could not keep any of it.
func (e *Effect) dropInfinite() {
	maps.DeleteFunc(e.Values, func(_ string, v any) bool {
		number, ok := v.(float64)
		return ok && !isFinite(number)
	})
}
