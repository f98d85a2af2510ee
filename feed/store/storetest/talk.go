package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// The people who talk in the suite: those of the plant, and one of the store.
var (
	teamLead = feed.Member{ID: "lead", Name: "Inès Moreau", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Lead}}}
	mechanic = feed.Member{ID: "mechanic", Name: "Bruno Picard", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}}, Functions: []string{"maintenance"}}
	fitter   = feed.Member{ID: "fitter", Name: "Awa Diallo", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}, Functions: []string{"maintenance"}}
	stranger = feed.Member{ID: "stranger", Name: "Léa Martin", Lang: feed.French, Grants: []feed.Grant{{Territory: "shop", Role: feed.Staff}}}
)

// talkers is a bench whose people are known to the store, and that hears what
// each of them is told.
type talkers struct {
	*bench
	told []feed.Notification
}

// InTx runs fn in a transaction of the store, and hears what it tells if it is
// kept.
func (s *talkers) InTx(ctx context.Context, fn func(feed.Tx) error) error {
	var heard []feed.Notification
	err := s.Store.InTx(ctx, func(tx feed.Tx) error {
		heard = nil
		return fn(hearing{tx, &heard})
	})
	if err == nil {
		s.told = append(s.told, heard...)
	}
	return err
}

type hearing struct {
	feed.Tx
	heard *[]feed.Notification
}

func (h hearing) Tell(ctx context.Context, n feed.Notification) error {
	*h.heard = append(*h.heard, n)
	return h.Tx.Tell(ctx, n)
}

func (b *bench) talkers(t *testing.T) *talkers {
	t.Helper()
	s := &talkers{bench: b}
	for _, m := range []feed.Member{operator, manager, teamLead, mechanic, fitter, stranger} {
		require.NoError(t, b.AddMember(t.Context(), m, ""))
	}
	b.service = feed.NewService(s, func() time.Time { return b.now })
	return s
}

// heard is who was told since the last time, and why.
func (s *talkers) heard() map[feed.MemberID]feed.Why {
	out := map[feed.MemberID]feed.Why{}
	for _, n := range s.told {
		out[n.Member] = n.Why
	}
	s.told = nil
	return out
}

func (s *talkers) idea(t *testing.T, text string) *feed.Post {
	t.Helper()
	p, _, err := s.service.Report(t.Context(), operator, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: text})
	require.NoError(t, err)
	s.told = nil
	return p
}

func (s *talkers) say(t *testing.T, m feed.Member, p *feed.Post, parent feed.CommentID, text string) *feed.Comment {
	t.Helper()
	s.now = s.now.Add(time.Second) // one after the other
	c, err := s.service.Comment(t.Context(), m, p.ID, parent, text)
	require.NoError(t, err)
	return c
}

func (s *talkers) post(t *testing.T, id feed.PostID) *feed.Post {
	t.Helper()
	p, err := s.Post(t.Context(), manager.Scope(), id)
	require.NoError(t, err)
	return p
}

func aMentionReachesReadersOnly(t *testing.T, b *bench) {
	s := b.talkers(t)
	p := s.idea(t, "Ranger l’outillage")
	c := s.say(t, operator, p, "", "@bruno picard et @Léa Martin, qui a vu @Zoé ?")
	require.Equal(t, map[feed.MemberID]feed.Why{"mechanic": feed.Mentioned}, s.heard())
	require.Equal(t, []feed.Mention{{As: "bruno picard", Member: "mechanic", Told: 1}, {As: "Léa"}, {As: "Zoé"}}, c.Mentions)
	kept, err := s.Thread(t.Context(), p.ID)
	require.NoError(t, err)
	require.Equal(t, c.Mentions, kept[0].Mentions)
}

func aRoleIsCalledWhereItIsPresent(t *testing.T, b *bench) {
	s := b.talkers(t)
	p := s.idea(t, "Buse bouchée")
	c := s.say(t, operator, p, "", "@maintenance svp")
	require.Equal(t, map[feed.MemberID]feed.Why{"mechanic": feed.Mentioned, "fitter": feed.Mentioned}, s.heard())
	require.Equal(t, []feed.Mention{{As: "maintenance", Role: "maintenance", Told: 2, Absent: true}}, c.Mentions)

	require.NoError(t, s.MarkPresent(t.Context(), feed.Presence{Member: "fitter", Until: s.now.Add(time.Hour)}))
	c = s.say(t, operator, p, "", "@Maintenance, @chef d’équipe")
	require.Equal(t, map[feed.MemberID]feed.Why{"fitter": feed.Mentioned, "lead": feed.Mentioned}, s.heard())
	require.Equal(t, feed.Mention{As: "Maintenance", Role: "maintenance", Told: 1}, c.Mentions[0])
	require.True(t, c.Mentions[1].Absent)
}

func aTextCallsSoManyAndNoMore(t *testing.T, b *bench) {
	s := b.talkers(t)
	p := s.idea(t, "Trop de monde")
	_, err := s.service.Comment(t.Context(), operator, p.ID, "", "@a1a @b2b @c3c @d4d @e5e @f6f @g7g @h8h @i9i @j0j @k1k")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	for i := range feed.MaxCalled + 1 {
		id := feed.MemberID("extra" + string(rune('a'+i/26)) + string(rune('a'+i%26)))
		m := feed.Member{ID: id, Name: string(id), Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}, Functions: []string{"quality"}}
		require.NoError(t, s.AddMember(t.Context(), m, ""))
	}
	_, err = s.service.Comment(t.Context(), operator, p.ID, "", "@qualité")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	require.Empty(t, s.heard())
	require.Zero(t, s.post(t, p.ID).Comments, "what is refused leaves nothing")
}

func authorsAreToldOfAnswers(t *testing.T, b *bench) {
	s := b.talkers(t)
	p := s.idea(t, "Une idée")
	first := s.say(t, mechanic, p, "", "Oui")
	require.Equal(t, map[feed.MemberID]feed.Why{"operator": feed.Answered}, s.heard())
	s.say(t, operator, p, first.ID, "Merci")
	require.Equal(t, map[feed.MemberID]feed.Why{"mechanic": feed.Answered}, s.heard(), "nobody is told of their own words")
	s.say(t, teamLead, p, first.ID, "@Karim, on le fait")
	require.Equal(t, map[feed.MemberID]feed.Why{"mechanic": feed.Answered, "operator": feed.Mentioned}, s.heard(), "who is mentioned is told once")
}

func anAnswerIsAccepted(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Pourquoi ?")
	c := s.say(t, mechanic, p, "", "À cause de la courroie")
	s.heard()
	_, err := s.service.Accept(ctx, fitter, p.ID, c.ID, true)
	require.NoError(t, err, "whoever handles the place may")
	_, err = s.service.Accept(under(ctx, "k"), operator, p.ID, c.ID, true)
	require.NoError(t, err)
	require.Equal(t, map[feed.MemberID]feed.Why{"mechanic": feed.Answered}, s.heard(), "told once")
	require.Equal(t, c.ID, s.post(t, p.ID).Talk.Accepted)
	other := s.idea(t, "Autre")
	_, err = s.service.Accept(ctx, operator, other.ID, c.ID, true)
	require.ErrorIs(t, err, feed.ErrNotFound, "a comment of another post")
	_, err = s.service.DeleteComment(ctx, mechanic, p.ID, c.ID)
	require.NoError(t, err)
	require.Empty(t, s.post(t, p.ID).Talk.Accepted, "what is taken back no longer holds")
	_, err = s.service.Accept(ctx, operator, p.ID, c.ID, true)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

func wordsAreChangedWithATrace(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Une idée")
	c := s.say(t, operator, p, "", "Premier jet #buse")
	require.Equal(t, []string{"buse"}, s.post(t, p.ID).Talk.Tags)
	s.now = s.now.Add(10 * time.Minute)
	_, err := s.service.EditComment(ctx, operator, p.ID, c.ID, "Deuxième #Courroie")
	require.NoError(t, err)
	versions, err := s.Versions(ctx, p.ID, c.ID)
	require.NoError(t, err)
	require.Empty(t, versions, "freely within a quarter of an hour")
	s.now = s.now.Add(10 * time.Minute)
	_, err = s.service.EditComment(ctx, teamLead, p.ID, c.ID, "Pas à moi")
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	for range 2 { // what is sent again changes nothing more
		_, err = s.service.EditComment(under(ctx, "edit"), operator, p.ID, c.ID, "Troisième")
		require.NoError(t, err)
	}
	versions, err = s.Versions(ctx, p.ID, c.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.Version{{Post: p.ID, Comment: c.ID, Text: "Deuxième #Courroie", At: s.now}}, versions)
	now := s.post(t, p.ID)
	require.Equal(t, "Troisième", now.LastComment.Text)
	require.Equal(t, s.now, now.LastComment.EditedAt)
	require.Empty(t, now.Talk.Tags)

	_, err = s.service.EditPost(ctx, operator, p.ID, "Une meilleure idée")
	require.NoError(t, err)
	now = s.post(t, p.ID)
	require.Equal(t, "Une meilleure idée", now.Text)
	require.Equal(t, s.now, now.Talk.EditedAt)
	entries, err := s.Timeline(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasEdited, feed.WasEdited}, kinds(entries))
}

func kinds(entries []feed.Entry) []feed.EntryKind {
	var out []feed.EntryKind
	for _, e := range entries {
		out = append(out, e.Kind)
	}
	return out
}

func wordsAreTakenBack(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Une idée")
	c, err := s.service.Comment(ctx, operator, p.ID, "", "À retirer #secret", feed.Picture{Width: 1, Height: 1, Large: []byte("l"), Small: []byte("s"), Sum: "x"})
	require.NoError(t, err)
	s.say(t, mechanic, p, c.ID, "Une réponse")
	_, err = s.service.DeleteComment(ctx, operator, p.ID, c.ID)
	require.NoError(t, err)
	thread, err := s.Thread(ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, thread, 2, "its place and its answers stay")
	require.Empty(t, thread[0].Text)
	require.Equal(t, s.now, thread[0].DeletedAt)
	_, err = s.Photo(ctx, operator.Scope(), c.Photos[0].ID, true)
	require.ErrorIs(t, err, feed.ErrNotFound)
	now := s.post(t, p.ID)
	require.Equal(t, 1, now.Comments)
	require.Equal(t, "Une réponse", now.LastComment.Text)
	require.Empty(t, now.Talk.Tags)
	_, err = s.service.EditComment(ctx, operator, p.ID, c.ID, "De retour")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

func aTagIsAFeed(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Ranger #Propreté")
	q := s.idea(t, "Autre idée")
	s.now = s.now.Add(time.Minute)
	s.say(t, mechanic, q, "", "Voir #PROPRETE")
	s.idea(t, "Sans étiquette")
	page, err := s.Feed(ctx, operator.Scope(), feed.Query{Tag: feed.Fold("Propreté")})
	require.NoError(t, err)
	require.ElementsMatch(t, []feed.PostID{p.ID, q.ID}, ids(page.Posts))
	page, err = s.Feed(ctx, operator.Scope(), feed.Query{Tag: "proprete", Limit: 1, State: feed.AnyOpen, Kind: feed.Idea})
	require.NoError(t, err)
	require.Len(t, page.Posts, 1)
	rest, err := s.Feed(ctx, operator.Scope(), feed.Query{Tag: "proprete", Limit: 1, State: feed.AnyOpen, Kind: feed.Idea, Cursor: page.Next})
	require.NoError(t, err)
	require.ElementsMatch(t, []feed.PostID{p.ID, q.ID}, append(ids(page.Posts), ids(rest.Posts)...))
	page, err = s.Feed(ctx, stranger.Scope(), feed.Query{Tag: "proprete"})
	require.NoError(t, err)
	require.Empty(t, page.Posts, "a tag shows nothing out of scope")
}

func ids(posts []*feed.Post) []feed.PostID {
	var out []feed.PostID
	for _, p := range posts {
		out = append(out, p.ID)
	}
	return out
}

func aPostIsRecommended(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Une idée")
	n, err := s.service.Recommend(ctx, operator, p.ID, feed.Population{Places: []feed.Path{"lyon"}, Roles: []feed.Role{"maintenance"}, People: []feed.MemberID{"lead", "stranger"}})
	require.NoError(t, err)
	require.Equal(t, 3, n, "not who may not read it")
	require.Equal(t, map[feed.MemberID]feed.Why{"mechanic": feed.Recommended, "fitter": feed.Recommended, "lead": feed.Recommended}, s.heard())
	_, err = s.service.Recommend(ctx, operator, p.ID, feed.Population{People: []feed.MemberID{"stranger"}})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	entries, err := s.Timeline(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasShared}, kinds(entries))
}

func aGuestsLinkEnds(t *testing.T, b *bench) {
	s := b.talkers(t)
	ctx := t.Context()
	p := s.idea(t, "Une idée")
	_, err := s.service.AdmitGuest(ctx, operator, p.ID, "Jean Dupont", 7, "hash")
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = s.service.AdmitGuest(ctx, teamLead, p.ID, "Jean Dupont", 31, "hash")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	g, err := s.service.AdmitGuest(under(ctx, "g"), teamLead, p.ID, "Jean Dupont", 7, "lost")
	require.NoError(t, err)
	again, err := s.service.AdmitGuest(under(ctx, "g"), teamLead, p.ID, "Jean Dupont", 7, "hash")
	require.NoError(t, err)
	require.Equal(t, g.ID, again.ID)
	_, err = s.GuestOf(ctx, "lost")
	require.ErrorIs(t, err, feed.ErrNotFound)
	kept, err := s.GuestOf(ctx, "hash")
	require.NoError(t, err)
	require.True(t, kept.Valid(s.now))
	require.False(t, kept.Valid(s.now.AddDate(0, 0, 7)))
	require.ErrorIs(t, s.service.EndGuest(ctx, teamLead, p.ID, "other"), feed.ErrNotFound)
	require.NoError(t, s.service.EndGuest(ctx, teamLead, p.ID, g.ID))
	all, err := s.Guests(ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.False(t, all[0].Valid(s.now))
}

func tricksInWordsAreDropped(t *testing.T, b *bench) {
	s := b.talkers(t)
	p := s.idea(t, "Pho\u200bto\u202e\u0007 <b>")
	require.Equal(t, "Photo <b>", s.post(t, p.ID).Text)
	c := s.say(t, operator, p, "", "\u202eadmin\u2066")
	require.Equal(t, "admin", c.Text)
	_, err := s.service.Comment(t.Context(), operator, p.ID, "", "\u200b\u200b")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "nothing is left of it")
}
