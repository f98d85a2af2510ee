package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// postID is a function of key and episode alone, so that a replayed notice
// finds the post that it made.
func (n *Notice) postID() PostID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", n.Key, n.Episode))
	return PostID("m" + hex.EncodeToString(sum[:12]))
}

// laterID is that of a post of an episode that has one already: everybody sees
// that one while fewer are to see this, or a person's took its place meanwhile.
// It begins with the other and says when, since that may happen again.
func (n *Notice) laterID() PostID {
	return n.postID() + PostID("g"+strconv.FormatInt(n.At.UnixMilli(), 36))
}

// continues tells whether p is of the notice's episode.
func (n *Notice) continues(p *Post) bool {
	return strings.HasPrefix(string(p.ID), string(n.postID()))
}
