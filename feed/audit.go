package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// AuditEntry is one line of the audit log: who did what to whom or what. It
// holds what is needed to answer for it and no content.
type AuditEntry struct {
	At        time.Time
	Actor     MemberID        // empty: the command line
	Action    string          // "member.revoke", "post.hide", "territory.edit", "export.person"…
	Subject   MemberID        // person concerned, who may read the entry; empty: none
	Territory Path            // empty: where the person concerned works, else the one who acts
	Object    string          // id of what it was done to; never a person's
	Detail    json.RawMessage // what changed: old and new values, the reason
}

// AuditLine is an entry as it is read: with its place in the chain, and the
// names of people as long as they are known.
type AuditLine struct {
	AuditEntry
	N           int64
	Hash        string
	ActorName   string
	SubjectName string
}

// AuditQuery asks for lines, the latest first. The zero query asks for all.
type AuditQuery struct {
	Of     MemberID // only what this member did or is concerned by
	Places []Path   // only of these places, those below, and of no place; nil: of all
	Before int64    // only lines before this one
	Limit  int
}

// Link is a row of the audit log as the chain has it: people and details are
// digests, so that somebody can be forgotten and the chain still holds.
type Link struct {
	N                      int64
	At                     time.Time
	Actor, Action, Subject string
	Territory              Path
	Object, Detail         string
}

// Hash is the hash of the row, which covers the one before.
func (l Link) Hash(before string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%d\n%q\n%q\n%q\n%q\n%q\n%q\n",
		before, l.N, l.At.UnixMilli(), l.Actor, l.Action, l.Subject, l.Territory, l.Object, l.Detail))
	return hex.EncodeToString(sum[:])
}

// Salted is what the chain has of a text: nobody finds the text again without
// the salt.
func Salted(salt, text string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + text))
	return hex.EncodeToString(sum[:])
}

// AuditHead is how far the chain was at some time. Kept elsewhere, it shows that
// nothing was cut off.
type AuditHead struct {
	N    int64  `json:"n"`
	Hash string `json:"hash"`
}

// AuditVerdict is what reading the whole chain again says.
type AuditVerdict struct {
	Head      AuditHead
	Broken    int64  // first row that is not as it was written; 0: none
	Why       string // what is wrong with it, in English
	Forgotten int    // rows whose person was erased since
}
