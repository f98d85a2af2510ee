package usage

import (
	"embed"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

//go:embed *.yaml
var files embed.FS

// order is how the usages that come with the program are shown.
var order = []string{"line-team", "press-shop", "store-aisle", "aic", "qrqc", "project", "watch"}

// All lists the usages that come with the program. Their tests read them, so
// that they cannot be wrong here.
func All() []feed.Usage {
	all := make([]feed.Usage, 0, len(order))
	for _, name := range order {
		text, err := files.ReadFile(name + ".yaml")
		if err != nil {
			panic(fmt.Sprintf("usage: read the embedded %s: %v", name, err))
		}
		u, err := Parse(name+".yaml", text)
		if err != nil {
			panic(fmt.Sprintf("usage: %v", err))
		}
		all = append(all, u)
	}
	return all
}
