package rule

import (
	"slices"
	"strings"

	"github.com/fildefer/fildefer/pipeline"
)

// state holds while a signal equals one of some values.
type state struct {
	Equals []string `yaml:"equals"`
}

func (state) traits() traits {
	return traits{author: byMachine, values: []string{"state"}}
}

func (k state) check(*Rule) []fault {
	if len(k.Equals) == 0 {
		return []fault{{"equals", "list the states, for example [stopped, fault]"}}
	}
	return nil
}

func (k state) observe(_ any, ev *pipeline.Event, _ moment) (verdict, bool) {
	if !ev.Usable() {
		return unusable, false
	}
	if among(k.Equals, ev.Value.String()) {
		return holds, false
	}
	return fine, false
}

func (state) face(_ any, ev *pipeline.Event) face {
	return face{PostKind: postAlert, Value: reading{ev.Value}}
}

func (state) describe(_ any, e *Effect) { e.Values["state"] = e.Value.String() }

// among tells whether a source said one of some words, which it may spell in
// small letters or capitals.
func among(words []string, said string) bool {
	return slices.ContainsFunc(words, func(s string) bool { return strings.EqualFold(s, said) })
}
