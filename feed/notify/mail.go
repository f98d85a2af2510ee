package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"os"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Mail is the server that letters leave by, as a configuration names it.
type Mail struct {
	Host         string `yaml:"host"`
	Port         int    `yaml:"port"` // default: 587, 465 for implicit
	TLS          string `yaml:"tls"`  // starttls (default) | implicit | none, which is for this computer only
	CA           string `yaml:"ca"`   // certificates to trust instead of the system's
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password_file"`
	From         string `yaml:"from"` // "Fildefer <fildefer@plant.example>"
	URL          string `yaml:"url"`  // where people open the screens
}

// How a connection is kept secret.
const (
	startTLS = "starttls"
	implicit = "implicit"
	noTLS    = "none"
)

// Validate returns every fault, each beginning with its key.
func (m *Mail) Validate() error {
	var faults []error
	at := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if m.Host == "" {
		at("host: the name of the mail server is missing")
	}
	if m.Port < 0 || m.Port > 65535 {
		at("port: %d is no port", m.Port)
	}
	switch m.TLS {
	case "", startTLS, implicit:
	case noTLS:
		if ip := net.ParseIP(m.Host); m.Host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			at("tls: none sends letters and passwords in clear, so it is for a server on this computer only; write starttls or implicit")
		}
	default:
		at("tls: %q is none of starttls, implicit and none", m.TLS)
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		at("from: %q is no address such as Fildefer <fildefer@plant.example>", m.From)
	}
	if u, err := url.Parse(m.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		at("url: %q is no address such as https://fildefer.plant.example, where people open the screens", m.URL)
	}
	if (m.User == "") != (m.PasswordFile == "") {
		at("user: user and password_file go together")
	}
	return errors.Join(faults...)
}

// smtpTime bounds each exchange with the server.
const smtpTime = 20 * time.Second

// server is a mail server that can be dialled.
type server struct {
	Mail
	options []gomail.Option
}

func newServer(m Mail, password string) (*server, error) {
	s := &server{Mail: m}
	roots, err := trusted(m.CA)
	if err != nil {
		return nil, err
	}
	secure := &tls.Config{ServerName: m.Host, RootCAs: roots, MinVersion: tls.VersionTLS12}
	s.options = []gomail.Option{gomail.WithTimeout(smtpTime), gomail.WithTLSConfig(secure)}
	switch m.TLS {
	case implicit:
		s.options = append(s.options, gomail.WithSSLPort(false))
	case noTLS:
		s.options = append(s.options, gomail.WithTLSPortPolicy(gomail.NoTLS))
	default:
		s.options = append(s.options, gomail.WithTLSPortPolicy(gomail.TLSMandatory))
	}
	if m.Port != 0 {
		s.options = append(s.options, gomail.WithPort(m.Port))
	}
	if m.User != "" {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(m.User), gomail.WithPassword(password))
	}
	return s, nil
}

// trusted are the certificates of a file; nil, the system's, without one.
func trusted(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("ca: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("ca: %s holds no certificate", file)
	}
	return pool, nil
}

// dial opens a connection that letters are sent on, one after the other.
func (s *server) dial(ctx context.Context) (*gomail.Client, error) {
	c, err := gomail.NewClient(s.Host, s.options...)
	if err != nil {
		return nil, fmt.Errorf("mail server %s: %w", s.Host, err)
	}
	if err := c.DialWithContext(ctx); err != nil {
		return nil, fmt.Errorf("mail server %s: %w", s.Host, err)
	}
	return c, nil
}

// refusal is why a server did not take a letter; for good, or for now.
type refusal struct {
	good bool
	err  error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// send returns what the server answered when it took the letter.
func (s *server) send(c *gomail.Client, p *paper, l *letter) (answer string, err error) {
	m, err := s.message(p, l)
	if err != nil {
		return "", &refusal{good: true, err: err}
	}
	// After the server took it, whatever goes wrong is of the next letter.
	if err := c.Send(m); err != nil && !m.IsDelivered() {
		var e *gomail.SendError
		known := errors.As(m.SendError(), &e)
		return "", &refusal{good: known && e.ErrorCode() >= 500, err: err}
	}
	return m.ServerResponse(), nil
}

func (s *server) message(p *paper, l *letter) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8))
	if err := m.From(s.From); err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	if err := m.AddToFormat(l.To.Name, l.To.Email); err != nil {
		return nil, fmt.Errorf("address of %s: %w", l.To.ID, err)
	}
	m.Subject(l.Subject)
	m.SetDateWithValue(l.At)
	m.SetMessageIDWithValue(l.ID)
	if l.Thread != "" {
		thread := "<" + p.id("post", string(l.Thread)) + ">"
		m.SetGenHeader(gomail.HeaderInReplyTo, thread)
		m.SetGenHeader(gomail.HeaderReferences, thread)
	}
	m.SetListUnsubscribe(l.Settings)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	txt, html, err := p.bodies(l)
	if err != nil {
		return nil, err
	}
	m.SetBodyString(gomail.TypeTextPlain, txt)
	m.AddAlternativeString(gomail.TypeTextHTML, html)
	return m, nil
}
