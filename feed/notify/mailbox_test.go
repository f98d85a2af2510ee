package notify_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// mailbox is a real mail server, and what it took.
type mailbox struct {
	port     int
	ca       string // file of the certificate that it shows
	received chan taken
}

// taken is a message as the server took it.
type taken struct {
	To     []string
	Secure bool
	Raw    string
}

// openMailbox starts a server that asks for STARTTLS with a certificate for
// 127.0.0.1; further arguments go before those of the certificate.
func openMailbox(t *testing.T, args ...string) *mailbox {
	t.Helper()
	key, cert := certificate(t)
	return startMailbox(t, cert, append(args, key, cert)...)
}

func startMailbox(t *testing.T, ca string, args ...string) *mailbox {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "node", append([]string{"mailbox.mjs"}, args...)...)
	cmd.Dir = filepath.Join("..", "web", "e2e")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	cmd.Stderr = os.Stderr
	require.NoError(t, cmd.Start())
	box := &mailbox{ca: ca, received: make(chan taken, 10_000)}
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	require.NoError(t, err)
	box.port, err = strconv.Atoi(strings.TrimSpace(first))
	require.NoError(t, err)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			text, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			var m taken
			if json.Unmarshal([]byte(text), &m) == nil {
				box.received <- m
			}
		}
	}()
	t.Cleanup(func() {
		_ = in.Close()
		stop()
		_ = cmd.Wait()
		<-ended
	})
	return box
}

// next is the next message that the server took.
func (b *mailbox) next(t *testing.T) taken {
	t.Helper()
	select {
	case m := <-b.received:
		return m
	case <-time.After(30 * time.Second):
		require.Fail(t, "no message came")
		return taken{}
	}
}

func (b *mailbox) empty(t *testing.T) {
	t.Helper()
	select {
	case m := <-b.received:
		require.Fail(t, "a message came", m.Raw)
	default:
	}
}

// certificate is a key and a certificate of its own, for 127.0.0.1.
func certificate(t *testing.T) (key, cert string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	shape := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, shape, shape, private.Public(), private)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	dir := t.TempDir()
	key, cert = filepath.Join(dir, "key.pem"), filepath.Join(dir, "cert.pem")
	require.NoError(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	require.NoError(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return key, cert
}

// read is a message's head, and its parts by their type.
func (m taken) read(t *testing.T) (head mail.Header, parts map[string]string) {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(m.Raw))
	require.NoError(t, err)
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	require.NoError(t, err)
	require.Equal(t, "multipart/alternative", kind)
	parts = map[string]string{}
	for reader := multipart.NewReader(msg.Body, params["boundary"]); ; {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return msg.Header, parts
		}
		require.NoError(t, err)
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		require.NoError(t, err)
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		require.NoError(t, err)
		parts[kind] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

func (m taken) subject(t *testing.T) string {
	t.Helper()
	head, _ := m.read(t)
	subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	require.NoError(t, err)
	return subject
}
