package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

func TestGlobsSelectAssets(t *testing.T) {
	t.Parallel()
	for glob, c := range map[string]struct{ in, out []string }{
		"lyon/line/filler":   {[]string{"lyon/line/filler"}, []string{"lyon/line", "lyon/line/filler/x", "lyon/line/filler-2"}},
		"lyon/*/filler-*":    {[]string{"lyon/line/filler-1", "lyon/a/filler-"}, []string{"lyon/line/filler", "lyon/a/b/filler-1", "x/a/filler-1"}},
		"lyon/**":            {[]string{"lyon", "lyon/a", "lyon/a/b/c"}, []string{"lyons", "lyons/a", "x/lyon"}},
		"**":                 {[]string{"a", "a/b/c"}, nil},
		"**/press-*":         {[]string{"press-1", "a/b/press-1"}, []string{"a/press-1/x"}},
		"a/**/b/**/c":        {[]string{"a/b/c", "a/x/b/y/z/c", "a/b/b/c/c"}, []string{"a/c/b", "a/b"}},
		"*é*":                {[]string{"é", "pétrin"}, []string{"a/é", "e"}},
		"a*b*c":              {[]string{"abc", "axbxc", "abbcc"}, []string{"ab", "abcb", "acb"}},
		"remplisseuse [n°1]": {[]string{"remplisseuse [n°1]"}, []string{"remplisseuse n"}},
	} {
		t.Run(glob, func(t *testing.T) {
			t.Parallel()
			p := play(t, strings.Replace(`
rules: [{id: r, kind: limit, signal: s, match: {asset: "GLOB"}, low: 1, topic: stop, severity: info, title: {fr: x}}]`, "GLOB", glob, 1))
			raised := func(path string) bool {
				ev := at(0, "s", pipeline.Number(0))
				ev.Asset = pipeline.AssetPath(path)
				return len(p.step(ev)) == 1
			}
			for _, path := range c.in {
				require.True(t, raised(path), path)
			}
			for _, path := range c.out {
				require.False(t, raised(path), path)
			}
		})
	}
}
