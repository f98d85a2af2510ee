package rule_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

// TestNamesThatNoRuleListensToAreNotKept measures the heap, so nothing runs
// beside it.
func TestNamesThatNoRuleListensToAreNotKept(t *testing.T) {
	p := play(t, fastSeller+`
- {id: mute, kind: silence, match: {asset: "lyon/**"}, expect_every: 9s, topic: maintenance, severity: minor, title: {fr: x}}
`)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	p.number(0, 1)
	before := heap()
	for i := range 50_000 {
		p.step(at(1, fmt.Sprint("run-", i), pipeline.Number(1)))
		elsewhere := at(1, "sales", pipeline.Number(1))
		elsewhere.Asset = pipeline.AssetPath(fmt.Sprint("paris/filler-", i))
		p.step(elsewhere)
	}
	require.Less(t, heap(), before+(1<<20), "100,000 names")
	runtime.KeepAlive(p)
}
