package editor

import "slices"

// Severities that decide about more than an order.
const (
	critical = "critical" // is never held back for want of budget
	info     = "info"     // asks nobody for anything
)

// rank orders severities, gravest first.
func rank(severity string) int {
	list := []string{critical, "major", "minor", info}
	if i := slices.Index(list, severity); i >= 0 {
		return i
	}
	return len(list)
}

// gravest is the severity of the gravest of list, or "" without any.
func gravest(list []*condition) string {
	found := ""
	for _, c := range list {
		if found == "" || rank(c.Shows.Severity) < rank(found) {
			found = c.Shows.Severity
		}
	}
	return found
}
