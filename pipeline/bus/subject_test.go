package bus_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

func TestSubjectsReadLikeThePath(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]pipeline.Event{
		"lyon.line-3.filler_2.weight": {Asset: "lyon/line-3/filler_2", Signal: "weight"},
		"a%2Eb.%2A.%3E.~":             {Asset: "a.b/*/>"},
		"%7E.%7E":                     {Asset: "~", Signal: "~"},
		"pi%C3%A8ce%201.100%25":       {Asset: "pièce 1", Signal: "100%"},
	} {
		require.Equal(t, fmt.Sprintf("fdf.event.%d.%s", e.Asset.Shard(16), want), bus.Subject(&e, 16))
	}
}

func TestASubjectGivesItsPathBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		segment := rapid.StringOfN(rapid.RuneFrom([]rune("abcXYZ019-_.*>%~ é/\t$#+")), 1, 20, -1).
			Filter(func(s string) bool { return !strings.Contains(s, "/") })
		e := pipeline.Event{
			Asset:  pipeline.AssetPath(strings.Join(rapid.SliceOfN(segment, 1, 16).Draw(t, "path"), "/")),
			Signal: rapid.String().Draw(t, "signal"),
		}
		subject := bus.Subject(&e, 16)
		requireSafe(t, subject)
		shard, asset, signal, err := bus.ParseSubject(subject)
		require.NoError(t, err)
		require.Equal(t, e.Asset.Shard(16), shard)
		if asset == "" { // too long to be spelled out
			require.Regexp(t, `^fdf\.event\.\d+\.~[0-9a-f]{32}$`, subject)
			return
		}
		require.Equal(t, e.Asset, asset)
		require.Equal(t, e.Signal, signal)
	})
}

func TestASubjectIsBoundedWhateverThePath(t *testing.T) {
	t.Parallel()
	long := strings.TrimSuffix(strings.Repeat(strings.Repeat("é", 64)+"/", 16), "/")
	a := pipeline.Event{Asset: pipeline.AssetPath(long), Signal: "a"}
	b := pipeline.Event{Asset: pipeline.AssetPath(long), Signal: "b"}
	require.NotEqual(t, bus.Subject(&a, 16), bus.Subject(&b, 16))
	requireSafe(t, bus.Subject(&a, 16))

	a.ID, a.Source, a.Kind, a.Received = "long", "test", pipeline.State, event(1, "x").Received
	stream := openEmbedded(t)
	require.NoError(t, stream.Accept(t.Context(), []pipeline.Event{a}))
	require.Equal(t, a, read(t, stream, []int{a.Asset.Shard(16)}, 0, 1)[0].Event)
}

type tester interface {
	require.TestingT
	Helper()
}

func requireSafe(t tester, subject string) {
	t.Helper()
	require.LessOrEqual(t, len(subject), 2048)
	require.NotContains(t, subject, "..")
	require.False(t, strings.HasSuffix(subject, "."))
	for _, c := range []byte(subject) {
		require.True(t, c > ' ' && c < 0x7f && c != '*' && c != '>', "%q in %s", c, subject)
	}
}

func FuzzParseSubject(f *testing.F) {
	for _, s := range []string{"fdf.event.3.lyon.weight", "fdf.event.3.tick", "fdf.event.3.a%2", "fdf.event.3.~.~", "fdf.event..a.b", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shard, asset, signal, err := bus.ParseSubject(s)
		if err != nil || asset == "" {
			return
		}
		require.GreaterOrEqual(t, shard, 0)
		again := bus.Subject(&pipeline.Event{Asset: asset, Signal: signal}, 16)
		requireSafe(t, again)
	})
}
