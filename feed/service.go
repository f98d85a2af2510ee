package feed

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"
)

// Service is what people do to the feed. Each method is one transaction, asks
// [Can] first, and returns the post as it is after the change. Errors are
// [Error] values that the person can read, or internal ones.
type Service struct {
	repo     Repository
	now      func() time.Time
	circuits []Circuit
}

// NewService returns a service on repo whose clock is now.
func NewService(repo Repository, now func() time.Time) *Service {
	return &Service{repo: repo, now: now, circuits: DefaultCircuits()}
}

// Bounds of what people write, in characters.
const (
	MaxText   = 4000
	MaxCause  = 200
	MaxAction = 200
	MaxReason = 200
	MaxSKU    = 64
)

func person(m Member) Author { return Author{Kind: ByPerson, Name: m.Name, Member: m.ID} }

func checkText(s string, limit int, what Text) error {
	v := Values{"fr": what.FR, "en": what.EN, "limit": float64(limit)}
	switch {
	case s == "":
		return Refuse(Invalid, "{fr} est vide.", "{en} is empty.").With(v)
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return Refuse(Invalid, "{fr} contient des caractères illisibles.", "{en} holds unreadable characters.").With(v)
	case utf8.RuneCountInString(s) > limit:
		return Refuse(Invalid, "{fr} dépasse {limit} caractères.", "{en} is longer than {limit} characters.").With(v)
	}
	return nil
}

// newID returns a UUIDv7 (RFC 9562 §5.7): ids sort by the time they were made.
func newID(at time.Time) string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16|uint64(b[6])<<8|uint64(b[7]))
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
