package report

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fildefer/fildefer/feed"
)

// maxLines bounds the tasks of a sheet, and what it raises: it is one page.
const maxLines = 12

// Write puts something on the sheet of the shift or day that an instant lies in,
// in m's name, and returns the sheet.
func (m *Meetings) Write(ctx context.Context, by feed.Member, place feed.Path, span feed.Span, at time.Time, c feed.MeetingChange) (*feed.MeetingSheet, error) {
	blank := m.blank(place, span, at)
	cells, err := m.cells(ctx, blank)
	if err != nil {
		return nil, err
	}
	err = m.board.InTx(ctx, func(tx feed.Tx) error {
		if err := feed.Require(by, feed.Handle, place); err != nil {
			return err
		}
		tree, err := tx.Tree(ctx)
		if err != nil {
			return err
		}
		kept, err := tx.Meeting(ctx, place, blank.Span, blank.From)
		if err != nil {
			return err
		}
		if kept == nil {
			kept = blank
		}
		if kept.Done != nil {
			return feed.Refuse(feed.Conflict, "Cette réunion est terminée ; sa fiche ne change plus.", "This meeting is over; its sheet no longer changes.")
		}
		w := writing{kept, by, m.now().UTC(), tree.Name(place)}
		if err := w.apply(c, cells); err != nil {
			return err
		}
		return tx.KeepMeeting(ctx, kept)
	})
	if err != nil {
		return nil, err
	}
	return m.Sheet(ctx, place, span, at)
}

// writing is a change of a sheet in the transaction that makes it.
type writing struct {
	sheet *feed.Meeting
	by    feed.Member
	at    time.Time
	place string
}

func (w writing) apply(c feed.MeetingChange, cells []feed.MeetingCell) error {
	switch {
	case c.Correct != nil:
		return w.correct(*c.Correct)
	case c.Task != nil:
		return w.task(*c.Task)
	case c.Raise != nil:
		return w.raise(*c.Raise)
	case c.End:
		w.end(cells)
		return nil
	}
	return feed.Refuse(feed.Invalid, "Rien à écrire sur la fiche.", "Nothing to write on the sheet.")
}

func (w writing) correct(c feed.Correcting) error {
	if err := said(c.Concern, c.Reason, feed.Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return err
	}
	if w.sheet.Corrected == nil {
		w.sheet.Corrected = map[feed.Concern]feed.Correction{}
	}
	w.sheet.Corrected[c.Concern] = feed.Correction{Value: c.Value, Abnormal: c.Abnormal, Reason: strings.TrimSpace(c.Reason), By: w.by.Name, At: w.at}
	return nil
}

func (w writing) task(t feed.MeetingTask) error {
	if err := said(t.Concern, t.Text, feed.Text{FR: "L’action", EN: "The action"}); err != nil {
		return err
	}
	if err := said(t.Concern, t.Owner, feed.Text{FR: "Le nom de qui s’en charge", EN: "The owner"}); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, t.Due); err != nil {
		return feed.Refuse(feed.Invalid, "« {due} » n’est pas une date ; écrivez 2026-11-30.", "“{due}” is no date; write 2026-11-30.").With(feed.Values{"due": t.Due})
	}
	if i := slices.IndexFunc(w.sheet.Tasks, func(o feed.MeetingTask) bool { return t.ID != "" && o.ID == t.ID }); i >= 0 {
		w.sheet.Tasks[i] = t
		return nil
	}
	if len(w.sheet.Tasks) >= maxLines {
		return errFull
	}
	if t.ID == "" {
		t.ID = w.at.Format("150405.000")
	}
	w.sheet.Tasks = append(w.sheet.Tasks, t)
	return nil
}

func (w writing) raise(r feed.Raising) error {
	if err := said(r.Concern, r.Text, feed.Text{FR: "La ligne", EN: "The line"}); err != nil {
		return err
	}
	if len(w.sheet.Raised) >= maxLines {
		return errFull
	}
	w.sheet.Raised = append(w.sheet.Raised, feed.RaisedLine{
		ID: w.at.Format("150405.000"), Concern: r.Concern, Text: strings.TrimSpace(r.Text),
		Territory: w.sheet.Territory, Name: w.place, By: w.by.Name, At: w.at,
	})
	return nil
}

// end keeps the figures as they are.
func (w writing) end(cells []feed.MeetingCell) {
	w.sheet.Cells = cells
	for i := range cells {
		if c, ok := w.sheet.Corrected[cells[i].Concern]; ok {
			cells[i].Corrected = &c
		}
	}
	w.sheet.Done = &feed.MeetingEnd{By: w.by.Name, At: w.at}
}

func said(of feed.Concern, text string, what feed.Text) error {
	v := feed.Values{"fr": what.FR, "en": what.EN, "limit": float64(feed.MaxReason)}
	switch text = strings.TrimSpace(text); {
	case !slices.Contains(feed.Concerns, of):
		return feed.Refuse(feed.Invalid, "« {concern} » n’est pas l’un des cinq thèmes.", "“{concern}” is none of the five concerns.").With(feed.Values{"concern": string(of)})
	case text == "":
		return feed.Refuse(feed.Invalid, "{fr} est vide.", "{en} is empty.").With(v)
	case utf8.RuneCountInString(text) > feed.MaxReason:
		return feed.Refuse(feed.Invalid, "{fr} dépasse {limit} caractères.", "{en} is longer than {limit} characters.").With(v)
	}
	return nil
}

var errFull = feed.Refuse(feed.Conflict, "La fiche est pleine : douze lignes tiennent sur une page.", "The sheet is full: twelve lines fit a page.")
