package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"golang.org/x/text/language"

	"github.com/fildefer/fildefer/feed"
)

// Options are what the API stands on. Log, Posts, Places, Machines, Lines,
// Articles, People, Sessions, Members, Devices, Pairing, Badges, Talks,
// Notifications, Stream, Roster, Welcome and Trail are needed.
type Options struct {
	Version  string
	Log      *slog.Logger
	Posts    Posts
	Places   Places
	Machines Machines
	Lines    Lines
	Articles Articles
	People   *feed.Service
	// Tree changes the territories, TreeFiles reads and writes their files,
	// PeopleFiles those of people, and Follows is what people follow of places.
	Tree        *feed.Places
	TreeFiles   TreeFiles
	PeopleFiles PeopleFiles
	Follows     Follows
	// Proposing makes places of people beside the tree, and Proposed is what is
	// proposed.
	Proposing *feed.Proposals
	Proposed  Proposed
	Sessions  Sessions
	Members   Members
	Devices   Devices
	Pairing   Pairing
	Badges    Badges
	Stream    Stream
	// Directory, Cards, Presences and Calls are people to each other: who can
	// what, who is here, who wants a hand.
	Directory Directory
	Cards     *feed.Directory
	Presences Presences
	Calls     Calls
	// Searching finds what was said.
	Searching Searching
	// Talks is what is read of conversations.
	Talks Talks
	// Skills are the names of those that may be called on a post, which begin
	// with what is typed; none without it.
	Skills func(ctx context.Context, p *feed.Post, q string) ([]string, error)
	// Notifications is what each member is told.
	Notifications Notifications
	// Wishes are how they want to be told beside the screens, Trial shows them
	// whether that works.
	Wishes Wishes
	Trial  Trial
	// Groups are what people do to groups, Circles what is read of them, Notices
	// what is read of publications.
	Groups  *feed.Circles
	Circles Circles
	Notices Notices
	// Needs says which places need a hand, Ambassadors are who gives it there.
	Needs       *feed.Needs
	Ambassadors *feed.Ambassadors
	Roster      Roster
	Welcome     Welcome
	Trail       Trail
	// Erasures keeps that somebody was erased, where a restored database finds
	// it; nobody is erased without it.
	Erasures func(feed.Erasure) error
	// Seals open what was sealed on a device that others hold by now;
	// nobody delivers without it.
	Seals Seals
	// Photos develops what people photograph; nobody sends a photo without it.
	Photos Photos
	// Rules are those that speak now; none without it.
	Rules Rules
	// Replays try rules on the past; nobody can without it.
	Replays Replays
	// Shifts knows the calendars; without it no shift works anywhere.
	Shifts Shifts
	// Balances makes activity reports, Meetings the sheets of short meetings.
	Balances Balances
	Meetings Meetings
	// Usages are ready ways to use the feed, Installs where they are in use, and
	// PackRules says what a pack brings, and whether the house has all of its
	// rules in files of its own.
	Usages    []feed.Usage
	Installs  Installs
	PackRules func(pack string) (says []feed.Text, owned bool)
	// Checklists are what people tick off, Launches how far places are, Charters
	// what people agree to there and CharterCounts how many did.
	Checklists    *feed.Checklists
	Launches      *feed.Launches
	Charters      *feed.Charters
	CharterCounts CharterCounts
	// Sources tells the health of the connectors.
	Sources func() []Source
	// Checks are what has to work before the node takes traffic, by name.
	Checks map[string]Check
	// Demo lists people to sign in as; empty outside of the demo.
	Demo []Person
	// Company signs people in with the company's account; not offered without it.
	Company Company
	// Site is where people open Fildefer, such as https://fildefer.example;
	// empty: as each browser says.
	Site string
	// Proxies are the networks whose X-Forwarded-For and -Proto are believed.
	Proxies []netip.Prefix
	// Web answers whatever is not the API.
	Web http.Handler
}

// server is the API and what it stands on.
type server struct {
	Options
	huma       huma.API
	langs      language.Matcher
	phrases    []phrase
	throttle   *throttle  // of those who sign in
	letters    *throttle  // of those who deliver
	attendance attendance // of those who act
	denials    denials
	inner      http.Handler // the API, behind the door that says who the visitor is
}

// New returns the handler of the whole site.
func New(o Options) http.Handler {
	s := &server{
		Options: o, phrases: phrases(), throttle: newThrottle(), letters: newThrottle(),
		langs: language.NewMatcher([]language.Tag{language.French, language.English}),
	}
	mux := http.NewServeMux()
	s.huma = humago.New(mux, s.config())
	s.sessionRoutes()
	s.companyRoutes()
	s.deviceRoutes()
	s.memberRoutes()
	s.rosterRoutes()
	s.invitationRoutes()
	s.intakeRoutes()
	s.welcomeRoutes()
	s.auditRoutes()
	s.ownRoutes()
	s.farewellRoutes()
	s.postRoutes()
	s.actRoutes()
	s.talkRoutes()
	s.practiceRoutes()
	s.groupRoutes()
	s.noticeRoutes()
	s.photoRoute()
	s.deliveryRoute()
	s.placeRoutes()
	s.placeReadRoutes()
	s.arrangeRoutes()
	s.treeRoutes()
	s.followRoutes()
	s.proposalRoutes()
	s.lineRoutes()
	s.pulseRoute()
	s.needRoute()
	s.ambassadorRoutes()
	s.rolloutRoute()
	s.articleRoutes()
	s.peopleRoutes()
	s.heldRoute()
	s.searchRoutes()
	s.balanceRoutes()
	s.meetingRoutes()
	s.usageRoutes()
	s.checklistRoutes()
	s.launchRoutes()
	s.charterRoutes()
	s.ruleRoutes()
	s.replayRoutes()
	s.sourceRoutes()
	s.streamRoute()
	s.notificationRoutes()
	s.wishRoutes()
	s.healthRoutes()
	mux.Handle("GET /api/openapi.json", s.document())
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, errNoRoute) })

	s.inner = mux
	site := http.NewServeMux()
	api := s.identify(compress(mux))
	for _, path := range []string{"/api/", "/healthz", "/readyz"} {
		site.Handle(path, api)
	}
	if o.Web != nil {
		site.Handle("/", o.Web)
	}
	return s.guard(site)
}

func (s *server) config() huma.Config {
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Fildefer", Version: s.Version,
				Description: "The feed of a plant or store in which machines and the ERP post first, and people answer. " +
					"Texts and refusals are in the language of ?lang=fr|en, else of the member, else of Accept-Language.",
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"cookie": {Type: "apiKey", In: "cookie", Name: cookieName},
					"bearer": {Type: "http", Scheme: "bearer"},
					"device": {Type: "apiKey", In: "cookie", Name: deviceCookie},
				},
			},
		},
		Formats:       huma.DefaultFormats,
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{s.translate},
	}
}

// document serves the OpenAPI document, which no longer changes once New has
// returned.
func (s *server) document() http.Handler {
	body := sync.OnceValues(s.huma.OpenAPI().MarshalJSON)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := body()
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(b)
	})
}
