package mqtt

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"sync"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"

	"github.com/fildefer/fildefer/connectors"
)

const (
	answerWithin = 10 * time.Second // from dialling to CONNACK, and to SUBACK
	readBytes    = 64 << 10
	goodbye      = 250 // milliseconds for the last acknowledgements and DISCONNECT
)

var (
	errNoAnswer  = errors.New("the broker does not answer")
	errUnwelcome = errors.New("closed before an answer")
	errOverrun   = errors.New("the broker sends more unacknowledged messages than there is room for")
)

// link is one connection, from CONNECT to its end. It is not used again.
type link struct {
	client paho.Client
	inbox  *inbox

	settled      chan []delivery // stored, to be acknowledged
	acknowledged chan struct{}   // closed after the last of them

	once  sync.Once
	lost  chan struct{} // closed when the link is of no more use
	cause error         // why; read after lost is closed
}

func newLink() *link {
	return &link{
		inbox: newInbox(), lost: make(chan struct{}),
		settled: make(chan []delivery, 1), acknowledged: make(chan struct{}),
	}
}

// dial returns a link after the broker accepted it. Messages of a kept session
// may be in its inbox before anything is subscribed to.
func dial(ctx context.Context, cfg Config, clientID string, clean bool) (*link, error) {
	l := newLink()
	options, err := l.options(cfg)
	if err != nil {
		return nil, err
	}
	secure, err := tlsConfig(cfg)
	if err != nil {
		return nil, err
	}
	connecting, connected := context.WithTimeout(ctx, answerWithin)
	defer connected()
	release := func() bool { return true }
	options.SetClientID(clientID).SetCleanSession(clean).
		SetCustomOpenConnectionFn(func(u *url.URL, _ paho.ClientOptions) (net.Conn, error) {
			var conn net.Conn
			err := connectors.Guard(func() (err error) {
				if conn, err = open(connecting, u, secure); err == nil {
					release = context.AfterFunc(connecting, func() { _ = conn.Close() })
				}
				return err
			})
			return conn, err
		})
	l.client = paho.NewClient(options)
	token := l.client.Connect()
	<-token.Done()
	if err := token.Error(); err != nil {
		switch {
		case !release():
			err = context.Cause(connecting)
		case cfg.encrypted() && closedByBroker(err):
			// A certificate that the broker refuses may end the connection
			// before its complaint is read.
			err = errors.Join(errUnwelcome, err)
		}
		return nil, err
	}
	go l.acknowledge()
	if !release() {
		l.close()
		return nil, context.Cause(connecting)
	}
	return l, nil
}

// options are what every link has in common. Nothing reconnects by itself,
// and the handler is there before the first message of a kept session.
func (l *link) options(cfg Config) (*paho.ClientOptions, error) {
	password, err := cfg.Password.Reveal(cfg.PasswordFile, cfg.PasswordEnv)
	if err != nil {
		return nil, err
	}
	// paho looks for a lost link in steps: two thirds and one third of the
	// interval find it within one and a half.
	return paho.NewClientOptions().
		AddBroker(cfg.URL).SetUsername(cfg.User).SetPassword(password).
		SetProtocolVersion(4).SetOrderMatters(true).SetAutoAckDisabled(true).
		SetAutoReconnect(false).SetConnectRetry(false).
		SetConnectTimeout(answerWithin).SetWriteTimeout(answerWithin).
		SetKeepAlive(cfg.keepAlive() * 2 / 3).SetPingTimeout(cfg.keepAlive() / 3).
		SetDefaultPublishHandler(func(_ paho.Client, m paho.Message) { l.guard(func() { l.take(m) }) }).
		SetConnectionLostHandler(func(_ paho.Client, err error) { l.end(fmt.Errorf("the link was lost: %w", err)) }), nil
}

// take never blocks: paho reads answers to its pings behind it.
func (l *link) take(m paho.Message) {
	if !l.inbox.put(delivery{m, time.Now().UTC()}) {
		l.end(errOverrun)
	}
}

func (l *link) end(cause error) {
	l.once.Do(func() {
		l.cause = cause
		close(l.lost)
	})
}

// settle acknowledges a batch that is stored, while the next is being stored.
func (l *link) settle(batch []delivery) { l.settled <- batch }

func (l *link) acknowledge() {
	defer close(l.acknowledged)
	for batch := range l.settled {
		l.guard(func() {
			for _, d := range batch {
				d.Ack()
			}
		})
	}
}

// guard ends the link when f panics on a goroutine that is not Run's own.
func (l *link) guard(f func()) {
	if err := connectors.Guard(func() error { f(); return nil }); err != nil {
		l.end(err)
	}
}

// close acknowledges what is settled and says goodbye, if the link still
// stands. It does not wait for a broker that has stopped reading.
func (l *link) close() {
	close(l.settled)
	timer := time.NewTimer(answerWithin / 2)
	defer timer.Stop()
	select {
	case <-l.acknowledged:
	case <-l.lost:
	case <-timer.C:
	}
	l.client.Disconnect(goodbye)
	<-l.acknowledged
}

// open honours ctx in every step, which paho's own dialling does not.
func open(ctx context.Context, u *url.URL, secure *tls.Config) (net.Conn, error) {
	port := u.Port()
	if port == "" {
		port = "1883"
		if secure != nil {
			port = "8883"
		}
	}
	var dialer interface {
		DialContext(ctx context.Context, network, address string) (net.Conn, error)
	} = &net.Dialer{}
	if secure != nil {
		dialer = &tls.Dialer{Config: secure}
	}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return nil, err
	}
	return bufferedConn{conn, bufio.NewReaderSize(conn, readBytes)}, nil
}

// bufferedConn spares system calls: paho reads each packet in three steps.
type bufferedConn struct {
	net.Conn
	buffer *bufio.Reader
}

func (c bufferedConn) Read(p []byte) (int, error) { return c.buffer.Read(p) }

// tlsConfig reads the files that cfg names. It is nil for a plain link.
func tlsConfig(cfg Config) (*tls.Config, error) {
	if !cfg.encrypted() {
		return nil, nil
	}
	secure := &tls.Config{ServerName: cfg.TLS.ServerName, MinVersion: tls.VersionTLS12}
	if cfg.TLS.CA != "" {
		pem, err := os.ReadFile(cfg.TLS.CA)
		if err != nil {
			return nil, fmt.Errorf("read tls.ca: %w", err)
		}
		secure.RootCAs = x509.NewCertPool()
		if !secure.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read tls.ca: %s holds no certificate in PEM form", cfg.TLS.CA)
		}
	}
	if cfg.TLS.Cert != "" {
		pair, err := tls.LoadX509KeyPair(cfg.TLS.Cert, cfg.TLS.Key)
		if err != nil {
			return nil, fmt.Errorf("read tls.cert and tls.key: %w", err)
		}
		secure.Certificates = []tls.Certificate{pair}
	}
	return secure, nil
}
