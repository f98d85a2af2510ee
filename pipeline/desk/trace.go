package desk

import (
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// maxTraces bounds how many signals have a curve. Beyond it new signals have
// none; rules are not affected.
const maxTraces = 100_000

// traces thins signals to one sample per feed.TraceStep. A sample is the first
// value of its step, so that it is committed with the batch that brought it and
// no crash can lose a half-filled step.
type traces struct {
	last map[traceKey]sample
}

type traceKey struct {
	asset  pipeline.AssetPath
	signal string
}

type sample struct {
	at   time.Time
	text string
}

func newTraces() *traces { return &traces{last: make(map[traceKey]sample)} }

// sample returns the new sample that e makes, if it makes one. A signal that is
// not a number keeps its last text only, and at each change.
func (t *traces) sample(e *pipeline.Event) (feed.Trace, bool) {
	if e.Kind != pipeline.Measure && e.Kind != pipeline.State || !e.Usable() {
		return feed.Trace{}, false
	}
	key := traceKey{e.Asset, e.Signal}
	at, text := pipeline.Believed(e.At, e.Received), ""
	number, numeric := e.Value.Number()
	if !numeric {
		text = e.Value.String()
	}
	last, known := t.last[key]
	if known && at.Sub(last.at) < feed.TraceStep && text == last.text {
		return feed.Trace{}, false
	}
	if !known && len(t.last) >= maxTraces {
		return feed.Trace{}, false
	}
	t.last[key] = sample{at, text}
	out := feed.Trace{Asset: feed.Path(e.Asset), Signal: e.Signal, Unit: e.Unit, Text: text, At: at}
	if numeric {
		out.Points = []feed.Point{{At: at, Value: number}}
	}
	return out, true
}
