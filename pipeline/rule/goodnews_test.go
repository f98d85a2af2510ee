package rule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// proud has shifts of two minutes, so that a test meets many; it is 07:00 in
// Lyon. A piece takes a second.
const proud = `
rules:
- {id: proud, kind: goodnews, match: {asset: "lyon/**"}, count: {signal: good, counter: true}, scrap: {signal: scrap}, per: shift, target: 80, min: 20,
   ideal_cycle: 1s, topic: speed, severity: info}
calendars:
- {zone: Europe/Paris, shifts: [%s]}
`

func shortShifts() string {
	list := ""
	for i := range 25 {
		from := start.Add(time.Hour + time.Duration(i)*2*time.Minute)
		list += fmt.Sprintf("{name: s%d, from: %q, to: %q}, ", i, from.Format("15:04"), from.Add(2*time.Minute).Format("15:04"))
	}
	return fmt.Sprintf(proud, list)
}

// headlines renders what is told, "raise s3 80 target".
func (p *told) headlines() (list []string) {
	for _, e := range p.all {
		news := map[bool]string{true: "target"}[e.TitleEN == "{asset}: target reached, {count|0} pieces ({run})"]
		if e.TitleEN == "{asset}: {run} without scrap, {count|0} pieces" {
			news = "zero defect"
		} else if news == "" {
			news = fmt.Sprintf("record, %g before", e.Values["best"])
		}
		list = append(list, fmt.Sprintf("%s %s %g %s", e.Kind, e.Values["run"], e.Values["count"], news))
	}
	return list
}

// shift plays the shift number i, in which so many pieces are made, one of them
// scrap unless clean, and returns the counter.
func (p *told) shift(i int, made, counter float64, clean bool) float64 {
	from := float64(i) * 120
	if !clean {
		p.say(at(from+9, "scrap", pipeline.Number(1)))
	}
	for n := range int(made) {
		p.count(from+10+float64(n), counter+float64(n)+1)
	}
	return counter + made
}

func TestGoodNewsIsToldOncePerShiftAndTheBestOfIt(t *testing.T) {
	t.Parallel()
	p := follow(t, shortShifts())
	p.count(1, 1000)
	n := p.shift(0, 50, 1000, false)
	n = p.shift(1, 80, n, false) // reaches the target
	n = p.shift(2, 50, n, true)  // no scrap
	n = p.shift(3, 10, n, true)  // too few to be proud of
	n = p.shift(4, 90, n, true)  // the target, and then no scrap either
	p.shift(5, 50, n, false)
	p.wait(13 * 60)
	require.Equal(t, []string{
		"raise s1 80 target", "clear s1 80 target", // at the end of the shift
		"raise s2 50 zero defect", "clear s2 50 zero defect", // at the end of the next
		"raise s4 80 target", "update s4 90 zero defect", "clear s4 90 zero defect",
	}, p.headlines())
	require.Equal(t, "good-news", p.all[0].PostKind)
	require.Equal(t, "{asset} : objectif atteint, {count|0} pièces ({run})", p.all[0].TitleFR)
	require.Equal(t, p.all[4].Episode, p.all[5].Episode)
	require.NotEqual(t, p.all[0].Episode, p.all[2].Episode)
}

func TestABestShiftIsARecordOnceTenAreKnown(t *testing.T) {
	t.Parallel()
	p := follow(t, shortShifts())
	p.count(1, 1000)
	n := 1000.
	for i, made := range []float64{30, 40, 70, 30, 30, 30, 30, 30, 30, 30, 70, 75, 72, 76} {
		n = p.shift(i, made, n, false)
	}
	p.wait(14*120 + 60)
	require.Equal(t, []string{"raise s11 75 record, 70 before", "clear s11 75 record, 70 before", "raise s13 76 record, 75 before"}, p.headlines())
}

func TestOrdersOfALineAreComparedByTheTimeWithoutAStop(t *testing.T) {
	t.Parallel()
	p := follow(t, `
rules:
- {id: proud, kind: goodnews, match: {asset: "lyon/**"}, count: {signal: good, counter: true}, state: {signal: state, stopped: [stopped]}, order: {signal: order}, min: 5,
   ideal_cycle: 1s, topic: speed, severity: info, titles: {record: {fr: "{run} : {minutes|0} min", en: "{run}: {minutes|0} min"}}}
`)
	p.count(1, 0)
	for i := range 11 {
		s := float64(i) * 200
		p.order(s+2, fmt.Sprint("order ", i))
		p.state(s+50, "stopped", "")
		p.state(s+60, "running", "")
		p.count(s+61, float64(i+1)*10)
		p.order(s+120+float64(i), "done")
	}
	p.wait(11 * 200)
	require.Len(t, p.all, 1)
	require.Equal(t, "{run}: {minutes|0} min", p.last().TitleEN)
	require.Equal(t, "order 10", p.last().Values["run"])
	require.InDelta(t, 70./60, p.last().Values["minutes"], 0.001)
	require.InDelta(t, 69./60, p.last().Values["best"], 0.001)
	p.wait(11*200 + 8*3600)
	require.Equal(t, rule.Clear, p.last().Kind, "where there are no shifts, it goes after eight hours")
}

func TestRunsThatCannotBeFollowedAreRefused(t *testing.T) {
	t.Parallel()
	const whole = `rules:
- {id: order, kind: production, match: {asset: "a"}, count: {signal: good}, state: {signal: state, stopped: [stopped]}, order: {signal: order}, ideal_cycle: 1s, topic: speed, severity: info}
`
	_, err := rule.Parse("rules.yaml", []byte(whole))
	require.NoError(t, err)
	for want, c := range map[string][2]string{
		"rules.yaml:2:4: count: name the signal":            {"count: {signal: good}, ", ""},
		"state: name the signal and the states":             {", stopped: [stopped]", ""},
		"state.cause: name the attribute":                   {"[stopped]", "[stopped], cause: why"},
		"order: say what a run is":                          {"order: {signal: order}, ", ""},
		"order: name the signal":                            {"order: {signal: order}", "order: {ends: [x]}"},
		"order: say what a run is, either":                  {"ideal_cycle", "per: shift, ideal_cycle"},
		`per: "day" is no run; choose one of shift`:         {"order: {signal: order}", "per: day"},
		"ideal_cycle: say how long one piece takes":         {"ideal_cycle: 1s, ", ""},
		"target: is for shifts":                             {"ideal_cycle", "target: 12, ideal_cycle"},
		"signal: name the signals under count":              {"ideal_cycle", "signal: x, ideal_cycle"},
		"count: count, scrap, state and order are signals":  {"{signal: good}", "{signal: state}"},
		"on_delay: what a line makes begins and ends by":    {"ideal_cycle", "on_delay: 1s, ideal_cycle"},
		"reopen_within: what a line makes begins and ends":  {"ideal_cycle", "reopen_within: 1s, ideal_cycle"},
		"latch: what a line makes begins and ends by itsel": {"ideal_cycle", "latch: true, ideal_cycle"},
		"title.fr: nothing fills {weight}":                  {"severity: info", `severity: info, title: {fr: "{weight}"}`},
	} {
		require.Contains(t, whole, c[0])
		_, err := rule.Parse("rules.yaml", []byte(strings.Replace(whole, c[0], c[1], 1)))
		require.ErrorContains(t, err, want)
	}
}

func TestARuleByShiftNeedsShifts(t *testing.T) {
	t.Parallel()
	f, err := rule.Parse("rules.yaml", []byte(`rules:
- {id: shift, kind: production, match: {asset: "a"}, count: {signal: good}, per: shift, ideal_cycle: 1s, topic: speed, severity: info}
`))
	require.NoError(t, err)
	_, err = rule.Compile([]*rule.File{f})
	require.ErrorContains(t, err, "rules.yaml:2:1: per: there are no shifts; write them under calendars")
	calendars, err := rule.Parse("shifts.yaml", []byte(`calendars: [{zone: UTC, shifts: [{name: day, from: "08:00", to: "16:00"}]}]`))
	require.NoError(t, err)
	_, err = rule.Compile([]*rule.File{f, calendars})
	require.NoError(t, err, "in whatever file, and order")
}
