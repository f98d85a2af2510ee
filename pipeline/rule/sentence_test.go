package rule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/rule"
)

func TestEveryRuleHasASentence(t *testing.T) {
	t.Parallel()
	set := compile(t, string(rule.Example))
	for _, r := range set.Rules() {
		require.NotEmpty(t, r.Sentence().FR, r.ID)
		require.NotEmpty(t, r.Sentence().EN, r.ID)
		if r.Title != (rule.Title{}) {
			require.Equal(t, r.Title, r.Sentence())
		}
	}
}

func TestTheSentenceOfAKindWithSeveralIsTheFirst(t *testing.T) {
	t.Parallel()
	const rest = `match: {asset: "**"}, topic: speed, severity: info`
	const line = `count: {signal: good}, ideal_cycle: 1s, ` + rest
	for yaml, want := range map[string]string{
		`kind: stock, signal: stock, at_most: 0, phantom: true, titles: {stock_out: {fr: Rupture}, phantom: {fr: Fantôme}}, ` + rest:                                             "Rupture",
		`kind: pace, signal: good, ideal_cycle: 1s, minor_stop: 5s, stop: 1m, slow: 0.8, window: 10m, titles: {slow: {fr: Lent}, minor: {fr: Micro}, stop: {fr: Stop}}, ` + rest: "Lent",
		`kind: goodnews, per: shift, titles: {record: {fr: Record}}, ` + line:                                                                                                    "Record",
		`kind: goodnews, per: shift, ` + line:                       "{asset} : record, {count|0} pièces ({run}), {best|0} jusqu'ici",
		`kind: production, per: shift, ` + line:                     "{asset} · {shift} : {count|0}",
		`kind: production, title: {fr: Série}, per: shift, ` + line: "Série",
	} {
		set := compile(t, "rules: [{id: one, "+yaml+"}]\ncalendars: [{territory: a, zone: UTC, shifts: [{name: early, from: \"05:00\", to: \"13:00\"}]}]\n")
		require.Equal(t, want, set.Rule("one").Sentence().FR)
	}
}
