package erp_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/erp"
)

const tickets = "DATE;HEURE;TICKET;LIGNE;EAN;QTE\n"

func TestALedgerRowIsGivenOnceInWhicheverFileItStands(t *testing.T) {
	t.Parallel()
	cfg, data, sink := sales(t), t.TempDir(), &box{}
	morning := tickets + "21/11/2026;09:15:00;T1;1;007;2\n21/11/2026;09:15:00;T1;2;008;1-\n"
	c, err := erp.New("erp", cfg, data, discard())
	require.NoError(t, err)
	_, err = give(t, c, sink, "morning.csv", morning)
	require.NoError(t, err)
	e := sink.events[0]
	require.Equal(t, time.Date(2026, 11, 21, 8, 15, 0, 0, time.UTC), e.At)
	require.Equal(t, "{piece}", e.Unit)
	require.Equal(t, []string{"lyon 007 sales=2", "lyon 008 sales=-1"}, sink.take())

	// Another process gets the whole day, grown by a row that stands in it twice.
	c, err = erp.New("erp", cfg, data, discard())
	require.NoError(t, err)
	row := "21/11/2026;19:00:00;T9;1;007;3\n"
	_, err = give(t, c, sink, "day.csv", morning+row+row)
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 007 sales=3"}, sink.take())

	again, err := give(t, c, sink, "other name.csv", morning)
	require.NoError(t, err)
	require.Equal(t, "morning.csv", again.Duplicate)
	require.Empty(t, sink.take())
}

func TestADateOutOfAllBoundsIsNoneAndIsKeptAsText(t *testing.T) {
	t.Parallel()
	sink := &box{}
	_, err := give(t, open(t, sales(t)), sink, "1.csv", tickets+"30/12/1899;00:00:00;T1;1;007;2\n")
	require.NoError(t, err)
	require.Len(t, sink.events, 1)
	require.NoError(t, sink.events[0].Validate())
	require.True(t, sink.events[0].At.IsZero())
	require.Equal(t, "1899-12-29T23:50:39Z", sink.events[0].Attr["time_fault"])
}

func TestALedgerWithoutAKeyGivesEachLineOfEachContent(t *testing.T) {
	t.Parallel()
	cfg := sales(t)
	cfg.Ledger.Key = nil
	c, sink := open(t, cfg), &box{}
	row := "21/11/2026;19:00:00;T9;1;007;3\n"
	_, err := give(t, c, sink, "1.csv", tickets+row+row)
	require.NoError(t, err)
	_, err = give(t, c, sink, "2.csv", tickets+row)
	require.NoError(t, err)
	ids := map[string]bool{}
	for _, e := range sink.events {
		ids[string(e.ID)] = true
	}
	require.Len(t, ids, 3)
	_, err = give(t, c, sink, "3.csv", tickets+row)
	require.NoError(t, err)
	require.Len(t, sink.events, 3)
}

func TestTornStateFilesAreMended(t *testing.T) {
	t.Parallel()
	cfg, data, sink := sales(t), t.TempDir(), &box{}
	next := func() *erp.Connector {
		c, err := erp.New("erp", cfg, data, discard())
		require.NoError(t, err)
		return c
	}
	morning := tickets + "21/11/2026;09:15:00;T1;1;007;2\n"
	_, err := give(t, next(), sink, "morning.csv", morning)
	require.NoError(t, err)
	sink.take()
	for _, name := range []string{"imports.jsonl", "ledger.keys"} {
		f, err := os.OpenFile(filepath.Join(data, "erp", "erp", name), os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteString(`{"torn`)
		require.NoError(t, err)
		require.NoError(t, f.Close())
	}
	require.NoError(t, os.WriteFile(filepath.Join(data, "erp", "erp", ".next-torn"), nil, 0o600))

	_, err = give(t, next(), sink, "noon.csv", morning+"21/11/2026;12:00:00;T2;1;007;1\n")
	require.NoError(t, err)
	require.Equal(t, []string{"lyon 007 sales=1"}, sink.take())
	c := next()
	for _, name := range []string{"morning.csv", "noon.csv"} {
		i, err := give(t, c, sink, "again.csv", morning+map[string]string{"noon.csv": "21/11/2026;12:00:00;T2;1;007;1\n"}[name])
		require.NoError(t, err)
		require.Equal(t, name, i.Duplicate)
	}
	require.Equal(t, []string{"imports.jsonl", "ledger.keys"}, names(t, filepath.Join(data, "erp", "erp")))
}
