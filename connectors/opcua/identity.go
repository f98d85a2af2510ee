package opcua

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net/url"
	"os"
	"time"
)

// identityLife is long because a machine that refuses an expired certificate
// stops a line; operators renew by deleting the pair.
const identityLife = 20 * 365 * 24 * time.Hour

// ensureIdentity makes our certificate and key at the given places, unless the
// key is there already.
func ensureIdentity(cert, key, applicationURI string, now time.Time) error {
	if _, err := os.Stat(key); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	certPEM, keyPEM, err := newIdentity(applicationURI, now)
	if err != nil {
		return fmt.Errorf("make a client certificate: %w", err)
	}
	// The key comes last: it is what tells that the pair is complete.
	if err := writeWhole(cert, certPEM); err != nil {
		return err
	}
	return writeWhole(key, keyPEM)
}

// newIdentity makes a self-signed certificate such as Part 6 asks for: servers
// refuse one whose application URI is not among its alternative names.
func newIdentity(applicationURI string, now time.Time) (certPEM, keyPEM []byte, err error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, err
	}
	uri, err := url.Parse(applicationURI)
	if err != nil {
		return nil, nil, err
	}
	template := x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "Fildefer", Organization: []string{"Fildefer"}},
		NotBefore:    now.Add(-24 * time.Hour), // machine clocks run late
		NotAfter:     now.Add(identityLife),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment |
			x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		URIs:                  []*url.URL{uri},
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		return nil, nil, err
	}
	certPEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	keyPEM = pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	return certPEM, keyPEM, nil
}

// applicationURIOf reads the name that a certificate gives its owner; servers
// compare it with the one that the session claims.
func applicationURIOf(file string) (string, error) {
	der, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read security.cert: %w", err)
	}
	if block, _ := pem.Decode(der); block != nil {
		der = block.Bytes
	}
	chain, err := x509.ParseCertificates(der)
	if err != nil || len(chain) == 0 {
		return "", fmt.Errorf("security.cert: %s is no certificate: %w", file, err)
	}
	if len(chain[0].URIs) == 0 {
		return "", fmt.Errorf("security.cert: %s has no URI among its alternative names, which OPC UA servers ask for", file)
	}
	return chain[0].URIs[0].String(), nil
}
