package api

import (
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Sheet is what a shift hands over.
type Sheet struct {
	Shift      string      `json:"shift"`
	Next       string      `json:"next,omitempty"`
	Start      time.Time   `json:"start"`
	End        time.Time   `json:"end"`
	Open       []SheetLine `json:"open" nullable:"false"`
	Unanswered []SheetLine `json:"unanswered" nullable:"false"`
	Shelved    []SheetLine `json:"shelved" nullable:"false"`
	Unstable   []SheetLine `json:"unstable" nullable:"false"`
	Runs       []SheetLine `json:"runs" nullable:"false"`
	Opened     int         `json:"opened" doc:"Posts in the shift."`
	Solved     int         `json:"solved"`
	Held       int         `json:"held" doc:"Conditions held back in the shift."`
	Signed     []Signature `json:"signed" nullable:"false" doc:"Who gave it and who received it, in the order in which they signed."`
}

// Signature is a person's word on a side of a handover.
type Signature struct {
	Side   string    `json:"side" enum:"given,received"`
	Name   string    `json:"name"`
	Member string    `json:"member"`
	At     time.Time `json:"at"`
}

// SheetLine is one post on a sheet, as it was when the sheet was written.
type SheetLine struct {
	Post     string `json:"post"`
	Title    string `json:"title"`
	Severity string `json:"severity" enum:"critical,major,minor,info"`
	State    string `json:"state" enum:"new,taken,onsite,resolved,closed"`
	Note     string `json:"note,omitempty" doc:"Who has it, or why it is silenced."`
	Run      *Run   `json:"run,omitempty"`
}

func (v view) sheet(s *feed.Sheet) *Sheet {
	if s == nil {
		return nil
	}
	out := &Sheet{
		Shift: s.Shift, Next: s.Next, Start: utc(s.Start), End: utc(s.End),
		Open: v.sheetLines(s.Open), Unanswered: v.sheetLines(s.Unanswered), Shelved: v.sheetLines(s.Shelved),
		Unstable: v.sheetLines(s.Unstable), Runs: v.sheetLines(s.Runs), Opened: s.Opened, Solved: s.Solved, Held: s.Held,
		Signed: make([]Signature, 0, len(s.Signed)),
	}
	for _, g := range s.Signed {
		out.Signed = append(out.Signed, Signature{Side: string(g.Side), Name: g.By.Name, Member: string(g.By.Member), At: utc(g.At)})
	}
	return out
}

func (v view) sheetLines(lines []feed.SheetLine) []SheetLine {
	out := make([]SheetLine, 0, len(lines))
	for _, l := range lines {
		out = append(out, SheetLine{
			Post: string(l.Post), Title: l.Title.Render(v.lang, l.Values), Severity: string(l.Severity), State: string(l.State),
			Note: l.Note, Run: run(l.Run),
		})
	}
	return out
}
