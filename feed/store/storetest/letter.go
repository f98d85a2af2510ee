package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// aLetterSaysWhatWasToldLast: what one act tells anew, clears and tells again
// leaves as one letter, or as none.
func aLetterSaysWhatWasToldLast(t *testing.T, b *bench) {
	b.staffed(t, lead, manager, maintainer)
	require.NoError(t, b.AddMember(t.Context(), operator, "")) // who reads no mail
	say := func(tx feed.Tx, m feed.Member, key, text string) {
		require.NoError(t, tx.Tell(t.Context(), feed.Notification{ID: key + text + string(m.ID), Member: m.ID, Key: key, Why: feed.Answered, Text: feed.Text{FR: text, EN: text}, At: noon}))
	}
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error {
		for _, m := range []feed.Member{manager, lead, operator, maintainer} {
			say(tx, m, "a", "un")
		}
		say(tx, maintainer, "b", "fini")
		require.NoError(t, tx.Clear(t.Context(), "b"))
		say(tx, lead, "a", "deux")
		require.NoError(t, tx.Clear(t.Context(), "c"))
		say(tx, lead, "a", "trois")
		return nil
	}))
	due, err := b.Lease(t.Context(), feed.ByMail, noon, noon.Add(time.Hour), 10)
	require.NoError(t, err)
	var letters []string
	for _, d := range due {
		letters = append(letters, string(d.To.ID)+" "+d.What.Text.FR)
	}
	require.Equal(t, []string{string(manager.ID) + " un", string(lead.ID) + " trois", string(maintainer.ID) + " un"}, letters, "in the order in which they were told")
	require.Equal(t, []string{"answered un"}, b.told(t, operator))

	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error { say(tx, lead, "a", "quatre"); return nil }))
	require.NoError(t, b.Settle(t.Context(), noon, feed.Fate{N: due[1].N, Revision: due[1].Revision, Gone: true}))
	anew, err := b.Lease(t.Context(), feed.ByMail, noon, noon.Add(time.Hour), 10)
	require.NoError(t, err)
	require.Len(t, anew, 1, "what left said something else")
	require.Equal(t, "quatre", anew[0].What.Text.FR)
}
