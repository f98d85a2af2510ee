package pipeline

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of an asset path. They keep subjects, keys and screens within what
// brokers, databases and readers can carry.
const (
	MaxSegments     = 16
	MaxSegmentBytes = 128
)

// AssetPath names a thing by where it stands: territory segments and, last,
// the asset, joined by "/" ("lyon/bottling/line-3/filler-2"). A path of one
// segment names a whole site.
type AssetPath string

// ParseAssetPath returns s as a path, with spaces around segments trimmed, or
// an error that says which segment cannot be used and why.
func ParseAssetPath(s string) (AssetPath, error) {
	if err := checkPath(s); err != nil {
		return "", err
	}
	segments := strings.Split(s, "/")
	for i, segment := range segments {
		segments[i] = strings.TrimSpace(segment)
	}
	return AssetPath(strings.Join(segments, "/")), nil
}

// checkPath allocates nothing for a good path: each event passes here.
func checkPath(s string) error {
	if n := strings.Count(s, "/") + 1; n > MaxSegments {
		return fmt.Errorf("asset path has %d segments, at most %d are allowed", n, MaxSegments)
	}
	i := 0
	for segment := range strings.SplitSeq(s, "/") {
		i++
		if err := checkSegment(strings.TrimSpace(segment)); err != nil {
			return fmt.Errorf("asset path %.80q: segment %d %w", s, i, err)
		}
	}
	return nil
}

func checkSegment(s string) error {
	switch {
	case s == "":
		return fmt.Errorf("is empty")
	case len(s) > MaxSegmentBytes:
		return fmt.Errorf("has %d bytes, at most %d are allowed", len(s), MaxSegmentBytes)
	case !utf8.ValidString(s):
		return fmt.Errorf("is not valid UTF-8")
	}
	for _, r := range s {
		if unicode.IsControl(r) || r == '\u202e' || r == '\u2066' || r == '\u2067' {
			return fmt.Errorf("holds the control character %U", r)
		}
	}
	return nil
}

// Base is the last segment: the asset's own name.
func (p AssetPath) Base() string {
	return string(p[strings.LastIndexByte(string(p), '/')+1:])
}

// Parent is the path without its last segment, or "" at the root.
func (p AssetPath) Parent() AssetPath {
	i := strings.LastIndexByte(string(p), '/')
	if i < 0 {
		return ""
	}
	return p[:i]
}

// Within tells whether p is dir or lies below it. Every path is within "".
func (p AssetPath) Within(dir AssetPath) bool {
	return dir == "" || p == dir || strings.HasPrefix(string(p), string(dir)+"/")
}

// Shard spreads assets over n shards. All events of one asset fall into one
// shard, so that they are read in the order in which they were stored.
func (p AssetPath) Shard(n int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(p))
	return int(h.Sum32() % uint32(n))
}
