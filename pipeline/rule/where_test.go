package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

func TestWhereLetsThroughWhatItSaysOnly(t *testing.T) {
	t.Parallel()
	for where, want := range map[string]bool{
		`attr.lot == "A7" and quality == "good"`:              true,
		`attr["lot"] startsWith "A" && not (value < 500)`:     true,
		`source in ["test", "line-3"] and unit != "kg"`:       true,
		`(value - 500) * 2 / 4 >= 5 or text contains "error"`: true,
		`attr.lot endsWith "8"`:                               false,
		`attr.order == "1"`:                                   false,
		`bool`:                                                false,
		`asset contains "line" and signal == "weight"`:        true,
		`status == "" and text == ""`:                         true,
		`5 % 0 == 1`:                                          false,
	} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			p := play(t, high("where: '"+where+"'"))
			ev := at(1, "weight", pipeline.Number(510))
			ev.Attr = map[string]string{"lot": "A7"}
			require.Equal(t, want, brief(p.step(ev)) != "")
		})
	}
}

func TestWhereRefusesWhatIsNoFilter(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("value > 1 and ", 30) + "value > 1"
	for where, want := range map[string]string{
		`all(1..9, # > 1)`:             "a function such as",
		`len(text) > 3`:                "a function such as",
		`now() == now()`:               "a function such as",
		`value in 1..1000000000`:       "the operator ..",
		`text matches "(a+)+$"`:        "the operator matches",
		`let x = 1; x > 0`:             "a variable or a sequence",
		`value > 1 ? true : false`:     "a choice",
		`value ** 9 > 1`:               "the operator **",
		`value`:                        "expected bool",
		`valeur > 1`:                   "unknown name valeur",
		`value > "a"`:                  "mismatched types",
		`value >`:                      "unexpected token",
		`text[0:3] == "abc"`:           "Slice cannot be used",
		`{"a": 1}.a == 1`:              "cannot be used",
		`(attr?.lot ?? "x") == "y"`:    "the operator ??",
		long:                           "exceeds maximum",
		`attr.lot | upper() == "A"`:    "a function such as",
		`text.Foo() == "a"`:            "a function such as",
		`any(["a"], {# == text})`:      "a function such as",
		`value > 1 and text matches 1`: "the operator matches",
	} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			_, err := rule.Parse("r.yaml", []byte("rules:\n- id: high\n  kind: limit\n  signal: weight\n  match: {asset: \"**\"}\n  high: 1\n  topic: quality\n  severity: minor\n  title: {fr: x}\n  where: '"+where+"'\n"))
			require.ErrorContains(t, err, want)
			require.ErrorContains(t, err, "r.yaml:10:")
			require.NotContains(t, err.Error(), "\n")
		})
	}
}
