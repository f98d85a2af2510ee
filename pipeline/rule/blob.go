package rule

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/fildefer/fildefer/pipeline"
)

// State is what must survive of one key. A nil Blob means: forget it.
type State struct {
	Key   string
	Shard int
	Blob  []byte

	asset pipeline.AssetPath
}

// blobVersion changes when an older reader would misread what is written.
const blobVersion = 1

// record is the blob of a condition: JSON, small and readable when something
// has to be understood at night.
type record struct {
	Version int             `json:"v"`
	Kind    string          `json:"kind"`
	By      string          `json:"by,omitempty"`     // attribute of the sub-key
	Shadow  string          `json:"shadow,omitempty"` // author of a rule in shadow
	Used    int64           `json:"used,omitempty"`
	Life    life            `json:"life"`
	Hand    *hand           `json:"hand,omitempty"`
	Seen    []mark          `json:"seen,omitempty"`
	Memory  json.RawMessage `json:"memory,omitempty"`
	Last    json.RawMessage `json:"last,omitempty"` // wire form of the deciding event
}

// keyOf is "<rule>\t<asset>\t<sub>": neither a rule's id nor a path holds a tab.
func keyOf(r *Rule, asset pipeline.AssetPath, sub string) string {
	return r.ID + "\t" + string(asset) + "\t" + sub
}

func splitKey(key string) (rule string, asset pipeline.AssetPath, sub string, ok bool) {
	parts := strings.SplitN(key, "\t", 3)
	if len(parts) != 3 {
		return "", "", "", false
	}
	return parts[0], pipeline.AssetPath(parts[1]), parts[2], true
}

// blob returns the state of c, or nil when there is none to keep. What is JSON
// already is put in as it is, since encoding/json would read it all again.
func (c *condition) blob() []byte {
	if c.gone {
		return nil
	}
	r := c.rule()
	blob := encode(record{Version: blobVersion, Kind: r.KindName, By: r.Key, Shadow: r.author(), Used: c.used, Life: c.life, Hand: c.hand, Seen: c.seen})
	if c.memory != nil {
		blob = append(append(blob[:len(blob)-1], `,"memory":`...), encode(c.memory)...)
		blob = append(blob, '}')
	}
	if c.last != nil {
		blob = pipeline.Append(append(blob[:len(blob)-1], `,"last":`...), c.last)
		blob = append(blob, '}')
	}
	return blob
}

// encode cannot fail: what it is given holds finite numbers and times that
// were read from the stream.
func encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("rule: encode state: %v", err))
	}
	return data
}

func decodeRecord(blob []byte) (*record, error) {
	var rec record
	if err := json.Unmarshal(blob, &rec); err != nil {
		return nil, err
	}
	if rec.Version != blobVersion {
		return nil, fmt.Errorf("version %d is not known", rec.Version)
	}
	return &rec, nil
}

// restore gives c the state that blob wrote.
func (c *condition) restore(rec *record) error {
	c.life, c.hand, c.used, c.gone = rec.Life, rec.Hand, rec.Used, false
	copy(c.seen, rec.Seen)
	if c.memory != nil && rec.Memory != nil {
		if err := json.Unmarshal(rec.Memory, c.memory); err != nil {
			return err
		}
	}
	last, err := rec.event()
	if err != nil {
		return err
	}
	needed := c.life.Phase != normal || c.rule().traits.keepsEvent && !c.kindDue().IsZero()
	if last == nil && needed {
		return errors.New("the deciding event is missing")
	}
	c.last = last
	return nil
}

func (r *record) event() (*pipeline.Event, error) {
	if r.Last == nil {
		return nil, nil
	}
	ev, err := pipeline.Decode(r.Last)
	return &ev, err
}

// reading is a value that knows how to be JSON.
type reading struct{ pipeline.Value }

// MarshalJSON writes null, a number, a string or a truth value.
func (r reading) MarshalJSON() ([]byte, error) {
	if v, ok := r.Number(); ok {
		return json.Marshal(v)
	}
	if v, ok := r.Bool(); ok {
		return json.Marshal(v)
	}
	if v, ok := r.Text(); ok {
		return json.Marshal(v)
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *reading) UnmarshalJSON(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	switch v := v.(type) {
	case float64:
		r.Value = pipeline.Number(v)
	case bool:
		r.Value = pipeline.Bool(v)
	case string:
		r.Value = pipeline.Text(v)
	default:
		r.Value = pipeline.Value{}
	}
	return nil
}
