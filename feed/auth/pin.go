package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"github.com/fildefer/fildefer/feed"
)

// A PIN has 4 to 12 digits.
const (
	minPIN = 4
	maxPIN = 12
)

// Cost of a hash: OWASP's second choice for argon2id, 19 MiB and two passes,
// about 50 ms on a gateway. Two at once keep sign-in below 40 MiB.
const (
	argonTime      = 2
	argonMemory    = 19 * 1024 // KiB
	argonThreads   = 1
	argonKey       = 32
	argonSalt      = 16
	parallelChecks = 2
)

// HashPIN returns what to keep of a PIN, or an Invalid error when it is none.
func HashPIN(pin string) (string, error) {
	if err := checkPIN(pin); err != nil {
		return "", err
	}
	return hash(pin), nil
}

func checkPIN(pin string) error {
	if len(pin) < minPIN || len(pin) > maxPIN || strings.Trim(pin, "0123456789") != "" {
		return feed.Refuse(feed.Invalid, "Le code PIN compte de {min} à {max} chiffres.", "The PIN has {min} to {max} digits.").
			With(feed.Values{"min": float64(minPIN), "max": float64(maxPIN)})
	}
	return nil
}

// hash encodes the parameters beside the key, so that they can change later
// without locking anybody out.
func hash(pin string) string {
	var salt [argonSalt]byte
	_, _ = rand.Read(salt[:]) // never fails
	key := argon2.IDKey([]byte(pin), salt[:], argonTime, argonMemory, argonThreads, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, argonMemory, argonTime, argonThreads, b64.EncodeToString(salt[:]), b64.EncodeToString(key))
}

// verify tells whether known is a hash of pin.
func verify(known, pin string) (bool, error) {
	parts := strings.Split(known, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errHash
	}
	var version int
	var memory, passes uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &threads); err != nil {
		return false, errors.Join(errHash, err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errors.Join(errHash, err)
	}
	key, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || version != argon2.Version || passes == 0 || threads == 0 || memory > 1<<20 || len(key) == 0 {
		return false, errHash
	}
	got := argon2.IDKey([]byte(pin), salt, passes, memory, threads, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, nil
}

var errHash = errors.New("the stored PIN is not an argon2id hash that this version reads")
