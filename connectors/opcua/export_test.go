package opcua

import "github.com/gopcua/opcua/ua"

// Limit reads what a server answers when it is asked for one of its limits.
func Limit(dv *ua.DataValue) int { return limit(dv) }

// MatchPath follows browse names, from below Objects down, along a pattern and
// returns what its wildcards captured.
func MatchPath(pattern string, names ...string) (captures []string, matched bool, err error) {
	path, err := parseBrowsePath(pattern)
	if err != nil {
		return nil, false, err
	}
	trails := path.start()
	for _, name := range names {
		var next []trail
		seen := make(map[int]bool) // as in find, which steps to a place once
		for _, t := range trails {
			for _, step := range path.step(t, 2, name) {
				if !seen[step.at] {
					seen[step.at] = true
					next = append(next, step)
				}
			}
		}
		trails = next
	}
	for _, t := range trails {
		if path.done(t) {
			return t.captures, true, nil
		}
	}
	return nil, false, nil
}

// ResolveNodeID finds a configured node id among a server's namespaces and
// spells it with its namespace's URI.
func ResolveNodeID(s string, namespaces []string) (string, error) {
	ref, err := parseNodeRef(s)
	if err != nil {
		return "", err
	}
	id, err := ref.resolve(namespaces)
	if err != nil {
		return "", err
	}
	return stableID(id, namespaces), nil
}
