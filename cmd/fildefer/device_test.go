package main_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tablet is a browser that keeps its cookies.
type tablet struct {
	url    string
	client *http.Client
}

func (in *installation) tablet(t *testing.T) *tablet {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &tablet{in.url, &http.Client{Jar: jar}}
}

// who is what a browser learns of itself.
type who struct {
	ID      string
	Station bool
}

func (b *tablet) ask(t *testing.T, method, path string, body map[string]string) (status int, me who) {
	t.Helper()
	sent, err := json.Marshal(body)
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), method, b.url+path, strings.NewReader(string(sent)))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	res, err := b.client.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	require.NoError(t, json.NewDecoder(res.Body).Decode(&me))
	return res.StatusCode, me
}

// told runs a command on the installation that must succeed, with what it reads,
// and returns what it said.
func (in *installation) told(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), binary(t), append(args, "--config", in.config)...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.Output()
	require.NoError(t, err, "%v", args)
	return string(out)
}

func TestADeviceIsPairedUsedAndRevokedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	in := install(t, "territories:\n  - {path: lyon, name: Lyon, kind: site}\n  - {path: lyon/line-3, name: Ligne 3, kind: line}\n", nil)
	in.member(t, "karim", "Karim", "operator@lyon/line-3")
	require.Contains(t, in.told(t, "KARIM-0001\n", "member", "badge", "karim", "--badge-stdin"), "by badge")
	in.serve(t)

	said := in.told(t, "", "device", "add", "Tablette L3", "--place", "lyon/line-3")
	parts := regexp.MustCompile(`^(\S+) Tablette L3\n.* type (\w{4}-\w{4}) before`).FindStringSubmatch(said)
	require.NotNil(t, parts, said)
	require.Contains(t, in.told(t, "", "device", "list"), "not paired")
	b := in.tablet(t)
	status, me := b.ask(t, http.MethodPost, "/api/v1/device", map[string]string{"code": parts[2]})
	require.Equal(t, http.StatusCreated, status)
	require.True(t, me.Station)
	require.Contains(t, in.told(t, "", "device", "list"), "seen 20")
	status, _ = b.ask(t, http.MethodPost, "/api/v1/session/badge", map[string]string{"badge": "KARIM-0001"})
	require.Equal(t, http.StatusCreated, status)
	_, me = b.ask(t, http.MethodGet, "/api/v1/session", nil)
	require.Equal(t, "karim", me.ID)

	// The tablet broke: another takes its place.
	said = in.told(t, "", "device", "code", parts[1])
	code := regexp.MustCompile(`type (\S+) before`).FindStringSubmatch(said)
	require.NotNil(t, code, said)
	next := in.tablet(t)
	status, _ = next.ask(t, http.MethodPost, "/api/v1/device", map[string]string{"code": code[1]})
	require.Equal(t, http.StatusCreated, status)
	status, _ = b.ask(t, http.MethodGet, "/api/v1/session", nil)
	require.Equal(t, http.StatusUnauthorized, status)

	require.Contains(t, in.told(t, "", "device", "revoke", parts[1]), "has ended")
	status, _ = next.ask(t, http.MethodGet, "/api/v1/session", nil)
	require.Equal(t, http.StatusUnauthorized, status)
	require.Empty(t, in.told(t, "", "device", "list"))
}

func TestADevicesNameAndPlaceAreChecked(t *testing.T) {
	t.Parallel()
	in := install(t, "territories:\n  - {path: lyon, name: Lyon, kind: site}\n", nil)
	for want, args := range map[string][]string{
		"--place paris: the configuration has no such territory": {"device", "add", "Tablette", "--place", "paris"},
		"The name is empty":                {"device", "add", " ", "--place", "lyon"},
		"This name is a device’s":          {"member", "add", "device:x", "--name", "X", "--grant", "operator@lyon"},
		"--remove takes the badge away":    {"member", "badge", "karim"},
		"Not found, or outside your scope": {"device", "revoke", "none"},
	} {
		_, said, err := command(t, append(args, "--config", in.config)...)
		require.Error(t, err, "%v", args)
		require.Contains(t, said, want)
	}
}
