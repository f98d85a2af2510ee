package editor_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// start is a Monday morning in winter, two hours into the early shift of Paris.
var start = time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)

// room is an engine and an editor that read the same handwritten stream.
type room struct {
	t      testing.TB
	set    *rule.Set
	engine *rule.Engine
	editor *editor.Editor
	seq    uint64
	ticked time.Time
	edits  []editor.Edit // of the whole stream
}

func compile(t testing.TB, yaml string) *rule.Set {
	t.Helper()
	file, err := rule.Parse("rules.yaml", []byte(yaml))
	require.NoError(t, err)
	set, err := rule.Compile([]*rule.File{file})
	require.NoError(t, err)
	return set
}

func enter(t testing.TB, yaml string) *room {
	t.Helper()
	set := compile(t, yaml)
	r := &room{t: t, set: set, engine: rule.NewEngine(set), editor: editor.New(set), ticked: start.Add(-time.Second)}
	r.until(0)
	return r
}

// step takes in ev and returns the edits that it makes.
func (r *room) step(ev pipeline.Event) []editor.Edit {
	r.seq++
	ev.ID = pipeline.EventID(fmt.Sprint("e", r.seq))
	effects := r.engine.Step(r.seq, ev.Received, &ev)
	now, awake := r.engine.Time()
	edits := slices.Clone(r.editor.Step(r.seq, now, awake, &ev, effects))
	r.edits = append(r.edits, edits...)
	return edits
}

// until lets a tick come each second up to so many seconds after start, and
// returns what they make.
func (r *room) until(seconds float64) string {
	var all []editor.Edit
	for then := moment(seconds); !r.ticked.Add(time.Second).After(then); {
		r.ticked = r.ticked.Add(time.Second)
		all = append(all, r.step(pipeline.Event{Kind: pipeline.Tick, Received: r.ticked, Attr: map[string]string{"shard": "0"}})...)
	}
	return brief(all)
}

// says is a state of an asset, so many seconds after start.
func (r *room) says(seconds float64, asset, state string) string {
	early := r.until(seconds)
	at := moment(seconds)
	edits := r.step(pipeline.Event{
		Source: "plc", Asset: pipeline.AssetPath(asset), Signal: "state", Kind: pipeline.State,
		Value: pipeline.Text(state), At: at, Received: at,
	})
	return join(early, brief(edits))
}

// does is what somebody did to a post.
func (r *room) does(seconds float64, kind pipeline.ActKind, thread string) string {
	early := r.until(seconds)
	act := pipeline.Act{Kind: kind, Asset: "lyon/w/l1/a", Thread: thread, Member: "zoe"}
	return join(early, brief(r.step(act.Event("act", moment(seconds)))))
}

// last is the last edit of that kind on that thread.
func (r *room) last(kind rule.EffectKind, thread string) editor.Edit {
	for _, x := range slices.Backward(r.edits) {
		if x.Kind == kind && x.Key == thread {
			return x
		}
	}
	require.Fail(r.t, "no such edit", "%s of %q", kind, thread)
	return editor.Edit{}
}

func (r *room) count(kind rule.EffectKind) int {
	n := 0
	for _, x := range r.edits {
		if x.Kind == kind {
			n++
		}
	}
	return n
}

func moment(seconds float64) time.Time {
	return start.Add(time.Duration(seconds * float64(time.Second)))
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// brief renders edits as "raise! fault a, hold suppressed fault b": the kind,
// "!" when people are called, and what it is about.
func brief(edits []editor.Edit) string {
	var list []string
	for _, x := range edits {
		s := string(x.Kind)
		if x.Bump {
			s += "!"
		}
		key := x.Key
		if x.Held != nil {
			s += " " + string(x.Held.Reason)
			key = x.Held.Key
		}
		if x.To != "" {
			s += " " + x.To
		}
		list = append(list, s+" "+short(key))
	}
	return strings.Join(list, ", ")
}

// short is "fault a" for "fault\tlyon/w/l1/a\t".
func short(key string) string {
	if strings.HasPrefix(key, "group\t") || strings.HasPrefix(key, "flood\t") || strings.HasPrefix(key, "handover\t") {
		return strings.ReplaceAll(key, "\t", " ")
	}
	id, asset, _ := strings.Cut(strings.TrimSuffix(key, "\t"), "\t")
	return id + " " + pipeline.AssetPath(asset).Base()
}

// keyOf is the key of a condition of a rule without sub-keys.
func keyOf(id, asset string) string { return id + "\t" + asset + "\t" }

// members lists the members of a post, with a star at the first ones.
func members(x editor.Edit) string {
	var list []string
	for _, m := range x.Members {
		s := m.Asset.Base()
		if m.First {
			s += "*"
		}
		if !m.Active {
			s += "-"
		}
		list = append(list, s)
	}
	return strings.Join(list, " ")
}
