package replay

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// natures tells of each signal of an asset whether its values are numbers. Its
// first value decides: a text among numbers is a fault of the recording, such as
// the "no data" of a historian, which no rule of the signal could judge. A
// signal that begins with a text is a state, whose names may look like numbers.
type natures map[signalOf]bool

// signalOf is one signal of one asset.
type signalOf struct {
	asset  pipeline.AssetPath
	signal string
}

// check moves the events that their signals cannot have had to the chunk's
// faults, and keeps both in the order of lines. It is told the chunks in order.
func (n natures) check(file string, c *chunk) {
	before := len(c.faults)
	c.events = slices.DeleteFunc(c.events, func(m pipeline.Message) bool {
		err := n.allow(&m.Event)
		if err != nil {
			c.fault(file, int(m.Seq), err)
		}
		return err != nil
	})
	if len(c.faults) > before {
		slices.SortStableFunc(c.faults, func(a, b lineFault) int { return cmp.Compare(a.line, b.line) })
	}
}

// allow refuses a text where numbers are read. Records and conditions carry
// what they like.
func (n natures) allow(ev *pipeline.Event) error {
	if ev.Kind != pipeline.Measure && ev.Kind != pipeline.State {
		return nil
	}
	if ev.Value.IsNone() {
		return nil
	}
	key := signalOf{ev.Asset, ev.Signal}
	text, isText := ev.Value.Text()
	numbers, known := n[key]
	switch {
	case !known:
		n[key] = ev.Kind == pipeline.Measure && !isText
	case numbers && isText:
		return fmt.Errorf("%.40q is no number, as the values of %s before it are; mend the line or remove it", text, ev.Signal)
	}
	return nil
}
