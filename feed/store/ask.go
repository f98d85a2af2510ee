package store

import (
	"database/sql/driver"

	"github.com/fildefer/fildefer/feed"
)

// asking is what the rule of a post asks for, as one column: most posts of a
// list have none of it.
type asking struct{ post *feed.Post }

type asked struct {
	Owner    string      `json:"owner,omitempty"`
	Question feed.Text   `json:"question,omitzero"`
	Causes   []feed.Text `json:"causes,omitempty"`
	Actions  []feed.Text `json:"actions,omitempty"`
}

func (a asking) Value() (driver.Value, error) {
	p := a.post
	if p.Owner == "" && p.Question.IsZero() && len(p.Causes) == 0 && len(p.Actions) == 0 {
		return "", nil
	}
	return doc(&asked{p.Owner, p.Question, p.Causes, p.Actions}).Value()
}

func (a asking) Scan(src any) error {
	var read asked
	err := doc(&read).Scan(src)
	a.post.Owner, a.post.Question, a.post.Causes, a.post.Actions = read.Owner, read.Question, read.Causes, read.Actions
	return err
}
