package erp_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/pipeline"
)

func TestTheFirstSnapshotIsABaselineAndTheNextSaysWhatChanged(t *testing.T) {
	t.Parallel()
	c, sink := open(t, stock(t)), &box{}

	_, err := give(t, c, sink, "1.csv", file("lyon 007=12,5", "lyon 008=3"))
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 007 stock=12.5 baseline", "lyon 008 stock=3 baseline"}, sink.take())

	i, err := give(t, c, sink, "2.csv", file("lyon 007=12,50", "lyon 008=0", "lyon 009=4"))
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 008 stock=0", "lyon 009 stock=4"}, sink.take())
	require.Equal(t, 3, i.Rows)
	require.Equal(t, 2, i.Events)

	_, err = give(t, c, sink, "3.csv", file("lyon 007=12,5", "lyon 008=0", "lyon 009=4", "lyon 010=1", "lyon 011=1"))
	require.NoError(t, err)
	sink.take()
	_, err = give(t, c, sink, "4.csv", file("lyon 007=12,5", "lyon 009=4", "lyon 010=1", "lyon 011=1"))
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 008 stock= removed"}, sink.take())
}

func TestEventsSayWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	then := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	c, err := erp.New("erp", cfg, t.TempDir(), discard(), erp.WithClock(func() time.Time { return then }))
	require.NoError(t, err)
	sink := &box{}
	_, err = give(t, c, sink, "1.csv", file("lyon 007=12,5"))
	require.NoError(t, err)
	e := sink.events[0]
	require.NoError(t, e.Validate())
	require.Equal(t, "erp", e.Source)
	require.Equal(t, then, e.Received)
	require.Equal(t, map[string]string{"sku": "007", "file": "1.csv", "row": "2", "baseline": "true"}, e.Attr)
}

func TestTheSameContentIsOneImportUnderAnyName(t *testing.T) {
	t.Parallel()
	c, sink := open(t, stock(t)), &box{}
	content := file("lyon 1=1")
	_, err := give(t, c, sink, "1.csv", content)
	require.NoError(t, err)
	sink.take()
	for _, name := range []string{"1.csv", "copy.csv"} {
		i, err := give(t, c, sink, name, content)
		require.NoError(t, err)
		require.Equal(t, "1.csv", i.Duplicate)
		require.Empty(t, sink.take())
	}
}

func TestAStockThatGoesBackToWhatItWasIsNewsWithAnIDOfItsOwn(t *testing.T) {
	t.Parallel()
	c, sink := open(t, stock(t)), &box{}
	ids := map[string]bool{}
	for i, quantity := range []string{"5", "0", "5", "0", "5"} {
		_, err := give(t, c, sink, "stock.csv", file("lyon 1="+quantity))
		require.NoError(t, err)
		require.Len(t, sink.events, 1, "import %d", i)
		ids[string(sink.events[0].ID)] = true
		sink.take()
	}
	require.Len(t, ids, 5)
}

func TestAShortSnapshotIsHeldAndChangesNothing(t *testing.T) {
	t.Parallel()
	c, sink := open(t, stock(t)), &box{}
	_, err := give(t, c, sink, "1.csv", file("lyon 1=1", "lyon 2=1", "lyon 3=1", "lyon 4=1", "lyon 5=1"))
	require.NoError(t, err)
	sink.take()
	for _, rows := range [][]string{{"lyon 1=1", "lyon 2=1", "lyon 3=1"}, {}} {
		_, err = give(t, c, sink, "2.csv", file(rows...))
		held, ok := errors.AsType[*erp.Held](err)
		require.True(t, ok, "%v", err)
		require.Equal(t, len(rows), held.Rows)
		require.Equal(t, 5, held.Previous)
		require.Empty(t, sink.take())
	}
	_, err = give(t, c, sink, "3.csv", file("lyon 1=1", "lyon 2=1", "lyon 3=1", "lyon 4=1"))
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 5 stock= removed"}, sink.take())
}

func TestAFileOfOneStoreRemovesNothingOfAnother(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	cfg.Snapshot.Scope = []string{"store"}
	c, sink := open(t, cfg), &box{}
	_, err := give(t, c, sink, "lyon.csv", file("lyon 1=1", "lyon 2=1", "lyon 3=1", "lyon 4=1", "lyon 5=1"))
	require.NoError(t, err)
	_, err = give(t, c, sink, "metz.csv", file("metz 1=7"))
	require.NoError(t, err)
	require.Equal(t, "metz 1 stock=7 baseline", sink.take()[5], "the first file of a store is a baseline")
	_, err = give(t, c, sink, "lyon2.csv", file("lyon 1=1", "lyon 2=1", "lyon 3=1", "lyon 4=0"))
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 4 stock=0", "lyon 5 stock= removed"}, sink.take())
	_, err = give(t, c, sink, "metz2.csv", file("metz 1=6"))
	require.NoError(t, err)
	require.Equal(t, []string{"metz 1 stock=6"}, sink.take())
}

func TestRowsOfOneKeyAreTakenAsConfigured(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string][]string{
		"sum":    {"lyon 2 stock=1", "lyon 1 stock=5175.3"},
		"first":  {"lyon 2 stock=1", "lyon 1 stock=0.1"},
		"last":   {"lyon 2 stock=1", "lyon 1 stock=0.2"},
		"reject": {"lyon 2 stock=1"},
	} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			cfg := stock(t)
			cfg.Snapshot.OnDuplicate = policy
			c, sink := open(t, cfg), &box{}
			_, err := give(t, c, sink, "0.csv", file("lyon 1=9", "lyon 2=9"))
			require.NoError(t, err)
			sink.take()
			content := file("lyon 1=0,1", "lyon 2=1", "lyon 1=5175", "lyon 1=0,2")
			i, err := give(t, c, sink, "1.csv", content)
			require.NoError(t, err)
			require.Equal(t, want, sink.take())
			if policy == "reject" {
				require.Equal(t, 2, i.Rejected)
				require.Contains(t, sink.letters[0].Reason, "line 4: same key as line 2")
			}
			_, err = give(t, c, sink, "2.csv", content+"\n")
			require.NoError(t, err)
			require.Empty(t, sink.take(), "the same rows again say nothing new")
		})
	}
}

func TestARowThatCannotBeReadIsNotARemovedOne(t *testing.T) {
	t.Parallel()
	c, sink := open(t, stock(t)), &box{}
	_, err := give(t, c, sink, "1.csv", file("lyon 1=1", "lyon 2=1", "lyon 3=1", "lyon 4=1", "lyon 5=1"))
	require.NoError(t, err)
	sink.take()

	_, err = give(t, c, sink, "2.csv", file("lyon 1=2", "lyon 2=abc", "lyon 3=1", "lyon 4=1"))
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 1 stock=2", "lyon 5 stock= removed"}, sink.take())
	letters := sink.takeLetters()
	require.Len(t, letters, 1)
	require.Equal(t, `line 3, column 3 (STOCK): "abc" is not a number in the format fr`, letters[0].Reason)
	require.Equal(t, "2.csv:3", letters[0].Origin)
	require.Equal(t, "lyon;2;abc", string(letters[0].Body))

	_, err = give(t, c, sink, "3.csv", file("lyon 1=2", "lyon 4=1")+"lyon;2\nlyon;3\n")
	require.NoError(t, err)
	require.Empty(t, sink.take(), "no row counts as removed while one has no legible key")

	_, err = give(t, c, sink, "4.csv", file("lyon 1=2", "lyon 2=1", "lyon 3=1", "lyon 4=0"))
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 4 stock=0"}, sink.take(), "what was known of an unread row stays known")
}

func TestAKeyThatCannotBeReadIsNeitherZeroNorRemoved(t *testing.T) {
	t.Parallel()
	for _, kind := range []erp.FieldType{erp.TextField, erp.IntegerField, erp.DecimalField, erp.BoolField} {
		cfg := stock(t)
		field := cfg.Fields["article"]
		field.Type, field.Locale = kind, erp.French
		cfg.Fields["article"] = field
		if kind == erp.BoolField {
			cfg.Asset, cfg.Snapshot.Key = "lyon", []string{"article"}
		}
		c, sink := open(t, cfg), &box{}
		_, err := give(t, c, sink, "a.csv", file("lyon 1=5", "lyon 0=1"))
		require.NoError(t, err)
		sink.take()
		unreadable := map[bool]string{true: " ", false: "x y"}[kind == erp.TextField]
		_, err = give(t, c, sink, "b.csv", "MAGASIN;EAN;STOCK\nlyon;"+unreadable+";5\nlyon;0;1\n")
		require.NoError(t, err)
		require.Empty(t, sink.take(), "%s: nobody knows which article the row was", kind)
		require.Len(t, sink.takeLetters(), 1, kind)
	}
}

func TestAnOlderSnapshotIsRefused(t *testing.T) {
	t.Parallel()
	c, sink := open(t, stock(t)), &box{}
	_, err := give(t, c, sink, "21-03.csv", file("lyon 1=1"))
	require.NoError(t, err)
	sink.take()
	path := filepath.Join(t.TempDir(), "07-03.csv")
	require.NoError(t, os.WriteFile(path, []byte(file("lyon 1=0")), 0o600))
	yesterday := time.Now().AddDate(0, 0, -1)
	require.NoError(t, os.Chtimes(path, yesterday, yesterday))
	_, err = c.ImportFile(t.Context(), path, sink)
	require.ErrorContains(t, err, "than the last one imported, 21-03.csv")
	require.Empty(t, sink.take())
}

func TestANewKeyMakesANewBaseline(t *testing.T) {
	t.Parallel()
	cfg, data := stock(t), t.TempDir()
	sink := &box{}
	for _, key := range [][]string{{"store", "article"}, {"article"}} {
		cfg.Snapshot.Key = key
		c, err := erp.New("erp", cfg, data, discard())
		require.NoError(t, err)
		_, err = give(t, c, sink, "1.csv", file("lyon 1=1")+strings.Repeat("\n", len(key)))
		require.NoError(t, err)
		require.Equal(t, []string{"lyon 1 stock=1 baseline"}, sink.take())
	}
}

func TestASnapshotThatIsReplacedHalfwayIsMadeGoodByTheNext(t *testing.T) {
	t.Parallel()
	c, sink := open(t, stock(t)), &box{}
	snapshot := func(quantity string) string {
		rows := make([]string, 600)
		for i := range rows {
			rows[i] = fmt.Sprintf("lyon %03d=%s", i, quantity)
		}
		return file(rows...)
	}
	_, err := give(t, c, sink, "stock.csv", snapshot("5"))
	require.NoError(t, err)
	sink.take()

	sink.room = 500
	_, err = give(t, c, sink, "stock.csv", snapshot("0"))
	require.ErrorIs(t, err, pipeline.ErrBacklog)
	require.Len(t, sink.take(), 500, "these ran out, as far as anybody knows")

	sink.room = 0
	sink.setFailure(nil)
	_, err = give(t, c, sink, "stock.csv", snapshot("5")+"\n")
	require.NoError(t, err)
	require.Len(t, sink.take(), 600, "everything is said again")
	_, err = give(t, c, sink, "stock.csv", snapshot("5"))
	require.NoError(t, err)
	require.Empty(t, sink.take(), "and only once")
}
