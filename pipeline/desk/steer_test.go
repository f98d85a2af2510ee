package desk_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline/desk"
)

// relayed brings what people did to the rules, and what those make of it back.
func (h *house) relayed(t *testing.T, d *desk.Desk) {
	t.Helper()
	require.NoError(t, desk.NewRelay(h.store, h.bus, slog.New(slog.DiscardHandler)).Flush(t.Context()))
	id, err := h.bus.Identity(t.Context())
	require.NoError(t, err)
	reached(t, d, id.Last)
}

func TestAShelfIsAsLongAsTheRuleAllows(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		d, stop := h.work(t, h.store)
		reached(t, d, h.say(t, weight(497)))
		lead := feed.Member{ID: "sofia", Name: "Sofia", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Lead}}}
		people := feed.NewService(h.store, time.Now)
		p, err := people.Shelve(t.Context(), lead, h.posts(t)[0].ID, time.Now().Add(72*time.Hour), false, "Pièce commandée")
		require.NoError(t, err)
		h.relayed(t, d)
		shelf := h.posts(t)[0].Shelf
		require.WithinDuration(t, time.Now().Add(8*time.Hour), shelf.Until, time.Minute, "the post says what the rule does")
		require.Equal(t, []string{"Sofia", "Pièce commandée"}, []string{shelf.By.Name, shelf.Reason})

		_, err = people.Unshelve(t.Context(), lead, p.ID)
		require.NoError(t, err)
		h.relayed(t, d)
		require.Nil(t, h.posts(t)[0].Shelf)
		require.NoError(t, stop())
	})
}

func TestAShelfThatIsToldBeforeItsEndIsNotOutOfService(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *house) {
		d, stop := h.work(t, h.store)
		reached(t, d, h.say(t, weight(497)))
		lea := feed.Member{ID: "lea", Name: "Léa", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}}}
		people := feed.NewService(h.store, time.Now)
		p, err := people.Shelve(t.Context(), lea, h.posts(t)[0].ID, time.Now().Add(time.Hour), false, "Essais")
		require.NoError(t, err)
		require.NoError(t, h.store.InTx(t.Context(), func(tx feed.Tx) error { // as when the others of its post were not silenced
			stored, err := tx.Post(t.Context(), p.ID)
			require.NoError(t, err)
			stored.Shelf = nil
			return tx.Save(t.Context(), stored)
		}))
		h.relayed(t, d)
		shelf := h.posts(t)[0].Shelf
		require.False(t, shelf.OutOfService())
		require.Equal(t, "Essais", shelf.Reason)
		_, err = people.Unshelve(t.Context(), lea, p.ID)
		require.NoError(t, err, "who silenced it may hear it again")
		require.NoError(t, stop())
	})
}
