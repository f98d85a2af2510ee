package erp_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/pipeline"
)

func TestADroppedFileIsImportedAndMoved(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	sink := &box{}
	status, _ := run(t, open(t, cfg), sink)
	require.NoError(t, os.WriteFile(filepath.Join(cfg.Dir, "half.csv.part"), []byte("MAGASIN"), 0o600))
	drop(t, cfg.Dir, "1.csv", file("lyon 1=1"))
	done := filepath.Join(cfg.Dir, "done")
	eventually(t, func() bool { return len(files(t, done)) == 1 }, "moved")
	require.Equal(t, []string{"lyon 1 stock=1 baseline"}, sink.take())
	require.Equal(t, []string{"half.csv.part"}, names(t, cfg.Dir))
	eventually(t, func() bool { return status.Snapshot().State == connectors.Up }, "up")

	// The same name with another content keeps both; the same content says so.
	drop(t, cfg.Dir, "1.csv", file("lyon 1=2"))
	eventually(t, func() bool { return len(files(t, done)) == 2 }, "moved beside the first")
	require.Equal(t, []string{"lyon 1 stock=2"}, sink.take())
	drop(t, cfg.Dir, "copy.csv", file("lyon 1=2"))
	eventually(t, func() bool { return len(files(t, done)) == 4 }, "moved with a note")
	require.Contains(t, files(t, done)["copy.csv.note.txt"], "déjà importé sous le nom 1.csv")
	require.Empty(t, sink.take())
}

func TestFilesAreImportedInTheOrderInWhichTheyWereWritten(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	start := time.Now().Add(-time.Hour)
	for i, name := range []string{"z.csv", "a.csv", "m.csv"} {
		drop(t, cfg.Dir, name, file("lyon 1="+string(rune('1'+i))))
		at := start.Add(time.Duration(i) * time.Minute)
		require.NoError(t, os.Chtimes(filepath.Join(cfg.Dir, name), at, at))
	}
	sink := &box{}
	run(t, open(t, cfg), sink)
	eventually(t, func() bool { return len(files(t, filepath.Join(cfg.Dir, "done"))) == 3 }, "moved")
	require.Equal(t, []string{"lyon 1 stock=1 baseline", "lyon 1 stock=2", "lyon 1 stock=3"}, sink.take())
}

func TestBadRowsAreListedHarmlessly(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	sink := &box{}
	run(t, open(t, cfg), sink)
	drop(t, cfg.Dir, "1.csv", file("lyon 1=1")+"=cmd|' /C calc'!A0;2\n")
	done := filepath.Join(cfg.Dir, "done")
	eventually(t, func() bool { return len(files(t, done)) == 2 }, "moved")
	require.Equal(t, "ligne;colonne;raison;reason;contenu\r\n"+
		"3;0;2 colonnes au lieu de 3;2 columns instead of 3;\"'=cmd|' /C calc'!A0;2\"\r\n", files(t, done)["1.csv.rejects.csv"])
	require.Len(t, sink.takeLetters(), 1)
}

func TestAFileThatCannotBeReadGoesToErrorWithItsReasonAndTheRestFlows(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	sink := &box{}
	run(t, open(t, cfg), sink)
	cut := file("lyon 1=1") + "lyon;2;\"1\nlyon;3;1\n"
	drop(t, cfg.Dir, "cut.csv", cut)
	bad := filepath.Join(cfg.Dir, "error")
	eventually(t, func() bool { return len(files(t, bad)) == 2 }, "refused")
	require.Equal(t, "ligne 3, colonne 3: guillemet ouvert ici et jamais fermé : le fichier est-il coupé ?\n"+
		"line 3, column 3: a quote is opened here and never closed: was the file cut?\n", files(t, bad)["cut.csv.reason.txt"])
	require.Equal(t, cut, files(t, bad)["cut.csv"])
	letters := sink.takeLetters()
	require.Len(t, letters, 1)
	require.Equal(t, cut, string(letters[0].Body))

	drop(t, cfg.Dir, "good.csv", file("lyon 1=1"))
	eventually(t, func() bool { return len(files(t, filepath.Join(cfg.Dir, "done"))) == 1 }, "imported")
	require.Equal(t, []string{"lyon 1 stock=1 baseline"}, sink.take())
}

func TestAHeldFileWaitsForSomebodysWordOrTheNextGoodFile(t *testing.T) {
	t.Parallel()
	whole := []string{"lyon 1=1", "lyon 2=1", "lyon 3=1", "lyon 4=1", "lyon 5=1"}
	for name, release := range map[string]func(t *testing.T, dir string, sink *box){
		"word": func(t *testing.T, dir string, sink *box) {
			require.NoError(t, os.Rename(filepath.Join(dir, "2.csv"), filepath.Join(dir, "2.csv.accept")))
			eventually(t, func() bool { _, ok := files(t, filepath.Join(dir, "done"))["2.csv"]; return ok }, "released")
			require.Len(t, sink.take(), 4)
		},
		"next file": func(t *testing.T, dir string, sink *box) {
			drop(t, dir, "3.csv", file(append(whole, "lyon 6=1")...))
			eventually(t, func() bool { return len(files(t, filepath.Join(dir, "error"))) == 2 }, "superseded")
			require.Contains(t, files(t, filepath.Join(dir, "error"))["2.csv.reason.txt"], "1 rows after 5; superseded by 3.csv")
			require.Equal(t, []string{"lyon 6 stock=1"}, sink.take())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := stock(t)
			sink := &box{}
			status, _ := run(t, open(t, cfg), sink)
			drop(t, cfg.Dir, "1.csv", file(whole...))
			eventually(t, func() bool { return len(sink.take()) == 5 }, "baseline")
			drop(t, cfg.Dir, "2.csv", file("lyon 1=1"))
			eventually(t, func() bool { return status.Snapshot().State == connectors.Down }, "held")
			require.Contains(t, status.Snapshot().Detail, "2.csv is held: it has 1 rows, the one before had 5; rename it to 2.csv.accept")
			require.Contains(t, names(t, cfg.Dir), "2.csv")

			release(t, cfg.Dir, sink)
			eventually(t, func() bool { return status.Snapshot().State == connectors.Up }, "up again")
			require.Len(t, sink.takeLetters(), 1, "told once")
		})
	}
}

func TestHeldFilesOfOneNameAreAllKept(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	sink := &box{}
	status, _ := run(t, open(t, cfg), sink)
	failed := filepath.Join(cfg.Dir, "error")
	for i := range 4 {
		drop(t, cfg.Dir, "good.csv", file(fmt.Sprintf("lyon 1=%d", i), "lyon 2=1", "lyon 3=1"))
		eventually(t, func() bool { return status.Snapshot().State == connectors.Up && len(names(t, cfg.Dir)) == 0 }, "imported")
		require.Len(t, files(t, failed), 2*i, "each held file with its reason")
		drop(t, cfg.Dir, "stock.csv", file(fmt.Sprintf("lyon 1=%d", 100+i)))
		eventually(t, func() bool { return status.Snapshot().State == connectors.Down }, "held")
	}
}

func TestAFileNamedInAnotherCharsetIsImported(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	sink := &box{}
	run(t, open(t, cfg), sink)
	drop(t, cfg.Dir, "stock_\xe9picerie.csv", file("lyon 1=1"))
	eventually(t, func() bool { return len(names(t, filepath.Join(cfg.Dir, "done"))) == 1 }, "imported")
	sink.mu.Lock()
	defer sink.mu.Unlock()
	require.Len(t, sink.events, 1)
	require.NoError(t, sink.events[0].Validate())
	require.Equal(t, "stock_\ufffdpicerie.csv", sink.events[0].Attr["file"])
}

// refusing never stores an event of some articles.
type refusing struct {
	*box
	sku string
}

func (r refusing) Accept(ctx context.Context, events []pipeline.Event) error {
	for _, e := range events {
		if strings.HasPrefix(e.Attr["sku"], r.sku) {
			return &pipeline.InvalidError{ID: e.ID, Err: errors.New("too long")}
		}
	}
	return r.box.Accept(ctx, events)
}

func TestARowThatIsNeverStoredIsListedOnce(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	cfg.Events = append(cfg.Events, erp.Signal{Signal: "label", Value: "article"})
	cfg.Snapshot.MinRowsRatio = new(0.5)
	c, sink := open(t, cfg), refusing{&box{}, "2"}
	i, err := give(t, c, sink, "1.csv", file("lyon 1=1", "lyon 2=1", "lyon 3=1"))
	require.NoError(t, err)
	require.Equal(t, 4, i.Events)
	require.Equal(t, 1, i.Rejected)
	require.Equal(t, "ligne 3 (lyon stock): ne pourra jamais être enregistré : too long", i.Rejects[0].Fault.French())
	letters := sink.takeLetters()
	require.Len(t, letters, 1, "both of its events are refused")
	require.Equal(t, "lyon;2;1", string(letters[0].Body))

	i, err = give(t, c, sink, "2.csv", file("lyon 1=1", "lyon 3=1"))
	require.NoError(t, err)
	require.Zero(t, i.Events)
	require.Len(t, sink.takeLetters(), 2, "a removal has no row")
}

func TestAFileOfWhichTooMuchIsNeverStoredIsRefused(t *testing.T) {
	t.Parallel()
	rows := make([]string, 1001)
	for i := range rows {
		rows[i] = fmt.Sprintf("lyon %d=1", i)
	}
	_, err := give(t, open(t, stock(t)), refusing{&box{}, ""}, "1.csv", file(rows...))
	require.ErrorContains(t, err, "more than 1000 rows cannot be read; the first: can never be stored: too long")
}

func TestAFileThatGrowsIsNotReadBeforeItIsStable(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // so that a slow machine is no slow writer
		cfg := stock(t)
		cfg.Ready = erp.Ready{Mode: "stable", Polls: 3, MinAge: 20 * time.Second}
		sink := &box{}
		_, stop := run(t, open(t, cfg), sink)
		f, err := os.Create(filepath.Join(cfg.Dir, "1.csv"))
		require.NoError(t, err)
		_, err = f.WriteString(file("lyon 1=1"))
		require.NoError(t, err)
		for i := range 25 {
			time.Sleep(200 * time.Millisecond)
			require.Empty(t, sink.take(), "row %d", i)
			_, err = f.WriteString("lyon;" + string(rune('a'+i)) + ";1\n")
			require.NoError(t, err)
		}
		require.NoError(t, f.Close())
		time.Sleep(19 * time.Second)
		require.Empty(t, sink.take(), "not old enough")
		time.Sleep(2 * time.Second)
		require.Len(t, sink.take(), 26, "all rows, once")
		stop()
	})
}

func TestWhileTheSinkIsOutTheFileWaits(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	sink := &box{}
	sink.setFailure(errors.New("the bus is out"))
	status, _ := run(t, open(t, cfg), sink)
	drop(t, cfg.Dir, "1.csv", file("lyon 1=1"))
	drop(t, cfg.Dir, "2.csv", file("lyon 1=2"))
	eventually(t, func() bool { return status.Snapshot().State == connectors.Down }, "down")
	require.Equal(t, []string{"1.csv", "2.csv"}, names(t, cfg.Dir))
	sink.setFailure(nil)
	eventually(t, func() bool { return len(names(t, cfg.Dir)) == 0 }, "moved")
	require.Equal(t, []string{"lyon 1 stock=1 baseline", "lyon 1 stock=2"}, sink.take())
}

func TestLinksOutOfTheFolderAreNotFollowed(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	secret := filepath.Join(t.TempDir(), "secret.csv")
	require.NoError(t, os.WriteFile(secret, []byte(file("lyon 1=1")), 0o600))
	require.NoError(t, os.Symlink(secret, filepath.Join(cfg.Dir, "0.csv")))
	sink := &box{}
	run(t, open(t, cfg), sink)
	drop(t, cfg.Dir, "1.csv", file("lyon 2=1"))
	eventually(t, func() bool { return len(files(t, filepath.Join(cfg.Dir, "done"))) == 1 }, "moved")
	require.Equal(t, []string{"lyon 2 stock=1 baseline"}, sink.take())
}

func TestAFolderThatComesBackIsReadOn(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	dir := cfg.Dir
	cfg.Dir = filepath.Join(dir, "share")
	sink := &box{}
	status, _ := run(t, open(t, cfg), sink)
	eventually(t, func() bool { return status.Snapshot().State == connectors.Down }, "down")
	require.Contains(t, status.Snapshot().Detail, "make it, or correct dir")
	require.NoError(t, os.Mkdir(cfg.Dir, 0o700))
	drop(t, cfg.Dir, "1.csv", file("lyon 2=1"))
	eventually(t, func() bool { return len(sink.take()) == 1 }, "imported")
}

func TestCheckSaysWhatItReached(t *testing.T) {
	t.Parallel()
	cfg := stock(t)
	c := open(t, cfg)
	said, err := c.Check(t.Context())
	require.NoError(t, err)
	require.Equal(t, cfg.Dir+": readable and writable, no file waits for *.csv", said)

	drop(t, cfg.Dir, "1.csv", file("lyon 1=1", "lyon 2=x"))
	said, err = c.Check(t.Context())
	require.NoError(t, err)
	require.Equal(t, cfg.Dir+": readable and writable, 1 waiting; 1.csv holds 1 rows, 1 cannot be read", said)
	require.Equal(t, []string{"1.csv"}, names(t, cfg.Dir))

	drop(t, cfg.Dir, "1.csv", "A;B\n")
	_, err = c.Check(t.Context())
	require.ErrorContains(t, err, `1.csv: line 1: the column`)

	cfg.Dir = filepath.Join(cfg.Dir, "nowhere")
	_, err = open(t, cfg).Check(t.Context())
	require.ErrorContains(t, err, "make it, or correct dir")
}
