package feed

import (
	"encoding/json"
	"time"
)

// AuditEntry is one line of the audit log: who did what to whom or what. It
// holds what is needed to answer for it and no content.
type AuditEntry struct {
	At        time.Time
	Actor     MemberID // empty: the command line
	Action    string   // "member.revoke", "post.hide", "territory.edit", "export.person"…
	Subject   MemberID // person concerned, who may read the entry; empty: none
	Territory Path
	Object    string          // id of what it was done to
	Detail    json.RawMessage // what changed: old and new values, the reason
}
