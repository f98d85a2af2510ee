package opcua

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gopcua/opcua/ua"
)

// maxNodeIDBytes bounds a node id; OPC UA allows string identifiers of 4,096
// characters.
const maxNodeIDBytes = 8 << 10

// nodeRef is a node id as it is configured: its namespace by URI, or by an
// index that only holds until the server renumbers.
type nodeRef struct {
	uri        string
	index      uint16
	identifier string // "s=Line1.Temp", "i=2258"…
}

// parseNodeRef reads "nsu=URI;s=X", "ns=2;i=5" or, in namespace 0, "i=2258".
func parseNodeRef(s string) (nodeRef, error) {
	if len(s) > maxNodeIDBytes || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return nodeRef{}, fmt.Errorf("node id %.60q is too long, not UTF-8 or holds control characters", s)
	}
	var ref nodeRef
	space, identifier, found := strings.Cut(s, ";")
	switch {
	case !found:
		identifier = s
	case strings.HasPrefix(space, "nsu=") && len(space) > len("nsu="):
		ref.uri = space[len("nsu="):]
	case strings.HasPrefix(space, "ns="):
		index, err := strconv.ParseUint(space[len("ns="):], 10, 16)
		if err != nil {
			return nodeRef{}, fmt.Errorf("node id %q: the namespace index is not a number of 0 to 65535", s)
		}
		ref.index = uint16(index)
	default:
		return nodeRef{}, fmt.Errorf("node id %q must start with nsu= or ns=", s)
	}
	ref.identifier = identifier
	if len(identifier) < 3 || identifier[1] != '=' || !strings.ContainsRune("isgb", rune(identifier[0])) {
		return nodeRef{}, fmt.Errorf("node id %q: the identifier must be i=, s=, g= or b= and a value", s)
	}
	if _, err := ua.ParseNodeID("ns=1;" + identifier); err != nil {
		return nodeRef{}, fmt.Errorf("node id %q: %w", s, err)
	}
	return ref, nil
}

// fleeting tells whether the reference may point elsewhere after a restart of
// the server: indexes 0 and 1 are fixed by the standard.
func (r nodeRef) fleeting() bool { return r.uri == "" && r.index >= 2 }

// resolve finds the node id in a server with these namespaces.
func (r nodeRef) resolve(namespaces []string) (*ua.NodeID, error) {
	index := int(r.index)
	if r.uri != "" {
		index = slices.Index(namespaces, r.uri)
		if index < 0 {
			return nil, fmt.Errorf("the server has no namespace %s", r.uri)
		}
	}
	return ua.ParseNodeID(fmt.Sprintf("ns=%d;%s", index, r.identifier))
}

// stableID writes a node id with its namespace's URI, as it reads on every
// restart of the server.
func stableID(id *ua.NodeID, namespaces []string) string {
	text := id.String()
	if id.Namespace() == 0 || int(id.Namespace()) >= len(namespaces) {
		return text
	}
	_, identifier, _ := strings.Cut(text, ";")
	return "nsu=" + namespaces[id.Namespace()] + ";" + identifier
}
