package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Notifications is what each member is told.
type Notifications interface {
	// Notifications lists what a member is told in the member's scope, the
	// latest first, and says from where to go on.
	Notifications(ctx context.Context, m feed.Member, after string, limit int) (list []feed.Notification, next string, err error)
	// Unread counts those that the member has not read.
	Unread(ctx context.Context, m feed.Member) (int, error)
	// ReadNotification keeps that a member read one of theirs, and
	// ReadNotifications that they read all that there is by then.
	ReadNotification(ctx context.Context, m feed.MemberID, id string, now time.Time) error
	ReadNotifications(ctx context.Context, m feed.MemberID, now time.Time) error
}

// notificationPage is how many notifications are listed at once.
const notificationPage = 30

// Notification tells the reader one thing.
type Notification struct {
	ID        string    `json:"id"`
	Why       string    `json:"why" enum:"mentioned,asked,critical,decide,decided,read,help,answered,followed,recommended,flat,unled,arrived,invited,moderated,report,confirm,trial"`
	Text      string    `json:"text"`
	Post      string    `json:"post,omitempty" doc:"The post that it leads to."`
	Page      string    `json:"page,omitempty" doc:"The address in the screens that it leads to, where there is no post."`
	PlaceName string    `json:"place_name,omitempty" doc:"Where its post stands."`
	Urgent    bool      `json:"urgent"`
	Unread    bool      `json:"unread"`
	At        time.Time `json:"at"`
}

type notificationQuery struct {
	After string `query:"after" maxLength:"64" doc:"The next of the page before."`
}

type notificationList struct {
	Body struct {
		Notifications []Notification `json:"notifications" nullable:"false"`
		Unread        int            `json:"unread" doc:"How many are unread, on this page or not."`
		Next          string         `json:"next,omitempty" doc:"Where the next page goes on."`
	}
}

type unreadCount struct {
	Body struct {
		Unread int `json:"unread"`
	}
}

type notificationID struct {
	ID string `path:"id"`
}

func (s *server) notificationRoutes() {
	route(s, inPerson, huma.Operation{
		OperationID: "list-notifications", Method: http.MethodGet, Path: "/api/v1/notifications",
		Summary: "What the reader is told, the latest first", Errors: []int{http.StatusUnprocessableEntity},
	}, s.notifications)
	route(s, inPerson, huma.Operation{
		OperationID: "count-notifications", Method: http.MethodGet, Path: "/api/v1/notifications/unread",
		Summary:     "How much of what the reader is told is unread",
		Description: "The event `told` of the stream says when to ask again.",
	}, func(ctx context.Context, _ *struct{}) (*unreadCount, error) {
		out := &unreadCount{}
		var err error
		out.Body.Unread, err = s.Notifications.Unread(ctx, visitorOf(ctx).member)
		return out, err
	})
	route(s, inPerson, huma.Operation{
		OperationID: "read-notification", Method: http.MethodPost, Path: "/api/v1/notifications/{id}/read", DefaultStatus: http.StatusNoContent,
		Summary: "Keep that one was read: one that is cleared by now, or somebody else's, changes nothing",
	}, func(ctx context.Context, in *notificationID) (*struct{}, error) {
		return nil, s.Notifications.ReadNotification(ctx, visitorOf(ctx).member.ID, in.ID, time.Now())
	})
	route(s, inPerson, huma.Operation{
		OperationID: "read-notifications", Method: http.MethodPost, Path: "/api/v1/notifications/read-all", DefaultStatus: http.StatusNoContent,
		Summary: "Keep that all were read",
	}, func(ctx context.Context, _ *struct{}) (*struct{}, error) {
		return nil, s.Notifications.ReadNotifications(ctx, visitorOf(ctx).member.ID, time.Now())
	})
}

func (s *server) notifications(ctx context.Context, in *notificationQuery) (*notificationList, error) {
	v, out := visitorOf(ctx), &notificationList{}
	out.Body.Notifications = []Notification{}
	list, next, err := s.Notifications.Notifications(ctx, v.member, in.After, notificationPage)
	if err != nil {
		return nil, err
	}
	if out.Body.Unread, err = s.Notifications.Unread(ctx, v.member); err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, err
	}
	out.Body.Next = next
	for _, n := range list {
		one := Notification{
			ID: n.ID, Why: string(n.Why), Text: n.Text.Render(v.lang, n.Values), Post: string(n.Post), Page: n.Page,
			Urgent: n.Urgent, Unread: n.ReadAt.IsZero(), At: utc(n.At),
		}
		if n.Place != "" {
			one.PlaceName = tree.Name(n.Place)
		}
		if n.Asset != "" && n.Asset != n.Place {
			one.PlaceName = tree.Name(n.Asset) + " · " + one.PlaceName
		}
		out.Body.Notifications = append(out.Body.Notifications, one)
	}
	return out, nil
}
