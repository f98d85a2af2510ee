package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Wishes keeps how members want to be told beside the screens.
type Wishes interface {
	Recipient(ctx context.Context, m feed.MemberID) (feed.Recipient, error)
	SetWishes(ctx context.Context, m feed.MemberID, w feed.Wishes) error
}

// Trial sends a notification to somebody to see whether it comes, and says what
// became of it on each channel.
type Trial func(ctx context.Context, to feed.Recipient) ([]feed.Tried, error)

// NoticeRules are how the reader is told beside the screens.
type NoticeRules struct {
	Email  string            `json:"email,omitempty" doc:"Where the reader is written to; without it, nowhere."`
	Mail   map[string]string `json:"mail" doc:"By concern: now, digest or never."`
	Urgent bool              `json:"urgent" doc:"What is urgent comes off shift and on leave too."`
	Weekly bool              `json:"weekly" doc:"The digest comes on Monday morning, else at the end of a shift."`
}

type wishes struct {
	Mail   map[string]string `json:"mail" doc:"By concern, one of asked, mention, decide, read, help, answers, followed and reports: now, digest or never."`
	Urgent bool              `json:"urgent"`
	Weekly bool              `json:"weekly"`
}

type oneNoticeRules struct{ Body NoticeRules }

// TrialResult is what became of a notification on a channel.
type TrialResult struct {
	Channel string    `json:"channel" enum:"app,mail"`
	To      string    `json:"to,omitempty"`
	At      time.Time `json:"at"`
	Answer  string    `json:"answer,omitempty" doc:"What the server said that took it."`
	Fault   string    `json:"fault,omitempty" doc:"Why it did not leave; absent when it did."`
	Detail  string    `json:"detail,omitempty" doc:"The fault in the words of who refused."`
}

type trialResults struct {
	Body struct {
		Results []TrialResult `json:"results" nullable:"false"`
	}
}

func (s *server) wishRoutes() {
	route(s, inPerson, huma.Operation{
		OperationID: "notice-rules", Method: http.MethodGet, Path: "/api/v1/notifications/rules",
		Summary: "How the reader is told beside the screens",
	}, s.noticeRules)
	route(s, inPerson, huma.Operation{
		OperationID: "set-notice-rules", Method: http.MethodPut, Path: "/api/v1/notifications/rules",
		Summary: "Choose how one is told beside the screens", Errors: []int{http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *struct{ Body wishes }) (*oneNoticeRules, error) {
		w := feed.Wishes{Mail: map[feed.Matter]feed.Pace{}, Urgent: in.Body.Urgent, Weekly: in.Body.Weekly}
		for c, p := range in.Body.Mail {
			w.Mail[feed.Matter(c)] = feed.Pace(p)
		}
		if err := w.Check(); err != nil {
			return nil, err
		}
		if err := s.Wishes.SetWishes(ctx, visitorOf(ctx).member.ID, w); err != nil {
			return nil, err
		}
		return s.noticeRules(ctx, nil)
	})
	route(s, inPerson, huma.Operation{
		OperationID: "try-notification", Method: http.MethodPost, Path: "/api/v1/notifications/test",
		Summary: "Send oneself a notification by every channel, and see what becomes of it",
	}, s.tryNotification)
}

func (s *server) noticeRules(ctx context.Context, _ *struct{}) (*oneNoticeRules, error) {
	to, err := s.Wishes.Recipient(ctx, visitorOf(ctx).member.ID)
	if err != nil {
		return nil, err
	}
	out := &oneNoticeRules{Body: NoticeRules{Email: to.Email, Mail: map[string]string{}, Urgent: to.Wishes.Urgent, Weekly: to.Wishes.Weekly}}
	for _, c := range feed.Matters {
		out.Body.Mail[string(c)] = string(to.Wishes.Pace(c))
	}
	return out, nil
}

func (s *server) tryNotification(ctx context.Context, _ *struct{}) (*trialResults, error) {
	v := visitorOf(ctx)
	to, err := s.Wishes.Recipient(ctx, v.member.ID)
	if err != nil {
		return nil, err
	}
	tried, err := s.Trial(ctx, to)
	if err != nil {
		return nil, err
	}
	out := &trialResults{}
	out.Body.Results = []TrialResult{}
	for _, t := range tried {
		out.Body.Results = append(out.Body.Results, TrialResult{
			Channel: t.Channel, To: t.To, At: utc(t.At), Answer: t.Answer, Fault: t.Fault.Render(v.lang, nil), Detail: t.Detail,
		})
	}
	return out, nil
}
