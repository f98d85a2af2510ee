package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// linkPage is where somebody who links an account comes from and back to.
const linkPage = "/me"

type linkStart struct {
	Cookie http.Cookie `header:"Set-Cookie"`
	Body   struct {
		Address string `json:"address" doc:"Of the company's identity provider, to open in this browser."`
	}
}

// leaveToLink sends somebody to the provider for an account that becomes theirs.
// They show there who they are though they did before: the browser may still be
// somebody else's there.
func (s *server) leaveToLink(ctx context.Context, _ *struct{}) (*linkStart, error) {
	v := visitorOf(ctx)
	switch {
	case s.Company == nil:
		return nil, errNoRoute
	case v.device != nil:
		return nil, errLinkShared
	case time.Since(v.proved) > provedFor:
		return nil, errStepUp
	}
	switch has, err := s.Members.HasAccount(ctx, s.Company.Issuer(), v.member.ID); {
	case err != nil:
		return nil, err
	case has:
		return nil, feed.ErrHasAccount
	}
	address, kept, err := s.Company.Begin(ctx, feed.CompanyErrand{Redirect: s.callback(v), To: linkPage, Again: true, Link: v.member.ID})
	if errors.Is(err, feed.ErrNoProvider) { // which is no reason to sign anybody out
		s.Log.LogAttrs(ctx, slog.LevelWarn, "the company's account cannot be linked", slog.Any("error", err))
		return nil, &late{error: err, status: http.StatusServiceUnavailable, seconds: 5}
	}
	if err != nil {
		return nil, err
	}
	out := &linkStart{Cookie: v.errand(kept, errandAge)}
	out.Body.Address = address
	return out, nil
}

// link makes an account that of the member who left for it, if it is still them
// who are signed in.
func (s *server) link(ctx context.Context, a feed.CompanyAccount, sent feed.CompanyErrand) (*elsewhere, error) {
	v := visitorOf(ctx)
	if v.signedIn() != sent.Link {
		return s.companyRefused(ctx, sent, feed.ErrSomebodyElse)
	}
	if err := s.Roster.Link(ctx, sent.Link, a); err != nil {
		return s.companyRefused(ctx, sent, err)
	}
	return &elsewhere{Status: http.StatusSeeOther, Location: sent.To + "#linked", Cookies: []http.Cookie{v.errand("", -1)}}, nil
}

var errLinkShared = feed.Refuse(feed.Forbidden,
	"Cet appareil est partagé : reliez votre compte depuis le vôtre.", "This device is shared: link your account from your own.")
