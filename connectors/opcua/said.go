package opcua

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gopcua/opcua/id"
	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/pipeline"
)

// said is what one event tells, by the path of the field. What its type does
// not have is missing.
type said map[string]any

// hearFields puts the answers in the order of [fields] under their names.
func hearFields(answers []*ua.Variant) (said, error) {
	asked := fields()
	if len(answers) != len(asked) {
		return nil, fmt.Errorf("the server answered %d of %d fields of an event", len(answers), len(asked))
	}
	s := make(said, len(asked))
	for i, v := range answers {
		if v != nil && v.Value() != nil {
			s[asked[i].path] = v.Value()
		}
	}
	return s, nil
}

// text is a field as people read it, in the language that the server chose for
// this session.
func (s said) text(path string) string {
	value, err := scalar(s[path])
	if err != nil {
		return "" // a structure, where none is declared
	}
	text := value.String()
	return strings.ToValidUTF8(text[:min(len(text), pipeline.MaxAttrValueBytes)], "")
}

// truth is a two-state field, and whether the event has it.
func (s said) truth(path string) (value, known bool) {
	value, known = s[path].(bool)
	return value, known
}

// node is a node id; nil when it is missing or null.
func (s said) node(path string) *ua.NodeID {
	node, _ := s[path].(*ua.NodeID)
	if node == nil {
		return nil
	}
	switch node.String() { // the null ids of Part 3 §8.2.4
	case "i=0", "s=", "b=", "g=00000000-0000-0000-0000-000000000000":
		return nil
	}
	return node
}

// id is a node id as it reads on every restart, "" when there is none.
func (s said) id(path string, namespaces []string) string {
	if node := s.node(path); node != nil {
		return strings.ToValidUTF8(stableID(node, namespaces), "\ufffd")
	}
	return ""
}

// is tells whether the event is of that type of namespace 0.
func (s said) is(eventType uint32) bool {
	node := s.node("EventType")
	return node != nil && node.Namespace() == 0 && node.IntID() == eventType
}

// source is the SourceName. Some servers write it like a browse name, "2:Press",
// with an index that may change when they restart: it is taken off.
func (s said) source() string {
	name := s.text("SourceName")
	if node := s.node("SourceNode"); node != nil {
		return strings.TrimPrefix(name, strconv.Itoa(int(node.Namespace()))+":")
	}
	return name
}

// time is a stamp; zero when there is none.
func (s said) time(path string) time.Time {
	t, _ := s[path].(time.Time)
	return t
}

// eventID is the server's own, in hexadecimal.
func (s said) eventID() string {
	raw, _ := s["EventId"].([]byte)
	return hex.EncodeToString(raw[:min(len(raw), pipeline.MaxIDBytes)])
}

// severity is 1 to 1000; 0 when there is none.
func (s said) severity() int {
	n, _ := s["Severity"].(uint16)
	return int(n)
}

// active is the ActiveState. A condition that is no alarm has none, and is of
// interest for as long as it is retained.
func (s said) active() (value, known bool) {
	if value, known = s.truth("ActiveState/Id"); known {
		return value, true
	}
	return s.truth("Retain")
}

// suppressed tells whether somebody, or some logic, decided on the server that
// nobody is to be told.
func (s said) suppressed() (value, known bool) {
	for _, path := range []string{"SuppressedOrShelved", "SuppressedState/Id", "OutOfServiceState/Id"} {
		yes, has := s.truth(path)
		value, known = value || yes, known || has
	}
	switch s.id("ShelvingState/CurrentState/Id", nil) {
	case standard(id.ShelvedStateMachineType_TimedShelved), standard(id.ShelvedStateMachineType_OneShotShelved):
		return true, true
	}
	return value, known
}

// standard is a node id of namespace 0, as it is written.
func standard(n uint32) string { return ua.NewNumericNodeID(0, n).String() }

// attributes is all that is said, in the words that the rule kind "condition"
// reads, and some more that people may want to know.
func (s said) attributes(namespaces []string) map[string]string {
	attr := map[string]string{
		"condition":   s.id(conditionID, namespaces),
		"name":        s.text("ConditionName"),
		"branch":      s.id("BranchId", namespaces),
		"source_node": s.id("SourceNode", namespaces),
		"source_name": s.source(),
		"event_type":  s.id("EventType", namespaces),
		"event_id":    s.eventID(),
		"message":     s.text("Message"),
		"comment":     s.text("Comment"),
		"shelving":    s.text("ShelvingState/CurrentState"),
	}
	for name, path := range map[string]string{
		"retain": "Retain", "enabled": "EnabledState/Id", "acked": "AckedState/Id", "confirmed": "ConfirmedState/Id",
	} {
		if value, known := s.truth(path); known {
			attr[name] = strconv.FormatBool(value)
		}
	}
	if value, known := s.active(); known {
		attr["active"] = strconv.FormatBool(value)
	}
	if value, known := s.suppressed(); known {
		attr["suppressed"] = strconv.FormatBool(value)
	}
	if n := s.severity(); n > 0 {
		attr["severity"] = strconv.Itoa(n)
	}
	// The quality of what the alarm is judged on. It is not the event's: an
	// alarm that a cable is cut has bad values under it, and is to be told.
	if status, ok := s["Quality"].(ua.StatusCode); ok && status != ua.StatusOK {
		attr["quality"] = statusText(status)
	}
	for name, value := range attr {
		if value == "" {
			delete(attr, name)
		}
	}
	return attr
}
