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

// hiddenID is that of a post of an episode whose post everybody sees, for those
// who see more. It begins with the other and says when, since a territory may be
// opened and closed again.
func (n *Notice) hiddenID() PostID {
	return n.postID() + PostID("g"+strconv.FormatInt(n.At.UnixMilli(), 36))
}

// continues tells whether p is of the notice's episode.
func (n *Notice) continues(p *Post) bool {
	return strings.HasPrefix(string(p.ID), string(n.postID()))
}
