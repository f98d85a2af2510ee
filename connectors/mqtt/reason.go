package mqtt

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"time"

	"github.com/eclipse/paho.mqtt.golang/packets"
)

// explain makes one sentence of what went wrong with a link: where, what, and
// what to do about it.
func explain(url string, err error) error {
	advice := advise(err)
	if advice == "" {
		return fmt.Errorf("%s: %w", url, err)
	}
	return &linkError{sentence: url + ": " + advice, cause: err}
}

// linkError shows a sentence in place of its cause.
type linkError struct {
	sentence string
	cause    error
}

func (e *linkError) Error() string { return e.sentence }
func (e *linkError) Unwrap() error { return e.cause }

func advise(err error) string {
	if sentence := adviseTLS(err); sentence != "" {
		return sentence
	}
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, packets.ErrorRefusedBadUsernameOrPassword), errors.Is(err, packets.ErrorRefusedNotAuthorised):
		return "the broker refuses this user: check user and password, and that its access list lets this client_id in"
	case errors.Is(err, packets.ErrorRefusedIDRejected):
		return "the broker refuses this client_id: choose a shorter one, of letters and digits"
	case errors.Is(err, packets.ErrorRefusedServerUnavailable):
		return "the broker says that it is unavailable: look at its log"
	case errors.Is(err, packets.ErrorRefusedBadProtocolVersion):
		return "the broker does not speak MQTT 3.1.1"
	case errors.As(err, &dns):
		return "the host name is not known: check url and the name servers"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: check the port in url and that the broker runs"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "there is no route to the host: check the network"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, errNoAnswer), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("no answer within %s: check the network, firewalls, and that url names an MQTT port", answerWithin)
	case closedByBroker(err):
		return "the broker closed the connection: its log says why"
	}
	return ""
}

func closedByBroker(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

func adviseTLS(err error) string {
	var (
		unknown *tls.CertificateVerificationError
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
		signer  x509.UnknownAuthorityError
		alert   *net.OpError
		plain   tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &name):
		return "the broker's certificate is for another name: " + name.Error() + "; set tls.server_name or renew it"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Sprintf("the broker's certificate is only valid from %s to %s: renew it, or set the clock",
			invalid.Cert.NotBefore.Format(time.DateOnly), invalid.Cert.NotAfter.Format(time.DateOnly))
	case errors.As(err, &signer):
		return "the broker's certificate is not signed by a known authority: set tls.ca"
	case errors.As(err, &unknown):
		return "the broker's certificate is not valid: " + unknown.Err.Error()
	case errors.As(err, &alert) && alert.Op == "remote error":
		return "the broker does not take our certificate (" + alert.Err.Error() + "): check tls.cert and tls.key"
	case errors.Is(err, errUnwelcome):
		return "the broker closed the encrypted connection without an answer: check tls.cert and tls.key, and its log"
	case errors.As(err, &plain):
		return "the port does not speak TLS: use mqtt:// or the broker's encrypted port"
	}
	return ""
}
