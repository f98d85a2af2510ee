package circuit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/circuit"
)

func TestAFileOfCircuitsIsRead(t *testing.T) {
	t.Parallel()
	out, err := circuit.Parse("circuits.yaml", []byte(`
circuits:
  - name: atelier
    title: {fr: Idée d’atelier, en: Workshop idea}
    for: [idea]
    where: lyon/presses
    merge: false
    defer: 90d
    effect: 14d
    steps:
      - {name: {fr: Avis, en: Opinion}, deciders: [lead], within: 3d, remind: 1d, escalate_to: [manager]}
      - {name: {fr: Décision, en: Decision}, deciders: [manager, quality], members: [ana], mode: quorum, quorum: 2, within: 90s}
`))
	require.NoError(t, err)
	day := 24 * time.Hour
	require.Equal(t, []feed.Circuit{{
		Name: "atelier", Title: feed.Text{FR: "Idée d’atelier", EN: "Workshop idea"}, Kinds: []feed.Kind{feed.Idea}, Where: "lyon/presses",
		NoMerge: true, Defer: 90 * day, Effect: 14 * day,
		Stages: []feed.Stage{
			{
				Name: feed.Text{FR: "Avis", EN: "Opinion"}, Deciders: []string{"lead"}, Mode: feed.BySingle,
				Within: 3 * day, Remind: day, Escalate: []string{"manager"},
			},
			{
				Name: feed.Text{FR: "Décision", EN: "Decision"}, Deciders: []string{"manager", "quality"}, Members: []feed.MemberID{"ana"},
				Mode: feed.ByQuorum, Quorum: 2, Within: 90 * time.Second,
			},
		},
	}}, out)
}

func TestEachFaultSaysWhereItIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"no list":        {"circuits: []", "c.yaml:1:11: circuits: write a list of circuits here"},
		"an unknown key": {"circuits:\n  - nom: x\n", `c.yaml:2:5: unknown field "nom"`},
		"a wrong mode":   {step("deciders: [lead], mode: vote"), `c.yaml:6:`},
		"who decides":    {step("within: 1d"), "say who decides"},
		"a duration":     {step("deciders: [lead], within: soon"), `"soon" is no duration`},
		"a lone quorum":  {step("deciders: [lead], mode: quorum"), "a quorum is of 2 to 20"},
		"never late":     {step("deciders: [lead], escalate_to: [manager]"), "without within"},
		"asked an idea":  {step("deciders: [asked]"), "waits for answers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := circuit.Parse("c.yaml", []byte(c.text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

// step is a file of one circuit whose one step says this.
func step(says string) string {
	return "circuits:\n  - name: x\n    title: {fr: X, en: X}\n    for: [idea]\n    steps:\n      - {name: {fr: A, en: A}, " + says + "}\n"
}
