package plantsim

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gopcua/opcua/id"
	opcua "github.com/gopcua/opcua/server"
	"github.com/gopcua/opcua/ua"
)

// server shows the presses as OPC UA variables: Objects/Presses/Press4/State.
type server struct {
	opcua *opcua.Server
	nodes map[string]*variable // by their id in messages
}

// variable is a node whose value is read by many.
type variable struct {
	id    *ua.NodeID
	value atomic.Pointer[ua.DataValue]
}

// listen starts the server. It refuses port 0, since its clients could not be
// told the port that it got.
func listen(ctx context.Context, address string, presses []*press) (*server, error) {
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("serve OPC UA on %q: %w", address, err)
	}
	port, err := strconv.Atoi(portText)
	if err != nil || port == 0 {
		return nil, fmt.Errorf("serve OPC UA on %q: a port number is needed", address)
	}
	s := &server{nodes: map[string]*variable{}, opcua: opcua.New(
		opcua.EndPoint(host, port), opcua.ServerName("plantsim"),
		opcua.EnableSecurity("None", ua.MessageSecurityModeNone), opcua.EnableAuthMode(ua.UserTokenTypeAnonymous),
		opcua.SetLogger(slog.New(slog.DiscardHandler)),
	)}
	s.build(presses)
	if err := s.opcua.Start(ctx); err != nil {
		return nil, fmt.Errorf("serve OPC UA on %q: %w", address, err)
	}
	return s, nil
}

// build makes the address space.
func (s *server) build(presses []*press) {
	space := opcua.NewNodeNameSpace(s.opcua, Namespace)
	index := space.ID()
	root, _ := s.opcua.Namespace(0) // there always is one
	folder := func(name string, in *opcua.Node) *opcua.Node {
		node := space.AddNode(opcua.NewFolderNode(ua.NewStringNodeID(index, name), name))
		in.AddRef(node, id.HasComponent, true)
		return node
	}
	all := folder("Presses", root.Objects())
	for _, press := range presses {
		one := folder("Press"+strconv.Itoa(press.number), all)
		values := press.values()
		for i, node := range press.points {
			_, name, _ := strings.Cut(node.ID, ";s=")
			v := &variable{id: ua.NewStringNodeID(index, name)}
			v.value.Store(dataValue(values[i], time.Now()))
			one.AddRef(space.AddNode(opcua.NewVariableNode(v.id, node.Signal, v.value.Load)), id.HasComponent, true)
			s.nodes[node.ID] = v
		}
	}
}

// set changes a value and tells those who subscribed to it.
func (s *server) set(m OPCUA) {
	v := s.nodes[m.Node]
	v.value.Store(dataValue(m.Value, m.At))
	s.opcua.ChangeNotification(v.id)
}

func dataValue(value any, at time.Time) *ua.DataValue {
	return &ua.DataValue{
		EncodingMask: ua.DataValueValue | ua.DataValueSourceTimestamp | ua.DataValueServerTimestamp,
		Value:        ua.MustVariant(value), SourceTimestamp: at, ServerTimestamp: time.Now(),
	}
}

// close ends the server. The library waits ten seconds for clients that do not
// leave; a simulated plant does not.
func (s *server) close() {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = s.opcua.Close() // nobody is left to tell
	}()
	select {
	case <-closed:
	case <-time.After(closeTimeout):
	}
}

const closeTimeout = 300 * time.Millisecond
