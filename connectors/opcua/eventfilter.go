package opcua

import (
	"strings"

	"github.com/gopcua/opcua/id"
	"github.com/gopcua/opcua/ua"
)

// field is something that is asked of every event: a browse path from the type
// that declares it. The empty path is the condition's own node id, the
// ConditionId (Part 9 §5.5.2.13).
type field struct {
	of   uint32
	path string
}

const conditionID = ""

// fields lists what is asked, in the order in which it is answered.
func fields() []field {
	return []field{
		{id.BaseEventType, "EventId"},
		{id.BaseEventType, "EventType"},
		{id.BaseEventType, "SourceNode"},
		{id.BaseEventType, "SourceName"},
		{id.BaseEventType, "Time"},
		{id.BaseEventType, "ReceiveTime"},
		{id.BaseEventType, "Message"},
		{id.BaseEventType, "Severity"},
		{id.ConditionType, conditionID},
		{id.ConditionType, "ConditionName"},
		{id.ConditionType, "BranchId"},
		{id.ConditionType, "Retain"},
		{id.ConditionType, "EnabledState/Id"},
		{id.ConditionType, "Quality"},
		{id.ConditionType, "Comment"},
		{id.AcknowledgeableConditionType, "AckedState/Id"},
		{id.AcknowledgeableConditionType, "ConfirmedState/Id"},
		{id.AlarmConditionType, "ActiveState/Id"},
		{id.AlarmConditionType, "SuppressedOrShelved"},
		{id.AlarmConditionType, "SuppressedState/Id"},
		{id.AlarmConditionType, "OutOfServiceState/Id"},
		{id.AlarmConditionType, "ShelvingState/CurrentState"},
		{id.AlarmConditionType, "ShelvingState/CurrentState/Id"},
	}
}

// eventFilter selects the fields, and the types if there are any: a condition
// passes that is of one of them or of a subtype. The bracket of a refresh
// passes any filter (Part 9 §4.5), and so does the overflow of a queue (Part 4
// §7.22.3). Severities are filtered by us: an alarm that was told and then
// falls below the least severity would never end.
func eventFilter(types []*ua.NodeID) *ua.EventFilter {
	filter := &ua.EventFilter{WhereClause: &ua.ContentFilter{Elements: []*ua.ContentFilterElement{}}}
	for _, f := range fields() {
		clause := &ua.SimpleAttributeOperand{
			TypeDefinitionID: ua.NewNumericNodeID(0, f.of), BrowsePath: []*ua.QualifiedName{}, AttributeID: ua.AttributeIDValue,
		}
		if f.path == conditionID {
			clause.AttributeID = ua.AttributeIDNodeID
		} else {
			for name := range strings.SplitSeq(f.path, "/") {
				clause.BrowsePath = append(clause.BrowsePath, &ua.QualifiedName{Name: name})
			}
		}
		filter.SelectClauses = append(filter.SelectClauses, clause)
	}
	filter.WhereClause.Elements = ofTypes(types)
	return filter
}

// ofTypes is OfType(a) or (OfType(b) or OfType(c)): each operator names its
// operands by their place in the list.
func ofTypes(types []*ua.NodeID) []*ua.ContentFilterElement {
	elements := []*ua.ContentFilterElement{}
	for i, t := range types {
		if i < len(types)-1 {
			at := uint32(len(elements))
			elements = append(elements, &ua.ContentFilterElement{
				FilterOperator: ua.FilterOperatorOr,
				FilterOperands: []*ua.ExtensionObject{
					ua.NewExtensionObject(&ua.ElementOperand{Index: at + 1}),
					ua.NewExtensionObject(&ua.ElementOperand{Index: at + 2}),
				},
			})
		}
		elements = append(elements, &ua.ContentFilterElement{
			FilterOperator: ua.FilterOperatorOfType,
			FilterOperands: []*ua.ExtensionObject{ua.NewExtensionObject(&ua.LiteralOperand{Value: ua.MustVariant(t)})},
		})
	}
	return elements
}
