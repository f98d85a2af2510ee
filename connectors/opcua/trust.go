package opcua

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// parseFingerprint reads a SHA-256 in hexadecimal, with or without colons.
func parseFingerprint(s string) (string, error) {
	s = strings.ToLower(strings.NewReplacer(":", "", " ", "").Replace(s))
	if raw, err := hex.DecodeString(s); err != nil || len(raw) != sha256.Size {
		return "", fmt.Errorf("%q is not a SHA-256 in 64 hexadecimal digits", s)
	}
	return s, nil
}

// fingerprintOf is the SHA-256 of a server's own certificate. Servers may send
// the chain of its issuers behind it.
func fingerprintOf(der []byte) (string, error) {
	chain, err := x509.ParseCertificates(der)
	if err != nil || len(chain) == 0 {
		return "", fmt.Errorf("the server's certificate cannot be read: %w", err)
	}
	sum := sha256.Sum256(chain[0].Raw)
	return hex.EncodeToString(sum[:]), nil
}

// trust decides whether der may be talked to: it must have the pinned
// fingerprint or, when the first contact is to be trusted, the remembered one.
// remembered is the file that holds it.
func (s *Security) trust(der []byte, remembered string) error {
	got, err := fingerprintOf(der)
	if err != nil {
		return err
	}
	if s.Fingerprint != "" {
		want, err := parseFingerprint(s.Fingerprint)
		if err != nil {
			return fmt.Errorf("security.fingerprint: %w", err)
		}
		return compare(want, got, "set security.fingerprint to the new one")
	}
	if !s.TrustFirst {
		return fmt.Errorf("the server's certificate is not trusted yet: compare its SHA-256 with the server's own"+
			" display, then set security.fingerprint to %s", got)
	}
	data, err := os.ReadFile(remembered)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return writeWhole(remembered, []byte(got+"\n"))
	case err != nil:
		return fmt.Errorf("read the remembered fingerprint: %w", err)
	}
	return compare(strings.TrimSpace(string(data)), got, "delete "+filepath.Base(remembered)+" from the data folder")
}

func compare(want, got, remedy string) error {
	if want == got {
		return nil
	}
	return fmt.Errorf("the server's certificate changed, no connection is made: trusted is %s, the server shows %s;"+
		" if the server was given a new certificate, %s", want, got, remedy)
}
