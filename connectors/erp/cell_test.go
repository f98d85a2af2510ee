package erp_test

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/erp"
)

func TestNumbersAreReadAsTheirCountryWritesThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		locale erp.Locale
		want   float64
	}{
		{"12,5", erp.French, 12.5},
		{"1 234,50", erp.French, 1234.5},
		{"1\u00a0234,50", erp.French, 1234.5},
		{"1\u202f234\u202f567,5", erp.French, 1234567.5},
		{"680,333", erp.French, 680.333},
		{"12,50-", erp.French, -12.5},
		{"- 3", erp.French, -3},
		{"\u22123", erp.French, -3},
		{"(12,50)", erp.French, -12.5},
		{"+7", erp.French, 7},
		{",5", erp.French, 0.5},
		{"007", erp.French, 7},
		{"1,234.50", erp.English, 1234.5},
		{"4380.31-", erp.English, -4380.31},
	} {
		got, err := erp.ParseNumber(c.text, c.locale)
		require.NoError(t, err, c.text)
		require.InDelta(t, c.want, got, 0, c.text)
	}
}

func TestWhatIsNoNumberIsRefusedRatherThanGuessed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "-", "12.5", "1.234,50", "1 23", "12 34,5", "1234 567", "5,", ",", "1,2,3", "12 kg", "NaN", "Inf", "0x1F", "1_000", "--1",
	} {
		_, err := erp.ParseNumber(text, erp.French)
		require.ErrorContains(t, err, "is not a number in the format fr", text)
	}
	_, err := erp.ParseNumber("3,66111E+12", erp.French)
	require.ErrorContains(t, err, "scientific notation")
	_, err = erp.ParseInteger("1,5", erp.French)
	require.ErrorContains(t, err, "not a whole number")
	_, err = erp.ParseInteger("36611125073631234567", erp.French)
	require.ErrorContains(t, err, "declare the column as text")
}

func TestDatesThatMeanNoneAreNone(t *testing.T) {
	t.Parallel()
	for text, layout := range map[string]string{
		"00000000": "20060102", "0000-00-00": time.DateOnly, "31.12.9999": "02.01.2006", "31/12/9999 00:00": "02/01/2006 15:04",
	} {
		got, err := erp.ParseDate(text, layout, time.UTC)
		require.NoError(t, err)
		require.True(t, got.IsZero(), text)
	}
	_, err := erp.ParseDate("46347", "02/01/2006", time.UTC)
	require.ErrorContains(t, err, `"46347" is not a date in the format 02/01/2006`)
	_, err = erp.ParseDate("31/02/2026", "02/01/2006", time.UTC)
	require.Error(t, err)
}

func TestTheHourThatHappensTwiceIsTheFirst(t *testing.T) {
	t.Parallel()
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	for text, want := range map[string]string{
		"25/10/2026 01:59": "2026-10-24T23:59:00Z",
		"25/10/2026 02:30": "2026-10-25T00:30:00Z",
		"25/10/2026 03:00": "2026-10-25T02:00:00Z",
		"29/03/2026 03:00": "2026-03-29T01:00:00Z",
		"01/07/26 12:00":   "2026-07-01T10:00:00Z",
	} {
		layout := "02/01/2006 15:04"
		if len(text) == len("01/07/26 12:00") {
			layout = "02/01/06 15:04"
		}
		got, err := erp.ParseDate(text, layout, paris)
		require.NoError(t, err)
		require.Equal(t, want, got.Format(time.RFC3339), text)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"1 234,50", "12,5-", "(3)", "1e3", "\u202f1", "--", "1,,2"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, french bool) {
		locale := erp.English
		if french {
			locale = erp.French
		}
		n, err := erp.ParseNumber(text, locale)
		if err != nil {
			return
		}
		require.False(t, math.IsNaN(n) || math.IsInf(n, 0))
		plain := strconv.FormatFloat(n, 'f', -1, 64)
		again, err := erp.ParseNumber(plain, erp.English)
		require.NoError(t, err, plain)
		require.InDelta(t, n, again, 0)
	})
}

func FuzzParseDate(f *testing.F) {
	f.Add("21/11/2026 18:12:00", "02/01/2006 15:04:05")
	f.Add("00000000", "20060102")
	f.Add("99991231", "20060102")
	f.Fuzz(func(t *testing.T, text, layout string) {
		paris, err := time.LoadLocation("Europe/Paris")
		require.NoError(t, err)
		got, err := erp.ParseDate(text, layout, paris)
		if err == nil {
			require.Equal(t, time.UTC, got.Location())
		}
	})
}
