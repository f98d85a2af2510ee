package feed

import "time"

// Talk is what people put into a post and machines never do; nil where they put
// nothing.
type Talk struct {
	Tags     []string    `json:"tags,omitempty"`     // folded, without #
	Mentions []Mention   `json:"mentions,omitempty"` // whom the post's own words call
	For      *Population `json:"for,omitempty"`      // to whom it is put; nil: to those who read the place
	Expires  time.Time   `json:"expires,omitzero"`   // of an announcement or notice; zero: never
	Accepted CommentID   `json:"accepted,omitempty"` // the answer that was kept
	Poll     *Poll       `json:"poll,omitempty"`
	Readers  int         `json:"readers,omitempty"` // who said "Lu et compris" since it was written or changed
	Course   *Course     `json:"course,omitempty"`  // through its decision circuit
	Card     *Card       `json:"card,omitempty"`    // of a good practice
	Hidden   *Hidden     `json:"hidden,omitempty"`  // by a moderator
	EditedAt time.Time   `json:"edited_at,omitzero"`
	Help     *Help       `json:"help,omitempty"` // of a call for a hand
	Pin      *Pinned     `json:"pin,omitempty"`
	NudgedAt time.Time   `json:"nudged_at,omitzero"` // when those present were last reminded
	From     PostID      `json:"from,omitempty"`     // that it was born of: an idea's alert, a card's thread
}

// Poll is a choice between two and five answers; each has one.
type Poll struct {
	Choices []Choice  `json:"choices"`
	Closes  time.Time `json:"closes,omitzero"`
}

// Choice is one answer of a poll.
type Choice struct {
	Text  string `json:"text"`
	Votes int    `json:"votes"`
}

// Hidden says who took a post or comment off the screens, and why.
type Hidden struct {
	By     Author    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Answer string    `json:"answer,omitempty"` // of the author, once, to the moderator
}

// talk is what people put into p, made at need.
func (p *Post) talk() *Talk {
	if p.Talk == nil {
		p.Talk = &Talk{}
	}
	return p.Talk
}

// hidden is by whom and why a post is off the screens, nil when it is not.
func (p *Post) hidden() *Hidden {
	if p.Talk == nil {
		return nil
	}
	return p.Talk.Hidden
}
