package storetest

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// logged keeps a few entries of the audit log and returns its head.
func logged(t *testing.T, b *bench, actions ...string) feed.AuditHead {
	t.Helper()
	for _, action := range actions {
		e := feed.AuditEntry{At: b.now, Actor: "manager", Subject: "operator", Action: action, Detail: json.RawMessage(`{"role":"lead"}`)}
		require.NoError(t, b.Note(t.Context(), e))
	}
	head, err := b.AuditHead(t.Context())
	require.NoError(t, err)
	return head
}

func theAuditLogIsAChain(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, "hash"))
	head := logged(t, b, "role.give", "role.take", "member.revoke")
	require.EqualValues(t, 3, head.N)
	v, err := b.VerifyAudit(ctx, &head)
	require.NoError(t, err)
	require.Equal(t, feed.AuditVerdict{Head: head}, v)

	lines, err := b.AuditLog(ctx, feed.AuditQuery{Of: "operator", Limit: 2})
	require.NoError(t, err)
	require.Len(t, lines, 2)
	require.Equal(t, "member.revoke", lines[0].Action)
	require.Equal(t, feed.Path("lyon/line-1"), lines[0].Territory, "where the person concerned works")
	require.Equal(t, []string{"Karim", `{"role":"lead"}`}, []string{lines[0].SubjectName, string(lines[0].Detail)})
	earlier, err := b.AuditLog(ctx, feed.AuditQuery{Places: []feed.Path{"lyon"}, Before: lines[1].N, Limit: 9})
	require.NoError(t, err)
	require.Len(t, earlier, 1)
	none, err := b.AuditLog(ctx, feed.AuditQuery{Places: []feed.Path{"shop"}, Limit: 9})
	require.NoError(t, err)
	require.Empty(t, none)

	other := feed.AuditHead{N: 9, Hash: "of a longer chain"}
	v, err = b.VerifyAudit(ctx, &other)
	require.NoError(t, err)
	require.EqualValues(t, 4, v.Broken, "the first row that was cut off")
}
