package main_test

import (
	"archive/zip"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const personalConfig = "territories: [{path: lyon, name: Lyon, kind: site}]\n"

func TestWhatTheCommandLineDoesToPeopleIsWrittenDown(t *testing.T) {
	t.Parallel()
	in := install(t, personalConfig, nil)
	in.member(t, "dpo", "Inès", "auditor@lyon")
	in.member(t, "zoe", "Zoé Garnier", "operator@lyon", "lead@lyon")
	in.told(t, "BADGE-0001\n", "member", "badge", "--badge-stdin", "zoe")
	in.told(t, "", "member", "revoke", "zoe")
	in.serve(t)
	var log struct {
		Lines []struct {
			Action, Actor string
			Detail        struct{ Roles string }
		}
	}
	status, err := in.signIn(t, "dpo").call(t.Context(), http.MethodGet, "/api/v1/audit", "", nil, &log)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, status)
	var said []string
	for _, l := range log.Lines {
		if l.Actor == "" {
			said = append([]string{strings.TrimSpace(l.Action + " " + l.Detail.Roles)}, said...)
		}
	}
	require.Equal(t, []string{"member.add auditor@lyon", "member.add operator@lyon lead@lyon", "member.badge", "member.revoke"}, said)
}

// TestAnOlderCopyOfTheDatabaseForgetsAgain is a night of an administrator: a
// person is exported and erased, and a copy from before has to be put back.
func TestAnOlderCopyOfTheDatabaseForgetsAgain(t *testing.T) {
	t.Parallel()
	in := install(t, personalConfig, nil)
	in.member(t, "karim", "Karim", "lead@lyon")
	in.member(t, "zoe", "Zoé Garnier", "operator@lyon")
	in.keepHead(t, "before.json")
	copied := in.database(t)

	require.Contains(t, in.told(t, "", "member", "export", "zoe", "--out", in.file("zoe.zip")), "all that is kept of zoe")
	require.Contains(t, unzip(t, in.file("zoe.zip")), "Zoé Garnier")
	_, said, err := command(t, "member", "erase", "--config", in.config, "zoe")
	require.Error(t, err)
	require.Contains(t, said, "add --yes to do it")
	require.Contains(t, in.told(t, "", "member", "list"), "Zoé Garnier")
	in.told(t, "", "member", "erase", "--yes", "zoe")
	require.NotContains(t, in.told(t, "", "member", "list"), "Zoé")
	for name, body := range in.database(t) {
		require.Zero(t, strings.Count(body, "Zoé Garnier"), "%s still tells of her", name)
	}
	require.Contains(t, in.told(t, "", "audit", "verify", "--head", in.file("before.json")), "lines hold, ")
	in.keepHead(t, "after.json")

	in.restore(t, copied)
	require.Contains(t, in.told(t, "", "member", "list"), "Zoé Garnier", "the copy is from before")
	_, said, err = command(t, "audit", "verify", "--config", in.config, "--head", in.file("after.json"))
	require.Error(t, err)
	require.Contains(t, said, "is broken", "a head that was kept elsewhere knows that lines are missing")

	require.Equal(t, "1 erasures known, 1 people forgotten again\n", in.told(t, "", "erasures", "apply"))
	require.Equal(t, "1 erasures known, 0 people forgotten again\n", in.told(t, "", "erasures", "apply"))
	list := in.told(t, "", "member", "list")
	require.NotContains(t, list, "Zoé")
	require.Contains(t, list, "Karim")
	require.Contains(t, in.told(t, "", "audit", "verify", "--head", in.file("before.json")), "1 tell of people who were forgotten since")
}

func (in *installation) file(name string) string { return filepath.Join(in.dir, name) }

func (in *installation) keepHead(t *testing.T, name string) {
	t.Helper()
	require.NoError(t, os.WriteFile(in.file(name), []byte(in.told(t, "", "audit", "head")), 0o600))
}

// database is the files of the database, which nobody uses, by their names.
func (in *installation) database(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(in.file("data/fildefer.db*"))
	require.NoError(t, err)
	out := map[string]string{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		out[filepath.Base(file)] = string(body)
	}
	require.Contains(t, out, "fildefer.db")
	return out
}

// restore puts the files of a copy in the place of those that are there.
func (in *installation) restore(t *testing.T, files map[string]string) {
	t.Helper()
	for name := range in.database(t) {
		require.NoError(t, os.Remove(in.file("data/"+name)))
	}
	for name, body := range files {
		require.NoError(t, os.WriteFile(in.file("data/"+name), []byte(body), 0o600))
	}
}

// unzip is the text of all the files in a zip.
func unzip(t *testing.T, name string) string {
	t.Helper()
	file, err := zip.OpenReader(name)
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	var all strings.Builder
	for _, f := range file.File {
		r, err := f.Open()
		require.NoError(t, err)
		_, err = io.Copy(&all, r)
		require.NoError(t, err)
	}
	return all.String()
}

func TestTheCommandLineBringsPeopleAsTheScreenDoes(t *testing.T) {
	t.Parallel()
	in := install(t, personalConfig, nil)
	file := in.file("people.csv")
	require.NoError(t, os.WriteFile(file, []byte("id;name;territory;role;badge\nzoe;Zoé Garnier;lyon;operator;ZOE-0001\nluc;;lyon;king;\n"), 0o600))
	_, said, err := command(t, "member", "import", "--config", in.config, file)
	require.Error(t, err)
	for _, want := range []string{"people.csv:3:2: “luc” has no name", "people.csv:3:4: “king” is no value", "nothing was imported"} {
		require.Contains(t, said, want)
	}
	require.NoError(t, os.WriteFile(file, []byte("id;name;territory;role;badge\nzoe;Zoé Garnier;lyon;operator;ZOE-0001\nluc;Luc;lyon;lead;\n"), 0o600))
	require.Contains(t, in.told(t, "", "member", "import", "--dry-run", file), "2 new, 0 changed, 0 unchanged: nothing was done")
	require.NotContains(t, in.told(t, "", "member", "list"), "Zoé")
	require.Contains(t, in.told(t, "", "member", "import", file), "2 new, 0 changed, 0 unchanged: imported")
	require.Contains(t, in.told(t, "", "member", "list"), "Zoé Garnier")
	require.Contains(t, in.told(t, "", "member", "import", file), "0 new, 0 changed, 2 unchanged")
}
