package editor

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// recordVersion changes when an older reader would misread what is written.
const recordVersion = 1

// Kinds of rows, before the first tab of their keys. No key of a rule's state
// begins with the sign that these begin with.
const (
	rowCondition = "~cond"
	rowThread    = "~thread"
	rowPlace     = "~place"
	rowRoster    = "~shift"
)

// entry is whatever the editor keeps a row of.
type entry interface {
	row() string
	blob() []byte   // nil: there is nothing to keep any more
	due() time.Time // when wake is to be called, in awake time; zero: never
	wake(e *Editor) // must put off due
	alarm() *timer
}

// Restore gives back one state that [Editor.Dirty] gave out. All of them come
// before the first Step.
func (e *Editor) Restore(key string, blob []byte) error {
	if err := e.restore(key, blob); err != nil {
		return fmt.Errorf("restore editor state %q: %w", key, err)
	}
	return nil
}

func (e *Editor) restore(key string, blob []byte) error {
	kind, name, ok := strings.Cut(key, "\t")
	if !ok {
		return fmt.Errorf("is no key of an editor's state")
	}
	switch kind {
	case rowCondition:
		return e.restoreCondition(name, blob)
	case rowThread:
		return e.restoreThread(name, blob)
	case rowPlace:
		return decode(blob, &e.place(pipeline.AssetPath(name)).placeRecord)
	case rowRoster:
		return decode(blob, &e.roster(name).rosterRecord)
	default:
		return fmt.Errorf("is no key of an editor's state")
	}
}

// encode cannot fail: what it is given holds finite numbers, and times that
// were read from the stream.
func encode(v any) []byte {
	data, err := json.Marshal(struct {
		Version int `json:"v"`
		State   any `json:"state"`
	}{recordVersion, v})
	if err != nil {
		panic(fmt.Sprintf("editor: encode state: %v", err))
	}
	return data
}

func decode(blob []byte, v any) error {
	envelope := struct {
		Version int             `json:"v"`
		State   json.RawMessage `json:"state"`
	}{}
	if err := json.Unmarshal(blob, &envelope); err != nil {
		return err
	}
	if envelope.Version != recordVersion {
		return fmt.Errorf("version %d is not known", envelope.Version)
	}
	return json.Unmarshal(envelope.State, v)
}

// clipping is an effect that is kept: what a post will show of its condition.
type clipping struct{ rule.Effect }

// clippingJSON shadows what has no JSON form of its own.
type clippingJSON struct {
	*rule.Effect
	Value any             `json:"Value"`
	Event json.RawMessage `json:"Event,omitempty"`
}

// MarshalJSON writes the event in its wire form.
func (c clipping) MarshalJSON() ([]byte, error) {
	w := clippingJSON{Effect: &c.Effect}
	if v, ok := c.Value.Number(); ok {
		w.Value = v
	} else if v, ok := c.Value.Bool(); ok {
		w.Value = v
	} else if v, ok := c.Value.Text(); ok {
		w.Value = v
	}
	if c.Event.ID != "" {
		w.Event = pipeline.Append(nil, &c.Event)
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *clipping) UnmarshalJSON(data []byte) (err error) {
	w := clippingJSON{Effect: &c.Effect}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	switch v := w.Value.(type) {
	case float64:
		c.Value = pipeline.Number(v)
	case bool:
		c.Value = pipeline.Bool(v)
	case string:
		c.Value = pipeline.Text(v)
	}
	if w.Event != nil {
		c.Event, err = pipeline.Decode(w.Event)
	}
	return err
}
