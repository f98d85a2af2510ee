package plantsim

// Asset is a place or a machine, and what it is called on screens. Places
// stand before what stands in them.
type Asset struct {
	Path  string // "bottling/line-3/filler-1"
	Name  string // French
	Topic string // of its telemetry, for machines of the line
	Nodes []Node // of presses
}

// Node is one variable of the OPC UA server.
type Node struct {
	ID     string // "nsu=urn:plantsim;s=Press4.State"
	Signal string // "State"
	Unit   string // UCUM
}

// Assets lists all places and machines.
func (p *Plant) Assets() []Asset {
	all := []Asset{{Path: "bottling", Name: "Embouteillage"}, {Path: linePath, Name: "Ligne 3"}}
	for _, m := range p.line.all {
		all = append(all, Asset{Path: m.path(), Name: m.name, Topic: m.topic()})
	}
	all = append(all, Asset{Path: pressesPath, Name: "Presses"})
	for _, press := range p.presses {
		all = append(all, Asset{Path: press.path(), Name: press.name(), Nodes: press.nodes()})
	}
	return append(all,
		Asset{Path: storePath, Name: "Villeurbanne"},
		Asset{Path: storePath + "/boissons", Name: "Boissons"},
		Asset{Path: storePath + "/epicerie-sucree", Name: "Épicerie sucrée"},
		Asset{Path: storePath + "/frais", Name: "Frais"},
	)
}
