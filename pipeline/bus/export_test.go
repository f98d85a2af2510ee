package bus

import "context"

// Trim lets a test look after the stream without waiting for the janitor.
func (b *Bus) Trim(ctx context.Context) (bool, error) { return b.trim(ctx) }

// RestartServer replaces the embedded server as its supervisor would.
func (b *Bus) RestartServer() error { return b.embedded.restart() }

// The letter's wire form, to be fuzzed.
var (
	EncodeLetter = encodeLetter
	DecodeLetter = decodeLetter
)

// StopServer leaves the bus without its embedded server.
func (b *Bus) StopServer() { b.embedded.close() }

// Leader names the server that leads the event stream.
func (b *Bus) Leader(ctx context.Context) (string, error) {
	info, err := b.events.Info(ctx)
	if err != nil {
		return "", err
	}
	return info.Cluster.Leader, nil
}
