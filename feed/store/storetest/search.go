package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// wrote is a post of words, minutes after noon.
func wrote(id, text string, minutes int) *feed.Post {
	at := noon.Add(time.Duration(minutes) * time.Minute)
	return &feed.Post{
		ID: feed.PostID(id), Kind: feed.Idea, Topic: feed.Ideas, State: feed.New, Severity: feed.Info, Territory: "lyon/line-1",
		Author: feed.Author{Kind: feed.ByPerson, Name: "Ana", Member: "operator"}, Text: text, OpenedAt: at, UpdatedAt: at, BumpedAt: at,
	}
}

func (b *bench) keep(ctx context.Context, t require.TestingT, posts ...*feed.Post) {
	require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
		for _, p := range posts {
			if err := tx.Save(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}))
}

// indexed waits for nobody: what was written is found from here on.
func (b *bench) indexed(ctx context.Context, t require.TestingT) {
	for changed := 1; changed > 0; {
		var err error
		changed, err = b.IndexSearch(ctx)
		require.NoError(t, err)
	}
}

// found lists what answers a question, page by page, as post or post/comment.
func (b *bench) found(ctx context.Context, t require.TestingT, s feed.Scope, r search.Request) []string {
	b.indexed(ctx, t)
	out := []string{}
	for {
		page, err := b.Search(ctx, s, r)
		require.NoError(t, err)
		for _, h := range page.Hits {
			id := string(h.Post.ID)
			if h.Comment != nil {
				id += "/" + h.Comment.Text
			}
			out = append(out, id)
		}
		if r.Cursor = page.Next; r.Cursor == "" {
			return out
		}
	}
}

func ask(typed string) search.Request {
	return search.Request{Question: search.Parse(typed), Lang: feed.French, Limit: 2}
}

// aQuestionIsAnswered is one table for both databases, so that they answer the
// same.
func aQuestionIsAnswered(t *testing.T, b *bench) {
	tagged := wrote("buse", "Buse bouchée sur l’étiqueteuse #Qualité", 0)
	tagged.Talk = &feed.Talk{Tags: []string{"qualite"}}
	b.keep(t.Context(), t, tagged,
		wrote("nozzle", "Blocked nozzle, cleaned twice", 1),
		wrote("carton", "Les cartons sont mal fermés", 2),
		wrote("carton2", "Un carton fermé de travers, buse propre", 3),
		wrote("code", "Code 3017620422003 illisible", 4),
		wrote("greek", "Θερμοκρασία 12,5 °C au four", 5),
	)
	alert := wrote("alert", "", 6)
	alert.Kind, alert.Author = feed.Alert, feed.Author{Kind: feed.ByMachine, Name: "Remplisseuse"}
	alert.Title = feed.Text{FR: "{asset} : poids {value} g", EN: "{asset}: weight {value} g"}
	alert.Values, alert.Cause = feed.Values{"asset": "Remplisseuse", "value": 512.3}, "Joint usé"
	b.keep(t.Context(), t, alert)
	all := feed.Scope{Roots: []feed.Path{""}}
	for typed, want := range map[string][]string{
		"bouchee":                     {"buse"},
		"BOUCHÉ":                      {"buse"},
		"etiqueteuses":                {"buse"},
		"carton":                      {"carton2", "carton"},
		"cartons":                     {"carton2", "carton"},
		"carton -travers":             {"carton"},
		"\"carton fermé\"":            {"carton2"},
		"\"cartons sont\" x":          {"carton"}, // a single letter is no word
		"-\"buse propre\" buse":       {"buse"},
		"-carton -poids":              {"greek", "code", "nozzle", "buse"},
		"nozzles block":               {"nozzle"},
		"cleaning":                    {"nozzle"},
		"éti":                         {"buse"},
		"éti ":                        {}, // the word is complete: it is another one
		"#qualite":                    {"buse"},
		"qualité buse":                {"buse"},
		"#qualite carton":             {},
		"30176":                       {"code"},
		"3017620422003":               {"code"},
		"θερμο":                       {"greek"},
		"12,5":                        {"greek"},
		"weight":                      {"alert"},
		"poids joint":                 {"alert"},
		"buse":                        {"carton2", "buse"},
		"l'étiqueteuse":               {"buse"},
		"AND NOT \" OR * ( ' : & | !": {},
		"rien du tout":                {},
	} {
		require.Equal(t, want, b.found(t.Context(), t, all, ask(typed)), typed)
	}
	r := ask("buse")
	r.From, r.To = noon.Add(time.Minute), noon.Add(time.Hour)
	require.Equal(t, []string{"carton2"}, b.found(t.Context(), t, all, r))
	r.From, r.To = time.Time{}, noon.Add(time.Minute)
	require.Equal(t, []string{"buse"}, b.found(t.Context(), t, all, r))
	r = ask("joint")
	r.Kind = feed.Idea
	require.Empty(t, b.found(t.Context(), t, all, r))
	r.Kind = feed.Alert
	require.Equal(t, []string{"alert"}, b.found(t.Context(), t, all, r))
	r = ask("buse")
	r.Author = "lead"
	require.Empty(t, b.found(t.Context(), t, all, r))
	r.Author, r.Territory = "operator", "lyon"
	require.Len(t, b.found(t.Context(), t, all, r), 2)
	_, err := b.Search(t.Context(), all, search.Request{Question: search.Parse("buse"), Cursor: "not a cursor"})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
}

func whatSolvedIsRankedFirst(t *testing.T, b *bench) {
	solved := wrote("solved", "Fuite d’huile au vérin", 0)
	solved.Cause = "Joint usé"
	b.keep(t.Context(), t, solved, wrote("newer", "Encore une fuite, de l’eau cette fois, près de la porte du magasin", 1))
	r := ask("fuite")
	require.Equal(t, []string{"newer", "solved"}, b.found(t.Context(), t, manager.Scope(), r))
	r.Ranked = true
	page, err := b.Search(t.Context(), manager.Scope(), r)
	require.NoError(t, err)
	require.Equal(t, feed.PostID("solved"), page.Hits[0].Post.ID)
	require.False(t, page.Bounded)
	require.Equal(t, []search.Mark{{Start: 0, Length: 5}}, page.Hits[0].Snippet.Marks)
}

// whatIsTakenBackIsNotFound follows words through their changes.
func whatIsTakenBackIsNotFound(t *testing.T, b *bench) {
	s := b.talkers(t)
	p := s.idea(t, "Ranger l’outillage")
	c := s.say(t, operator, p, "", "Le tournevis manque")
	find := func(typed string) []string { return b.found(t.Context(), t, manager.Scope(), ask(typed)) }
	id := string(p.ID)
	require.Equal(t, []string{id + "/Le tournevis manque"}, find("tournevis"))

	_, err := s.service.EditComment(t.Context(), operator, p.ID, c.ID, "La pince manque")
	require.NoError(t, err)
	require.Empty(t, find("tournevis"))
	require.Equal(t, []string{id + "/La pince manque"}, find("pinces"))
	_, err = s.service.DeleteComment(t.Context(), operator, p.ID, c.ID)
	require.NoError(t, err)
	require.Empty(t, find("pince"))

	_, err = s.service.EditPost(t.Context(), operator, p.ID, "Trier les clés")
	require.NoError(t, err)
	require.Empty(t, find("outillage"))
	require.Equal(t, []string{id}, find("cle"))
	s.say(t, operator, p, "", "Les clés de douze")
	_, err = s.service.Hide(t.Context(), teamLead, p.ID, "", "Hors sujet")
	require.NoError(t, err)
	require.Equal(t, []string{id + "/Les clés de douze"}, find("clé"), "of a post that is hidden its answers are still read")
	_, err = s.service.Show(t.Context(), teamLead, p.ID, "")
	require.NoError(t, err)
	require.Equal(t, []string{id + "/Les clés de douze", id}, find("clé"))
}

// aSearchLeavesNoScope compares searches with what a reader may read, told in
// the plainest way.
func aSearchLeavesNoScope(t *testing.T, b *bench) {
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		word := fmt.Sprintf("mot%d", round) // a round finds nothing of another
		posts := b.scatter(t.Context(), rt, 25)
		for i, p := range posts {
			p.OpenedAt = noon.Add(time.Duration(i/2) * time.Second)
			p.Text = rapid.SampledFrom([]string{word, word + " autre", "autre"}).Draw(rt, "text")
			if rapid.IntRange(0, 4).Draw(rt, "hidden") == 0 {
				p.Talk = &feed.Talk{Hidden: &feed.Hidden{Reason: word}}
			}
			if rapid.IntRange(0, 5).Draw(rt, "group") == 0 {
				p.Territory = feed.Group("chess")
			}
		}
		b.keep(t.Context(), rt, posts...)
		for range 4 {
			s := scope().Draw(rt, "scope")
			if rapid.Bool().Draw(rt, "member") {
				s.Roots = append(s.Roots, feed.Group("chess"))
			}
			below := rapid.OneOf(rapid.Just(feed.Path("")), path()).Draw(rt, "below")
			want := []string{}
			for _, p := range posts {
				if s.Narrow(below).Sees(p) && p.Text != "autre" && p.Talk == nil {
					want = append(want, string(p.ID))
				}
			}
			r := ask(word)
			r.Territory, r.Limit = below, rapid.IntRange(1, 9).Draw(rt, "limit")
			got := b.found(t.Context(), rt, s, r)
			slices.Sort(want)
			slices.Sort(got)
			require.Equal(rt, want, got)
		}
	})
}

// searchesComeInOrder asks for many of one moment, which share their times.
func searchesComeInOrder(t *testing.T, b *bench) {
	var posts []*feed.Post
	for i := range 40 {
		posts = append(posts, wrote(fmt.Sprintf("p%02d", i), "fuite", i/4))
	}
	b.keep(t.Context(), t, posts...)
	got := b.found(t.Context(), t, manager.Scope(), ask("fuite"))
	require.Len(t, got, 40)
	minute := func(id string) int {
		i := slices.IndexFunc(posts, func(p *feed.Post) bool { return string(p.ID) == id })
		return i / 4
	}
	require.True(t, slices.IsSortedFunc(got, func(a, b string) int { return cmp.Compare(minute(b), minute(a)) }))
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(got))), 40)
}
