package opcua

import (
	"context"
	"fmt"
	"slices"

	"github.com/gopcua/opcua/id"
	"github.com/gopcua/opcua/ua"
)

// maxBrowsed bounds how many nodes one browse path may visit.
const maxBrowsed = 100_000

// found is a variable that a browse path matched.
type found struct {
	id       *ua.NodeID
	name     string
	path     string
	captures []string
}

// branch is a node to browse further, and how far it got on the path.
type branch struct {
	id     *ua.NodeID
	path   string
	trails []trail
}

// find walks down from Objects, level by level, many nodes a call: node by
// node, a server of two thousand nodes takes a minute.
func (l *link) find(ctx context.Context, path browsePath) ([]found, error) {
	var matches []found
	seen := make(map[string]bool)
	frontier := []branch{{ua.NewNumericNodeID(0, id.ObjectsFolder), "/Objects", path.start()}}
	for depth := 0; len(frontier) > 0 && depth < maxLevels; depth++ {
		var next []branch
		for some := range slices.Chunk(frontier, l.limits.browse) {
			children, err := l.children(ctx, some)
			if err != nil {
				return nil, err
			}
			for i, references := range children {
				for _, r := range references {
					b := follow(path, some[i], r, seen)
					if slices.ContainsFunc(b.trails, path.done) && r.NodeClass == ua.NodeClassVariable {
						t := b.trails[slices.IndexFunc(b.trails, path.done)]
						matches = append(matches, found{b.id, r.BrowseName.Name, b.path, t.captures})
					}
					if len(b.trails) > 0 {
						next = append(next, b)
					}
				}
			}
			if len(seen) > maxBrowsed {
				return nil, fmt.Errorf("more than %d nodes lie on this path: make it narrower", maxBrowsed)
			}
		}
		frontier = next
	}
	return matches, nil
}

// follow steps from a parent to one of its children. A child that was met at
// the same place of the path before, by another way or a cycle, has no trails.
func follow(path browsePath, parent branch, r *ua.ReferenceDescription, seen map[string]bool) branch {
	child := branch{path: parent.path}
	if r.NodeID == nil || r.NodeID.NodeID == nil || r.BrowseName == nil {
		return child
	}
	child.id = ua.NewNodeIDFromExpandedNodeID(r.NodeID)
	child.path += "/" + r.BrowseName.Name
	for _, t := range parent.trails {
		for _, step := range path.step(t, r.BrowseName.NamespaceIndex, r.BrowseName.Name) {
			place := fmt.Sprint(child.id, " ", step.at)
			if !seen[place] {
				seen[place] = true
				child.trails = append(child.trails, step)
			}
		}
	}
	return child
}

// children browses some nodes, in one call and as many more as the server
// needs to tell all.
func (l *link) children(ctx context.Context, some []branch) ([][]*ua.ReferenceDescription, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req := &ua.BrowseRequest{}
	for _, b := range some {
		req.NodesToBrowse = append(req.NodesToBrowse, &ua.BrowseDescription{
			NodeID: b.id, BrowseDirection: ua.BrowseDirectionForward, IncludeSubtypes: true,
			ReferenceTypeID: ua.NewNumericNodeID(0, id.HierarchicalReferences),
			NodeClassMask:   uint32(ua.NodeClassObject | ua.NodeClassVariable),
			ResultMask:      uint32(ua.BrowseResultMaskAll),
		})
	}
	res, err := l.client.Browse(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("browse below %s: %w", some[0].path, err)
	}
	if len(res.Results) != len(some) {
		return nil, fmt.Errorf("browse below %s: %d answers for %d nodes", some[0].path, len(res.Results), len(some))
	}
	children := make([][]*ua.ReferenceDescription, len(some))
	for i, r := range res.Results {
		for {
			children[i] = append(children[i], r.References...)
			if len(r.ContinuationPoint) == 0 {
				break
			}
			more, err := l.client.BrowseNext(ctx, &ua.BrowseNextRequest{ContinuationPoints: [][]byte{r.ContinuationPoint}})
			if err != nil || len(more.Results) != 1 {
				return nil, fmt.Errorf("browse on below %s: %w", some[i].path, err)
			}
			r = more.Results[0]
		}
	}
	return children, nil
}
