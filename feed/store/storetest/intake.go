package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// list makes rows of lines like "paul;Paul;fr;lyon;operator;quality;BADGE", the
// first of which is line 2 of its file.
func list(lines ...string) []feed.Row {
	var out []feed.Row
	for i, line := range lines {
		row := feed.Row{Line: i + 2, Cells: map[string]feed.Cell{}}
		for c, text := range strings.Split(line, ";") {
			row.Cells[feed.MemberFields[c]] = feed.Cell{Text: text, Line: i + 2, Column: c + 1}
		}
		out = append(out, row)
	}
	return out
}

func sharp(_ context.Context, badge string) (string, error) { return "#" + badge, nil }

func (b *bench) roster() *feed.Roster { return feed.NewRoster(b, b.clock) }

// bring imports rows as somebody; faults are told as "3:4 the place …".
func (b *bench) bring(t *testing.T, by feed.Member, dry bool, lines ...string) (in feed.Intake, faults []string) {
	t.Helper()
	in, err := b.roster().Import(t.Context(), by, list(lines...), sharp, dry)
	if err != nil {
		var all feed.RowFaults
		require.ErrorAs(t, err, &all)
		for _, f := range all {
			faults = append(faults, f.Render(feed.English))
			require.NotContains(t, f.Render(feed.French), "…")
		}
	}
	return in, faults
}

func peopleComeFromAFileTogether(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, feed.Member{ID: "paul", Name: "P.", Lang: feed.English, Functions: []string{"quality"}, Grants: []feed.Grant{{Territory: "shop", Role: feed.Staff}}}, "pin"))
	require.NoError(t, b.AddMember(ctx, feed.Member{ID: "mona", Name: "Mona", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}}}, "pin"))
	require.NoError(t, b.SetBadge(ctx, "", "mona", "#MONA"))
	require.NoError(t, b.InTx(ctx, func(tx feed.Tx) error {
		require.NoError(t, tx.SaveCircle(ctx, feed.Circle{ID: "team", Name: "5S", Kind: feed.TeamCircle, Join: feed.JoinAsked, Home: "lyon", MadeAt: noon}))
		return tx.SetFellow(ctx, "team", feed.Fellow{Member: "paul", Role: feed.Insider, Since: noon})
	}))
	_, faults := b.bring(t, feed.Console(), false, "paul;Paul;;lyon;operator;;PAUL", "awa;Awa;fr;lyon;lead;;MONA")
	require.Equal(t, []string{"3:7: This badge is a colleague’s already: read it again, or take it from them first."}, faults)
	m, err := b.Member(ctx, "paul")
	require.NoError(t, err)
	require.Equal(t, "P.", m.Name, "none of them")

	lines := []string{"paul;Paul;;lyon;operator;;PAUL", "awa;Awa;fr;lyon;lead;;", "mona;Mona;;lyon;operator;;MONA"}
	in, faults := b.bring(t, feed.Console(), true, lines...)
	require.Empty(t, faults)
	require.Equal(t, []int{1, 1, 1}, []int{len(in.New), len(in.Changed), in.Same})
	require.Equal(t, []string{feed.FieldName, feed.FieldBadge}, in.Changed[0].Fields())
	require.Equal(t, []feed.Grant{{Territory: "shop", Role: feed.Staff}}, in.Changed[0].Taken)
	_, err = b.Member(ctx, "awa")
	require.ErrorIs(t, err, feed.ErrNotFound, "to look changes nothing")

	_, faults = b.bring(t, feed.Console(), false, lines...)
	require.Empty(t, faults)
	m, err = b.Member(ctx, "paul")
	require.NoError(t, err)
	require.Equal(t, feed.Member{
		ID: "paul", Name: "Paul", Lang: feed.English, Functions: []string{"quality"}, // of which the file said nothing
		Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}, {Territory: "@team", Role: feed.Insider}},
	}, m)
	owner, err := b.BadgeOwner(ctx, "#PAUL")
	require.NoError(t, err)
	require.Equal(t, feed.MemberID("paul"), owner)
	hash, err := b.PINHash(ctx, "paul")
	require.NoError(t, err)
	require.Equal(t, "pin", hash)
	for id, want := range map[feed.MemberID]string{"awa": `{"roles": "lead@lyon"}`, "paul": `{"roles": "operator@lyon", "taken": "staff@shop"}`} {
		said, err := b.AuditLog(ctx, feed.AuditQuery{Of: id, Limit: 9})
		require.NoError(t, err)
		said = slices.DeleteFunc(said, func(e feed.AuditLine) bool { return e.Action != "member.import" })
		require.Len(t, said, 1, "once, not with those that nothing came of")
		require.JSONEq(t, want, string(said[0].Detail))
	}
	again, faults := b.bring(t, feed.Console(), false, lines...)
	require.Empty(t, faults)
	require.Equal(t, 3, again.Same)
}

// chief looks after Lyon and nothing else.
var chief = feed.Member{ID: "chief", Name: "Chief", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Manager}}}

func aFileReachesNoFurtherThanItsSender(t *testing.T, b *bench) {
	ctx := t.Context()
	both := feed.Member{ID: "both", Name: "Both", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}, {Territory: "shop", Role: feed.Staff}}}
	left := feed.Member{ID: "left", Name: "Left", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}}}
	for _, m := range []feed.Member{chief, operator, staff, both, left} {
		require.NoError(t, b.AddMember(ctx, m, "pin"))
	}
	require.NoError(t, b.RevokeMember(ctx, "left"))
	before, err := b.Accounts(ctx)
	require.NoError(t, err)
	in, faults := b.bring(t, chief, false,
		"new;New;fr;shop;staff;;",
		"new;New;fr;nowhere;staff;;",
		"boss;Boss;fr;lyon;admin;;",
		"awa;Awa;fr;lyon;operator;;AWA-1",
		fmt.Sprintf("%s;%s;fr;lyon;lead;;", chief.ID, chief.Name),
		fmt.Sprintf("%s;Stolen;fr;lyon;operator;;", staff.ID),
		"left;Left;fr;lyon;operator;;",
		"both;Renamed;fr;lyon;lead;;",
	)
	require.Empty(t, in.New)
	require.Equal(t, []string{
		"3:4: There is no place “nowhere”: import it first, or correct the path.",
		"4:5: This role is above yours: ask an administrator.",
		"5:7: To give “awa” a badge takes an administrator of all their places: empty this cell.",
		"6:5: Nobody changes their own roles: ask somebody else who may.",
		fmt.Sprintf("7:1: “%s” is or was somebody outside of your scope: choose another id, or ask an administrator of all of it.", staff.ID),
		"8:1: “left” is or was somebody outside of your scope: choose another id, or ask an administrator of all of it.",
		"9:2: This person works outside of your scope too: an administrator of all of it has to do this.",
	}, faults, "each fault with its place; the rest of who has one is not looked at")
	after, err := b.Accounts(ctx)
	require.NoError(t, err)
	require.Equal(t, before, after)
	_, faults = b.bring(t, chief, false, "new;New;fr;shop;staff;;")
	require.Equal(t, []string{"2:4: There is no place “shop”: import it first, or correct the path."}, faults, "out of scope is not there")

	_, faults = b.bring(t, chief, false, "both;Both;;lyon;lead;;", "awa;Awa;;lyon/line-1;operator;;")
	require.Empty(t, faults)
	m, err := b.Member(ctx, "both")
	require.NoError(t, err)
	require.Equal(t, []feed.Grant{{Territory: "lyon", Role: feed.Lead}, {Territory: "shop", Role: feed.Staff}}, m.Grants, "what is not the sender's to give is not theirs to take")

	in, faults = b.bring(t, feed.Console(), false, "awa;Awa;;lyon;operator;;", "left;Left;;lyon;operator;;")
	require.Empty(t, faults)
	require.Equal(t, []string{"left", "awa"}, []string{string(in.Changed[0].To.ID), string(in.Changed[1].To.ID)}, "who comes back is told first")
	require.Equal(t, []string{"return"}, in.Changed[0].Fields())
	hash, err := b.PINHash(ctx, "left")
	require.NoError(t, err)
	require.Empty(t, hash, "the PIN is not what it was")
}

func whoCameFromAFileIsInvited(t *testing.T, b *bench) {
	ctx, r := t.Context(), b.roster()
	require.NoError(t, b.AddMember(ctx, chief, "pin"))
	lines := []string{"awa;Awa;en;lyon/line-1;operator;;", "awa;;;lyon;lead;;", "zoe;Zoé;fr;lyon;operator;;", "far;Far;fr;lyon;operator;;", "far;;;shop;staff;;", "bo;Bo;fr;lyon;operator;;BO-1"}
	_, faults := b.bring(t, feed.Console(), false, lines...)
	require.Empty(t, faults)
	invite := func(id feed.MemberID, code string) (feed.Invitation, error) {
		return r.Invite(ctx, chief, feed.Invitation{Member: id}, code)
	}
	for id, want := range map[feed.MemberID]feed.Problem{"far": feed.Forbidden, "bo": feed.Conflict, chief.ID: feed.Conflict, "nobody": feed.NotFound} {
		_, err := invite(id, "x-"+string(id))
		require.Equal(t, want, feed.ProblemOf(err), id)
	}
	first, err := invite("awa", "first")
	require.NoError(t, err)
	require.Equal(t, []any{"Awa", feed.English, feed.Lead}, []any{first.Name, first.Lang, first.Grant.Role}, "the role with the longest PIN says how long it is")
	_, err = invite("awa", "second")
	require.NoError(t, err)
	_, err = r.Accept(ctx, "first", "Awa", feed.English, "hash")
	require.ErrorIs(t, err, feed.ErrNotFound, "the paper that was lost is void")
	m, err := r.Accept(ctx, "second", "Awa Diop", feed.French, "hash")
	require.NoError(t, err)
	require.Equal(t, feed.MemberID("awa"), m.ID)
	m, err = b.Member(ctx, "awa")
	require.NoError(t, err)
	require.Equal(t, feed.Member{ID: "awa", Name: "Awa Diop", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Lead}, {Territory: "lyon/line-1", Role: feed.Operator}}}, m)
	hash, err := b.PINHash(ctx, "awa")
	require.NoError(t, err)
	require.Equal(t, "hash", hash)
	_, err = invite("awa", "third")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "nobody comes in as somebody who did")

	_, err = invite("zoe", "badge")
	require.NoError(t, err)
	require.NoError(t, b.SetBadge(ctx, "", "zoe", "#ZOE"))
	_, err = r.Accept(ctx, "badge", "Zoé", feed.French, "hash")
	require.ErrorIs(t, err, feed.ErrNotFound, "she has a way in by now")
	require.NoError(t, b.SetBadge(ctx, "", "zoe", ""))
	require.NoError(t, r.Dismiss(ctx, chief, "zoe"))
	_, err = r.Accept(ctx, "badge", "Zoé", feed.French, "hash")
	require.ErrorIs(t, err, feed.ErrNotFound, "who left is not let in by old paper")
}
