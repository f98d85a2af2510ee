package feed_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestNumbersAreWrittenAsTheReaderWritesThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value    float64
		decimals int
		fr, en   string
	}{
		{18240, 0, "18\u202f240", "18,240"},
		{496.24, 1, "496,2", "496.2"},
		{-1234567.5, 2, "\u22121\u202f234\u202f567,50", "\u22121,234,567.50"},
		{0.1 + 0.2, -1, "0,3", "0.3"},
		{-0.0001, 1, "0,0", "0.0"},
		{12, -1, "12", "12"},
		{999, 0, "999", "999"},
		{1000, 0, "1\u202f000", "1,000"},
	} {
		require.Equal(t, c.fr, feed.FormatNumber(feed.French, c.value, c.decimals))
		require.Equal(t, c.en, feed.FormatNumber(feed.English, c.value, c.decimals))
	}
}

func TestMachineTextIsRenderedInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	text := feed.Text{FR: "{asset} : poids {value|1} {unit} pour {limit|1} {unit}", EN: "{asset}: weight {value|1} {unit} for {limit|1} {unit}"}
	values := feed.Values{"asset": "Remplisseuse 2", "value": 496.24, "unit": "g", "limit": 498.0}
	require.Equal(t, "Remplisseuse 2 : poids 496,2 g pour 498,0 g", text.Render(feed.French, values))
	require.Equal(t, "Remplisseuse 2: weight 496.2 g for 498.0 g", text.Render(feed.English, values))
}

func TestRenderIsHarmlessWhateverTheValues(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		template string
		values   feed.Values
		want     string
	}{
		"missing value":      {"{x} g", nil, "… g"},
		"missing text":       {"", nil, ""},
		"open brace":         {"a {value", feed.Values{"value": 1.0}, "a {value"},
		"markup stays text":  {"{a}", feed.Values{"a": "<b>{x}</b>"}, "<b>{x}</b>"},
		"control characters": {"{a}", feed.Values{"a": "x\u0000\u202ey\n"}, "xy"},
		"absurd decimals":    {"{a|99}", feed.Values{"a": 1.5}, "1,5"},
		"a long name is cut": {"{a}", feed.Values{"a": strings.Repeat("é", 500)}, strings.Repeat("é", 159) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, feed.Text{FR: c.template}.Render(feed.French, c.values))
		})
	}
}
