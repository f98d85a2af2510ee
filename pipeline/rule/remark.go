package rule

import (
	"fmt"

	"github.com/fildefer/fildefer/pipeline"
)

// Remark is something that whoever keeps the rules should know: a rule that
// cannot be applied to an asset, told once by an engine.
type Remark struct {
	Rule  string
	Asset pipeline.AssetPath
	Text  string
}

// Remarks returns what came up since the last call.
func (e *Engine) Remarks() []Remark {
	list := e.remarks
	e.remarks = nil
	return list
}

// restless says once of a rule that its timers make no progress: a fault of the
// kind, not of the file.
func (e *Engine) restless(c *condition) {
	if w := c.watch; !w.remarked {
		w.remarked = true
		e.remarks = append(e.remarks, Remark{Rule: w.rule.ID, Asset: w.asset.path, Text: "the rule wakes over and over, which is a fault of Fildefer: please report it"})
	}
}

// unitFits tells whether the rule speaks of the event's unit. A limit in
// grams says nothing of ounces, and no limit must be misled by them.
func (e *Engine) unitFits(w *watch, ev *pipeline.Event) bool {
	if w.rule.Unit == "" || ev.Unit == "" || ev.Unit == w.rule.Unit || ev.Signal != w.rule.Signal {
		return true
	}
	if !w.remarked {
		w.remarked = true
		text := fmt.Sprintf("the rule is in %s, but %s comes in %s: the rule is not applied", w.rule.Unit, ev.Signal, ev.Unit)
		e.remarks = append(e.remarks, Remark{Rule: w.rule.ID, Asset: ev.Asset, Text: text})
	}
	return false
}
