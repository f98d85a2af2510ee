package roster_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/roster"
)

func everybody(feed.MemberID) bool { return true }

func places(t *testing.T, name, text string) ([]feed.Row, feed.RowFaults) {
	t.Helper()
	rows, err := roster.Read(name, []byte(text), feed.PlaceFields)
	if err == nil {
		return rows, nil
	}
	var faults feed.RowFaults
	require.ErrorAs(t, err, &faults)
	return rows, faults
}

func TestFrenchExcelIsRead(t *testing.T) {
	t.Parallel()
	text, err := charmap.Windows1252.NewEncoder().String("Chemin;Nom;Type;Cible;\r\nnantes;Usine de Nantes – « Île »;Site;;\r\n\r\nnantes/découpe;Découpe;Atelier;;\r\nnantes/découpe/l1;Ligne 1;ligne;1 250,5;\r\n")
	require.NoError(t, err)
	rows, faults := places(t, "arbre.CSV", text)
	require.Empty(t, faults)
	plan, faults := feed.PlanTree(feed.NewTree(nil), rows, everybody)
	require.Empty(t, faults)
	require.Equal(t, []feed.Territory{
		{Path: "nantes", Name: "Usine de Nantes – « Île »", Kind: feed.Site},
		{Path: "nantes/découpe", Name: "Découpe", Kind: feed.Workshop},
		{Path: "nantes/découpe/l1", Name: "Ligne 1", Kind: feed.Line, Target: 1250.5},
	}, plan.New)
}

func TestAllFormsOfATreeSayTheSame(t *testing.T) {
	t.Parallel()
	want := []feed.Territory{{Path: "nantes", Name: "Nantes", Kind: feed.Site}, {Path: "nantes/ligne-1", Name: "Ligne 1", Kind: feed.Line}}
	for name, text := range map[string]string{
		"comma.csv":   "path,name,kind\nnantes,Nantes,site\nnantes/ligne-1,\"Ligne 1\",line\n",
		"named.csv":   "name;parent;kind\nLigne 1;Nantes;line\nNantes;;site\n",
		"marked.csv":  "\xef\xbb\xbfpath;name;kind\nnantes;Nantes;site\nnantes/ligne-1;Ligne 1;line",
		"list.yaml":   "- {path: nantes, name: Nantes, kind: site}\n- path: nantes/ligne-1\n  name: Ligne 1\n  kind: line\n",
		"config.yaml": "territories:\n  - {path: nantes, name: Nantes, kind: site}\n  - {parent: nantes, name: Ligne 1, kind: line}\n",
	} {
		rows, faults := places(t, name, text)
		require.Empty(t, faults, name)
		plan, faults := feed.PlanTree(feed.NewTree(nil), rows, everybody)
		require.Empty(t, faults, name)
		require.ElementsMatch(t, want, plan.New, name)
	}
}

func TestEachFaultSaysWhereItStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text string
		want       string
	}{
		"an unknown column":     {"a.csv", "path;name;kind;couleur\nx;X;site;bleu\n", "1:4: There is no column “couleur”"},
		"a column twice":        {"a.csv", "path;name;kind;nom\nx;X;site;Y\n", "1:4: The column “nom” is there twice"},
		"an open quote":         {"a.csv", "path;name;kind\nx;\"X;site\n", "A quote is not closed"},
		"a cell too many":       {"a.csv", "path;name;kind\nx;X;site;y\n", "2:4: This cell has no column"},
		"an empty file":         {"a.csv", "", "The file is empty."},
		"another format":        {"a.xlsx", "PK", "“a.xlsx” is neither .csv nor .yaml"},
		"a cycle":               {"a.csv", "name;parent;kind\nA;B;line\nB;A;line\n", "“A” lies below itself"},
		"a place twice":         {"a.csv", "path;name;kind\nx;X;site\nx;Y;site\n", "3:1: “x” stands on line 2 already"},
		"an orphan":             {"a.csv", "path;name;kind\nx/y;Y;line\n", "2:1: “x/y” has no place above it: add “x”"},
		"an unknown kind":       {"a.csv", "path;name;kind\nx;X;garage\n", "2:3: “garage” is no value of “kind”"},
		"no kind":               {"a.csv", "path;name;kind\nx;X;\n", "2:3: “x” has no kind"},
		"an unknown state":      {"a.csv", "path;name;kind;rollout\nx;X;site;soon\n", "2:4: “soon” is no value of “rollout”"},
		"a number that is none": {"a.csv", "path;name;kind;target\nx;X;site;vite\n", "2:4: “vite” is no positive number"},
		"a control character":   {"a.csv", "path;name;kind\nx;X\a;site\n", "2:2: “name” holds control characters"},
		"a reversing character": {"a.csv", "path;name;kind\nx;X\u202eY;site\n", "2:2: “name” holds control characters"},
		"a long name":           {"a.csv", "path;name;kind\nx;" + strings.Repeat("é", 201) + ";site\n", "2:2: “name” is longer than 200 characters"},
		"a path with a star":    {"a.csv", "path;name;kind\nx*;X;site\n", "2:1: The path “x*” is not valid"},
		"a path of a group":     {"a.csv", "path;name;kind\n@x;X;site\n", "2:1: The path “@x” is not valid"},
		"broken YAML":           {"a.yaml", "- {path: x\n- y", "This text is no YAML"},
		"YAML of another kind":  {"a.yaml", "hello", "Write a list"},
		"an unknown key":        {"a.yaml", "- path: x\n  colour: blue\n", "2:3: There is no key “colour”"},
		"a nested value":        {"a.yaml", "- path: {x: y}\n", "“path” wants a text or a number"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, faults := places(t, c.file, c.text)
			if faults == nil {
				_, faults = feed.PlanTree(feed.NewTree(nil), rows, everybody)
			}
			require.NotEmpty(t, faults)
			require.Contains(t, faults.Error(), c.want)
			require.NotEmpty(t, faults[0].Render(feed.French))
		})
	}
}

func TestPeopleAreRead(t *testing.T) {
	t.Parallel()
	tree := feed.NewTree([]feed.Territory{{Path: "lyon", Name: "Lyon", Kind: feed.Site}, {Path: "lyon/l1", Name: "L1", Kind: feed.Line}})
	rows, err := roster.Read("p.csv", []byte("Identifiant;Nom;Langue;Territoire;Rôle;Fonctions;Badge\nkarim;Karim Benali;fr;lyon/l1;Opérateur;maintenance, quality;KARIM-01\nkarim;;;lyon;lead;;\n"), feed.MemberFields)
	require.NoError(t, err)
	people, faults := feed.ReadMembers(tree, rows)
	require.Empty(t, faults)
	require.Len(t, people, 1)
	require.Equal(t, "KARIM-01", people[0].Badge)
	require.Equal(t, feed.Member{
		ID: "karim", Name: "Karim Benali", Lang: feed.French, Functions: []string{"maintenance", "quality"},
		Grants: []feed.Grant{{Territory: "lyon/l1", Role: feed.Operator}, {Territory: "lyon", Role: feed.Lead}},
	}, people[0].Member)

	rows, err = roster.Read("p.csv", []byte("id;name;territory;role;badge\n;X;lyon;lead;\na;A;nowhere;lead;\nb;B;lyon;king;\nc;C;lyon;lead;12\nd;D;lyon;lead;SAME-1\ne;E;lyon;lead;SAME-1\nd;Dd;lyon;lead;\n"), feed.MemberFields)
	require.NoError(t, err)
	_, faults = feed.ReadMembers(tree, rows)
	said := faults.Error()
	for _, want := range []string{"2:1: The id is missing", "3:3: There is no place “nowhere”", "4:4: “king” is no value", "5:5: The badge of “c”", "7:5: This badge is that of “d”", "8:2: “d” is called “D”", "8:3: “d” has this role"} {
		require.Contains(t, said, want)
	}
}

func TestATreeComesBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	tree := []feed.Territory{
		{Path: "a", Name: `Usine "A"; nord`, Kind: feed.Site, Rollout: feed.RolloutPilot, Own: feed.Own{Calendar: "3x8", Lang: feed.English, Animator: "camille"}},
		{Path: "a/1", Name: "123", Kind: feed.Line, Target: 12.5, Own: feed.Own{Charter: &feed.Charter{Version: 1, Text: feed.Text{FR: "Un :\n- deux\n- trois", EN: "null"}}}},
		{Path: "a/é", Name: "true", Kind: feed.Aisle},
	}
	for name, write := range map[string]func([]feed.Territory) ([]byte, error){"a.csv": roster.WriteCSV, "a.yaml": roster.WriteYAML} {
		text, err := write(tree)
		require.NoError(t, err)
		rows, err := roster.Read(name, text, feed.PlaceFields)
		require.NoError(t, err, "%s", text)
		plan, faults := feed.PlanTree(feed.NewTree(nil), rows, everybody)
		require.Empty(t, faults)
		require.ElementsMatch(t, tree, plan.New, "%s", text)
		plan, faults = feed.PlanTree(feed.NewTree(tree), rows, everybody)
		require.Empty(t, faults)
		require.Equal(t, feed.Plan{Same: 3}, plan, "%s", text)
	}
}

// FuzzRead holds the parsers to ending with rows or with faults that say what to
// do, whatever they are given.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"path;name;kind\nx;X;site\n", "- {path: x, name: X, kind: site}\n", "territories:\n  - path: x\n", "a\xff\xfe,\"b\n", "- - -\n? :", "name;parent\nA;B\nB;A\n"} {
		f.Add("x.csv", []byte(seed))
		f.Add("x.yaml", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		for _, fields := range [][]string{feed.PlaceFields, feed.MemberFields} {
			rows, err := roster.Read(name, data, fields)
			if err != nil {
				var faults feed.RowFaults
				require.ErrorAs(t, err, &faults)
				require.NotEmpty(t, faults)
				continue
			}
			plan, faults := feed.PlanTree(feed.NewTree(nil), rows, everybody)
			require.True(t, len(faults) > 0 || len(plan.New) == len(rows), "whole or not at all")
			_, _ = feed.ReadMembers(feed.NewTree(nil), rows)
		}
	})
}

func TestATemplateIsReadAsItIs(t *testing.T) {
	t.Parallel()
	tree := feed.NewTree([]feed.Territory{{Path: "lyon", Name: "Lyon", Kind: feed.Site}})
	for _, lang := range []feed.Lang{feed.French, feed.English} {
		for _, format := range []string{"csv", "yaml"} {
			b, err := roster.People{}.Template(format, lang, "lyon")
			require.NoError(t, err)
			rows, err := roster.People{}.Read("people."+format, b)
			require.NoError(t, err, "%s\n%s", format, b)
			people, faults := feed.ReadMembers(tree, rows)
			require.Empty(t, faults)
			require.Len(t, people, 1)
			require.Equal(t, lang, people[0].Lang)
			require.Equal(t, []feed.Grant{{Territory: "lyon", Role: feed.Operator}, {Territory: "lyon", Role: feed.Animator}}, people[0].Grants)
		}
	}
}
