package mqtt_test

import (
	"encoding/json"
	"io"
	"net"
	"sync"
	"testing"

	"github.com/eclipse/paho.mqtt.golang/packets"
	"github.com/stretchr/testify/require"
)

// tap stands between a connector and its broker and reads what both say: which
// inputs the connector has acknowledged, as the broker sees it.
type tap struct {
	addr string

	mu      sync.Mutex
	settled map[string]bool
	conns   []net.Conn
}

func newTap(t *testing.T, target string) *tap {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &tap{addr: listener.Addr().String(), settled: map[string]bool{}}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", target)
			if err != nil {
				_ = near.Close()
				continue
			}
			p.mu.Lock()
			p.conns = append(p.conns, near, far)
			p.mu.Unlock()
			w := &wire{tap: p, unsettled: map[uint16]string{}}
			running.Go(func() { relay(near, far, w.fromBroker) })
			running.Go(func() { relay(far, near, w.fromConnector) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		p.mu.Lock()
		for _, c := range p.conns {
			_ = c.Close()
		}
		p.mu.Unlock()
		running.Wait()
	})
	return p
}

func (p *tap) list() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	keys := []string{}
	for key := range p.settled {
		keys = append(keys, key)
	}
	return keys
}

// wire is one connection.
type wire struct {
	tap       *tap
	mu        sync.Mutex
	unsettled map[uint16]string
}

func (w *wire) fromBroker(packet packets.ControlPacket) {
	publish, ok := packet.(*packets.PublishPacket)
	if !ok || publish.Qos == 0 {
		return
	}
	var input struct{ Key string }
	_ = json.Unmarshal(publish.Payload, &input)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unsettled[publish.MessageID] = input.Key
}

func (w *wire) fromConnector(packet packets.ControlPacket) {
	var id uint16
	switch p := packet.(type) {
	case *packets.PubackPacket:
		id = p.MessageID
	case *packets.PubrecPacket:
		id = p.MessageID
	default:
		return
	}
	w.mu.Lock()
	key := w.unsettled[id]
	w.mu.Unlock()
	if key == "" {
		return
	}
	w.tap.mu.Lock()
	defer w.tap.mu.Unlock()
	w.tap.settled[key] = true
}

func relay(dst io.WriteCloser, src io.ReadCloser, see func(packets.ControlPacket)) {
	defer dst.Close()
	defer src.Close()
	for {
		packet, err := packets.ReadPacket(src)
		if err != nil {
			return
		}
		see(packet)
		if packet.Write(dst) != nil {
			return
		}
	}
}
