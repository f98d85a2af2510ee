package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"golang.org/x/crypto/argon2"
)

// newToken is known to nobody but who gets it.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// tokenHash is what is kept of a token. It needs no salt: tokens are random.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// digest is what is kept of a text by which its owner is found, a badge or a
// code. It is as slow as a PIN's hash, since badges can be guessed; its salt is
// one for all of a kind, since nobody knows yet whose salt to look for.
func digest(kind, text string) string {
	return hex.EncodeToString(argon2.IDKey([]byte(text), []byte("fildefer "+kind), argonTime, argonMemory, argonThreads, argonKey))
}

// turns bounds how many slow hashes are made at once.
type turns chan struct{}

func newTurns() turns { return make(turns, parallelChecks) }

// take runs fn when its turn has come, or returns why it never did.
func (t turns) take(ctx context.Context, fn func()) error {
	select {
	case t <- struct{}{}:
		defer func() { <-t }()
	case <-ctx.Done():
		return ctx.Err()
	}
	fn()
	return nil
}
