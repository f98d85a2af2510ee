package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
)

// hostile is a report whose texts are formulas.
func hostile() *feed.Balance {
	half := 12.5
	return &feed.Balance{
		Territory: "lyon", Name: "Lyon", Period: feed.PeriodOf(feed.Week, yearBegins, time.UTC),
		Now:    feed.Figures{Posts: 42, Alerts: 21, Take: feed.Delay{Count: 3, P50: &half, P90: &half}, Solved: feed.Share{Part: 1, Whole: 2}},
		Causes: []feed.Bar{{Name: `=HYPERLINK("http://x","y")`, Value: 3}, {Name: "@SUM(A1)", Value: 2}, {Value: 1}},
	}
}

func TestAWorkbookHasTypedCellsAndNoFormula(t *testing.T) {
	t.Parallel()
	for lang, want := range map[feed.Lang][]string{
		feed.French:  {"Bilan", "Tendance", "Causes", "Arrêts", "Bruit", "Territoires"},
		feed.English: {"Report", "Trend", "Causes", "Stops", "Noise", "Territories"},
	} {
		data, err := report.XLSX(hostile(), lang)
		require.NoError(t, err)
		book, err := excelize.OpenReader(bytes.NewReader(data))
		require.NoError(t, err)
		require.Equal(t, want, book.GetSheetList())
		take, err := book.GetCellValue(want[0], "C4")
		require.NoError(t, err)
		require.Equal(t, "12.5", take)
		kind, err := book.GetCellType(want[0], "C4")
		require.NoError(t, err)
		require.Contains(t, []excelize.CellType{excelize.CellTypeUnset, excelize.CellTypeNumber}, kind, "a number, not a text")
		formula, err := book.GetCellFormula(want[2], "A2")
		require.NoError(t, err)
		require.Empty(t, formula)
		kind, err = book.GetCellType(want[2], "A2")
		require.NoError(t, err)
		require.Equal(t, excelize.CellTypeSharedString, kind)
		require.NoError(t, book.Close())
	}
}

func TestATableIsWrittenAsItsLanguageReadsIt(t *testing.T) {
	t.Parallel()
	french, err := report.CSV(hostile(), feed.French)
	require.NoError(t, err)
	require.Contains(t, string(french), "Temps de prise, médiane;min;12,5;;\r\n")
	english, err := report.CSV(hostile(), feed.English)
	require.NoError(t, err)
	require.Contains(t, string(english), `"Time to take, median",min,12.5,,`)
	for line := range strings.Lines(string(french)) {
		require.NotContains(t, "=@+", line[:1], "no line begins a formula")
	}
	require.Contains(t, string(french), "'@SUM(A1);2")
}
