package opcua

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// roll lists the alarms that the stream was told are active, so that one which
// ended while nobody listened is told too: it is missing when the server
// refreshes all. The list outlives the program. The file holds no less than
// the stream was told: what is new is written before, what is over after.
type roll struct {
	save    func(list []byte) error // all of it or nothing
	open    map[rollKey]openAlarm
	leaving map[rollKey]openAlarm // over, but the stream has not got that yet
	grown   bool                  // open holds what the file does not
}

// rollKey tells alarms apart, of every entry of the configuration by itself.
type rollKey struct {
	notifier  string
	asset     pipeline.AssetPath
	signal    string
	condition string
}

// openAlarm is what is needed to say that an alarm is over.
type openAlarm struct {
	Notifier   string             `json:"notifier"`
	Asset      pipeline.AssetPath `json:"asset"`
	Signal     string             `json:"signal"`
	Condition  string             `json:"condition"`
	Name       string             `json:"name,omitempty"`
	SourceName string             `json:"source_name,omitempty"`
	Event      pipeline.EventID   `json:"event"` // that last said so
}

func (a *openAlarm) key() rollKey { return rollKey{a.Notifier, a.Asset, a.Signal, a.Condition} }

// newRoll returns an empty list.
func newRoll(save func([]byte) error) *roll {
	return &roll{save: save, open: make(map[rollKey]openAlarm), leaving: make(map[rollKey]openAlarm)}
}

// openRoll returns the list in a file, as an earlier life of the program left
// it. It is of use, and empty, when the file is not.
func openRoll(file string) (*roll, error) {
	r := newRoll(func(list []byte) error { return writeWhole(file, list) })
	list, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		err = r.load(list)
	}
	if err != nil {
		return r, fmt.Errorf("read the list of active alarms: %w", err)
	}
	return r, nil
}

func (r *roll) load(data []byte) error {
	var list []openAlarm
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	for _, a := range list {
		r.open[a.key()] = a
	}
	return nil
}

// meet notes what an event says of an alarm.
func (r *roll) meet(n *notifier, e *pipeline.Event) {
	a := openAlarm{
		Notifier: n.key, Asset: e.Asset, Signal: e.Signal, Condition: e.Attr["condition"],
		Name: e.Attr["name"], SourceName: e.Attr["source_name"], Event: e.ID,
	}
	active, _ := e.Value.Bool()
	if !active || e.Attr["retain"] == "false" || e.Attr["enabled"] == "false" {
		r.leave(a.key())
		return
	}
	_, had := r.open[a.key()]
	r.grown = r.grown || !had
	r.open[a.key()] = a
	delete(r.leaving, a.key())
}

func (r *roll) has(key rollKey) bool {
	_, ok := r.open[key]
	return ok
}

func (r *roll) leave(key rollKey) {
	if a, ok := r.open[key]; ok {
		r.leaving[key] = a
		delete(r.open, key)
	}
}

// missing lists the alarms that fit, in a fixed order.
func (r *roll) missing(fits func(openAlarm) bool) []openAlarm {
	var some []openAlarm
	for _, a := range r.sorted() {
		if fits(a) {
			some = append(some, a)
		}
	}
	return some
}

func (r *roll) sorted() []openAlarm {
	return slices.SortedFunc(maps.Values(r.open), openAlarm.compare)
}

func (a openAlarm) compare(b openAlarm) int {
	return slices.Compare(
		[]string{a.Notifier, string(a.Asset), a.Signal, a.Condition},
		[]string{b.Notifier, string(b.Asset), b.Signal, b.Condition})
}

// promise writes what the stream is about to be told.
func (r *roll) promise() error {
	if !r.grown {
		return nil
	}
	return r.write()
}

// settle writes that the stream has it all.
func (r *roll) settle() error {
	if len(r.leaving) == 0 {
		return nil
	}
	clear(r.leaving)
	return r.write()
}

// recall takes back what a session did not come to tell.
func (r *roll) recall() {
	maps.Copy(r.open, r.leaving)
	clear(r.leaving)
}

func (r *roll) write() error {
	list := r.sorted()
	list = slices.AppendSeq(list, maps.Values(r.leaving))
	data, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("write the list of active alarms: %w", err)
	}
	if err := r.save(data); err != nil {
		return err
	}
	r.grown = false
	return nil
}
