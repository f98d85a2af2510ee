package feed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// MaxKey bounds an idempotency key, in bytes.
const MaxKey = 200

// Request is what came of something that a member sent under an idempotency
// key: sent again it gets the same answer and changes nothing, whatever has
// become of the post since.
type Request struct {
	Member  MemberID
	Key     string
	Digest  string    // of what was sent
	Post    PostID    // that it made, joined or was about
	Comment CommentID // that it made, if it made one
	Joined  bool      // the report found the post there
}

// newRequest is what m sends, before it came to anything: what says what it is.
func newRequest(ctx context.Context, m Member, what ...string) (Request, error) {
	key := SentWith(ctx).Key
	if len(key) > MaxKey {
		return Request{}, Refuse(Invalid, "La clé d’idempotence dépasse {limit} octets.", "The idempotency key is longer than {limit} bytes.").
			With(Values{"limit": float64(MaxKey)})
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", what))
	return Request{Member: m.ID, Key: key, Digest: hex.EncodeToString(sum[:])}, nil
}

// recall completes r with what came of it when it was sent before.
func (r *Request) recall(ctx context.Context, tx Tx) (known bool, err error) {
	if r.Key == "" {
		return false, nil
	}
	first, err := tx.ByIdempotency(ctx, r.Member, r.Key)
	switch {
	case err != nil:
		return false, fmt.Errorf("idempotency key: %w", err)
	case first == nil:
		return false, nil
	case first.Digest != r.Digest:
		return false, errReused
	}
	*r = *first
	return true, nil
}

// keep remembers what came of r in the transaction that did it.
func (r *Request) keep(ctx context.Context, tx Tx) error {
	if r.Key == "" {
		return nil
	}
	if err := tx.Keep(ctx, *r); err != nil {
		return fmt.Errorf("idempotency key: %w", err)
	}
	return nil
}

var errReused = Refuse(Conflict, "Cette clé d’idempotence a déjà servi à un autre envoi.", "This idempotency key was already used for something else.")
