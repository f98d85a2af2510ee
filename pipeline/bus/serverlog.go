package bus

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
)

// serverLog carries what the embedded server says to slog. Its notices are of
// no use to an operator; its warnings and errors are.
type serverLog struct {
	logger *slog.Logger

	mu    sync.Mutex
	fault string
}

// last is the most recent error, which explains a server that did not start.
func (l *serverLog) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fault == "" {
		return "it gave no reason"
	}
	return l.fault
}

func (l *serverLog) keep(format string, v []any) {
	text := fmt.Sprintf(format, v...)
	l.mu.Lock()
	l.fault = text
	l.mu.Unlock()
	l.logger.Error("embedded nats server", "says", text)
}

// Errorf implements the server's Logger.
func (l *serverLog) Errorf(format string, v ...any) { l.keep(format, v) }

// Fatalf implements the server's Logger. It does not end the process.
func (l *serverLog) Fatalf(format string, v ...any) { l.keep(format, v) }

// Warnf implements the server's Logger. The users of the embedded server are
// made at each start and never leave the process: that their passwords are no
// hashes is no news.
func (l *serverLog) Warnf(format string, v ...any) {
	if strings.HasPrefix(format, "Plaintext passwords") {
		return
	}
	l.logger.Warn("embedded nats server", "says", fmt.Sprintf(format, v...))
}

// Noticef implements the server's Logger.
func (l *serverLog) Noticef(format string, v ...any) {
	l.logger.Debug("embedded nats server", "says", fmt.Sprintf(format, v...))
}

// Debugf implements the server's Logger.
func (*serverLog) Debugf(string, ...any) {}

// Tracef implements the server's Logger.
func (*serverLog) Tracef(string, ...any) {}
