package storetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// photosGoWithWords keeps pictures beside a post and a comment, once.
func photosGoWithWords(t *testing.T, b *bench) {
	ctx := under(t.Context(), "k1")
	leak := feed.Picture{Width: 1600, Height: 900, Large: []byte("\xff\xd8large\x00"), Small: []byte("\xff\xd8small"), Sum: "a"}
	belt := feed.Picture{Width: 10, Height: 20, Large: []byte("belt"), Small: []byte("b"), Sum: "b"}
	draft := feed.Draft{Kind: feed.QualityPoint, Territory: "lyon/line-1", Text: "Fuite", Photos: []feed.Picture{leak, belt}}
	p, _, err := b.service.Report(ctx, operator, draft)
	require.NoError(t, err)
	_, _, err = b.service.Report(ctx, operator, draft)
	require.NoError(t, err)
	draft.Photos = draft.Photos[:1]
	_, _, err = b.service.Report(ctx, operator, draft)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "without a photo it is something else")

	p = b.read(t, p.ID)
	require.Len(t, p.Photos, 2)
	require.Equal(t, []int{1600, 900}, []int{p.Photos[0].Width, p.Photos[0].Height})
	b.shows(t, p.Photos[0].ID, leak)
	b.shows(t, p.Photos[1].ID, belt)

	c, err := b.service.Comment(t.Context(), operator, p.ID, "", " ", belt)
	require.NoError(t, err, "a photo says enough")
	b.shows(t, c.Photos[0].ID, belt)
	require.Equal(t, c.Photos, b.read(t, p.ID).LastComment.Photos)
	thread, err := b.Thread(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, c.Photos, thread[0].Photos)

	_, err = b.service.Comment(t.Context(), operator, p.ID, "", "")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, err = b.service.Comment(t.Context(), operator, p.ID, "", "Trop", leak, leak, belt, belt)
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, err = b.Photo(ctx, staff.Scope(), p.Photos[0].ID, false)
	require.ErrorIs(t, err, feed.ErrNotFound, "out of scope")
	_, err = b.Photo(ctx, operator.Scope(), "nothing", false)
	require.ErrorIs(t, err, feed.ErrNotFound)
}

func (b *bench) shows(t *testing.T, id feed.PhotoID, want feed.Picture) {
	t.Helper()
	for small, bytes := range map[bool][]byte{false: want.Large, true: want.Small} {
		got, err := b.Photo(t.Context(), operator.Scope(), id, small)
		require.NoError(t, err)
		require.Equal(t, bytes, got)
	}
}

// aReportThatJoinsShowsItsPhoto has a picture join the post that is there.
func aReportThatJoinsShowsItsPhoto(t *testing.T, b *bench) {
	_, _, err := b.service.Report(t.Context(), manager, empty())
	require.NoError(t, err)
	draft := empty()
	draft.Photos = []feed.Picture{{Width: 1, Height: 1, Large: []byte("shelf"), Small: []byte("s"), Sum: "s"}}
	p, joined, err := b.service.Report(t.Context(), staff, draft)
	require.NoError(t, err)
	require.True(t, joined)
	require.Len(t, p.LastComment.Photos, 1)
	require.Equal(t, 1, p.Comments)
}
