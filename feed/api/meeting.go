package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Meetings fills the sheets of short meetings.
type Meetings interface {
	// Sheet is that of the shift or day that an instant lies in.
	Sheet(ctx context.Context, place feed.Path, span feed.Span, at time.Time) (*feed.MeetingSheet, error)
	// Write puts one thing on it in a member's name.
	Write(ctx context.Context, by feed.Member, place feed.Path, span feed.Span, at time.Time, c feed.MeetingChange) (*feed.MeetingSheet, error)
}

// MeetingPage is a sheet with the posts that it names.
type MeetingPage struct {
	feed.MeetingSheet
	Posts    []Post `json:"posts" nullable:"false" doc:"Those that the cells name and the reader may see."`
	MayWrite bool   `json:"may_write"`
}

// MeetingQuery names a sheet.
type MeetingQuery struct {
	Territory string    `query:"territory" required:"true" minLength:"1"`
	Span      string    `query:"span" enum:"shift,day" default:"shift"`
	At        time.Time `query:"at" doc:"An instant of the shift or day; now without it."`
}

type (
	meetingChange struct {
		MeetingQuery
		Body feed.MeetingChange
	}
	oneMeeting struct{ Body MeetingPage }
)

func (s *server) meetingRoutes() {
	refused := []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity}
	route(s, feed.Read, huma.Operation{
		OperationID: "read-meeting", Method: http.MethodGet, Path: "/api/v1/meeting",
		Summary: "The sheet of a place for the short meeting of a shift or day", Errors: refused,
	}, func(ctx context.Context, in *MeetingQuery) (*oneMeeting, error) {
		place := feed.Path(in.Territory)
		if !visitorOf(ctx).member.Scope().Contains(place) {
			return nil, feed.ErrNotFound
		}
		sheet, err := s.Meetings.Sheet(ctx, place, feed.Span(in.Span), in.at())
		if err != nil {
			return nil, fmt.Errorf("meeting of %s: %w", place, err)
		}
		return s.meeting(ctx, sheet)
	})
	route(s, feed.Handle, huma.Operation{
		OperationID: "write-meeting", Method: http.MethodPost, Path: "/api/v1/meeting",
		Summary: "Correct a figure of a sheet, add an action, ask the place above, or end the meeting", Errors: refused,
	}, func(ctx context.Context, in *meetingChange) (*oneMeeting, error) {
		place := feed.Path(in.Territory)
		sheet, err := s.Meetings.Write(ctx, visitorOf(ctx).member, place, feed.Span(in.Span), in.at(), in.Body)
		if err != nil {
			return nil, fmt.Errorf("meeting of %s: %w", place, err)
		}
		return s.meeting(ctx, sheet)
	})
}

func (q MeetingQuery) at() time.Time {
	if q.At.IsZero() {
		return time.Now()
	}
	return q.At
}

func (s *server) meeting(ctx context.Context, sheet *feed.MeetingSheet) (*oneMeeting, error) {
	m := visitorOf(ctx).member
	var ids []feed.PostID
	for _, c := range sheet.Cells {
		ids = append(ids, c.Posts...)
	}
	posts, err := s.some(ctx, m.Scope(), ids)
	return &oneMeeting{Body: MeetingPage{MeetingSheet: *sheet, Posts: posts, MayWrite: feed.Can(m, feed.Handle, sheet.Territory)}}, err
}
