package connectortest_test

import (
	"io"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/connectortest"
)

// echo answers every byte with itself.
func echo(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = io.Copy(conn, conn)
			}()
		}
	}()
	return listener.Addr().String()
}

func dial(t *testing.T, p *connectortest.Proxy) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", p.Addr())
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// ask returns how long the echo took, or the error that came in its place.
func ask(conn net.Conn, within time.Duration) (time.Duration, error) {
	start := time.Now()
	if _, err := conn.Write([]byte("?")); err != nil {
		return 0, err
	}
	_ = conn.SetReadDeadline(start.Add(within))
	_, err := io.ReadFull(conn, make([]byte, 1))
	return time.Since(start), err
}

func TestTheProxyForwards(t *testing.T) {
	t.Parallel()
	_, err := ask(dial(t, connectortest.NewProxy(t, echo(t))), time.Minute)
	require.NoError(t, err)
}

func TestCutEndsConnectionsAndLetsNewOnesThrough(t *testing.T) {
	t.Parallel()
	p := connectortest.NewProxy(t, echo(t))
	conn := dial(t, p)
	_, err := ask(conn, time.Minute)
	require.NoError(t, err)
	p.Cut()
	_, err = ask(conn, time.Minute)
	require.Error(t, err)
	require.NotErrorIs(t, err, net.ErrClosed)
	_, err = ask(dial(t, p), time.Minute)
	require.NoError(t, err)
}

func TestRefuseRefusesUntilResume(t *testing.T) {
	t.Parallel()
	p := connectortest.NewProxy(t, echo(t))
	p.Refuse()
	_, err := net.Dial("tcp", p.Addr())
	require.Error(t, err)
	p.Resume()
	_, err = ask(dial(t, p), time.Minute)
	require.NoError(t, err)
}

func TestABlackHoleIsSilentUntilResumeAndLosesNoByte(t *testing.T) {
	t.Parallel()
	p := connectortest.NewProxy(t, echo(t))
	before := dial(t, p)
	_, err := ask(before, time.Minute)
	require.NoError(t, err)
	p.BlackHole()
	during := dial(t, p)
	for _, conn := range []net.Conn{before, during} {
		_, err := ask(conn, 50*time.Millisecond)
		var timeout net.Error
		require.ErrorAs(t, err, &timeout)
		require.True(t, timeout.Timeout())
	}
	p.Resume()
	for _, conn := range []net.Conn{before, during} {
		require.NoError(t, conn.SetReadDeadline(time.Time{}))
		_, err := io.ReadFull(conn, make([]byte, 1))
		require.NoError(t, err)
	}
}

func TestSlowDelaysEveryChunk(t *testing.T) {
	t.Parallel()
	p := connectortest.NewProxy(t, echo(t))
	p.Slow(30 * time.Millisecond)
	took, err := ask(dial(t, p), time.Minute)
	require.NoError(t, err)
	require.GreaterOrEqual(t, took, 60*time.Millisecond, "there and back")
}
