package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// inspector may confirm what the operator wrote.
var inspector = feed.Member{ID: "zoe", Name: "Zoé", Lang: feed.French, Functions: []string{"quality"}, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}

// anAuthorConfirmsNoCard of their own; a colleague does.
func anAuthorConfirmsNoCard(t *testing.T, b *bench) {
	ctx, d := t.Context(), b.desk(t)
	b.staffed(t, inspector)
	_, card := b.taught(t, d, nozzle)
	b.now = b.now.Add(2 * feed.CardAge)
	_, err := b.service.ConfirmCard(ctx, operator, card.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "it is his own")
	counts, err := b.CountCards(ctx, operator.Scope(), b.now)
	require.NoError(t, err)
	require.Equal(t, 1, counts[feed.DueCards])

	_, err = b.service.RetireCard(ctx, operator, card.ID, "Machine changée")
	require.NoError(t, err)
	card, err = b.service.ConfirmCard(ctx, operator, card.ID)
	require.NoError(t, err, "he offers it again")
	require.True(t, card.Talk.Card.Due(b.now), "that confirms nothing")

	card, err = b.service.ConfirmCard(ctx, inspector, card.ID)
	require.NoError(t, err)
	require.False(t, card.Talk.Card.Due(b.now))
	require.Equal(t, inspector.ID, card.Talk.Card.By.Member)
}

// aWordOnACardIsTakenBack by who said it, as long as it is the last one.
func aWordOnACardIsTakenBack(t *testing.T, b *bench) {
	ctx, d := t.Context(), b.desk(t)
	b.staffed(t, inspector)
	_, card := b.taught(t, d, nozzle)
	born := card.Talk.Card.Confirmed
	b.now = b.now.Add(2 * feed.CardAge)

	_, err := b.service.ConfirmCard(ctx, inspector, card.ID)
	require.NoError(t, err)
	_, err = b.service.UnsayCard(ctx, manager, card.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "it is not her word")
	for range 2 { // the second one comes of a broken network
		card, err = b.service.UnsayCard(ctx, inspector, card.ID)
		require.NoError(t, err)
		require.Equal(t, born, card.Talk.Card.Confirmed)
		require.Equal(t, operator.ID, card.Talk.Card.By.Member)
	}
	require.Equal(t, []feed.EntryKind{feed.BecameCard}, b.entries(t, card.ID))
	due, err := b.Cards(ctx, operator.Scope(), "", feed.DueCards, b.now, 10)
	require.NoError(t, err)
	require.Len(t, due, 1, "it waits for somebody again")

	_, err = b.service.RetireCard(ctx, inspector, card.ID, "Trop risqué")
	require.NoError(t, err)
	b.now = b.now.Add(time.Second)
	card, err = b.service.UnsayCard(ctx, inspector, card.ID)
	require.NoError(t, err)
	require.False(t, card.Talk.Card.Retired)
	require.Equal(t, born, card.Talk.Card.Confirmed, "to take it back confirms nothing")
	require.Equal(t, []feed.EntryKind{feed.BecameCard}, b.entries(t, card.ID))
}
