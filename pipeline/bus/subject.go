package bus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	subjectPrefix = "fdf.event."
	tickToken     = "tick"
	emptyToken    = "~" // a signal without a name; a real "~" is escaped
	// The server cuts the connection on a protocol line above 4 KiB, so longer
	// subjects are replaced by a digest: the event itself carries its path.
	maxSubject = 2048
)

// Subject is where e is stored: fdf.event.<shard>.<path…>.<signal>, so that
// other systems may subscribe to a line or to one signal. A tick belongs to a
// shard and not to an asset.
func Subject(e *pipeline.Event, shards int) string {
	if e.Kind == pipeline.Tick {
		return subjectPrefix + e.Attr["shard"] + "." + tickToken
	}
	dst := make([]byte, 0, 128)
	dst = append(dst, subjectPrefix...)
	dst = strconv.AppendInt(dst, int64(e.Asset.Shard(shards)), 10)
	stem := len(dst)
	for segment := range strings.SplitSeq(string(e.Asset), "/") {
		dst = escape(append(dst, '.'), segment, plain)
	}
	dst = append(dst, '.')
	if e.Signal == "" {
		dst = append(dst, emptyToken...)
	} else {
		dst = escape(dst, e.Signal, plain)
	}
	if len(dst) > maxSubject {
		digest := sha256.Sum256(dst[stem:])
		dst = append(dst[:stem], "."+emptyToken...)
		dst = hex.AppendEncode(dst, digest[:16])
	}
	return string(dst)
}

// ParseSubject is the reverse of [Subject]. Asset and signal are empty for a
// tick and for a path too long to be spelled out.
func ParseSubject(subject string) (shard int, asset pipeline.AssetPath, signal string, err error) {
	rest, ok := strings.CutPrefix(subject, subjectPrefix)
	if !ok {
		return 0, "", "", fmt.Errorf("subject %.80q does not start with %s", subject, subjectPrefix)
	}
	tokens := strings.Split(rest, ".")
	if shard, err = strconv.Atoi(tokens[0]); err != nil || shard < 0 {
		return 0, "", "", fmt.Errorf("subject %.80q has no shard number", subject)
	}
	if len(tokens) < 3 {
		return shard, "", "", nil
	}
	for i, token := range tokens[1:] {
		if tokens[i+1], err = unescape(token); err != nil {
			return 0, "", "", fmt.Errorf("subject %.80q: %w", subject, err)
		}
	}
	last := len(tokens) - 1
	return shard, pipeline.AssetPath(strings.Join(tokens[1:last], "/")), tokens[last], nil
}

// shardOf reads the shard alone: it is on the path of every message.
func shardOf(subject string) (int, error) {
	rest, _ := strings.CutPrefix(subject, subjectPrefix)
	token, _, _ := strings.Cut(rest, ".")
	shard, err := strconv.Atoi(token)
	if err != nil {
		return 0, fmt.Errorf("subject %.80q has no shard number", subject)
	}
	return shard, nil
}

const upperHex = "0123456789ABCDEF"

// escape appends s with a percent escape for each byte that keep refuses.
func escape(dst []byte, s string, keep func(byte) bool) []byte {
	for i := range len(s) {
		if c := s[i]; keep(c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return dst
}

// plain is what neither NATS, MQTT nor a shell could read as syntax.
func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

func unescape(token string) (string, error) {
	switch token {
	case emptyToken:
		return "", nil
	case "":
		return "", errors.New("a token is empty")
	}
	return url.PathUnescape(token)
}

// messageID is the event id as a header value. Headers lose line ends and
// outer spaces, which would make two ids one.
func messageID(id pipeline.EventID) string {
	return string(escape(make([]byte, 0, len(id)+8), string(id), func(c byte) bool { return ' ' < c && c <= '~' && c != '%' }))
}
