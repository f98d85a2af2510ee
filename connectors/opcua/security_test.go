package opcua_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/pipeline"
)

func signsIn(t *testing.T, far *farside) {
	dir := t.TempDir()
	password := filepath.Join(t.TempDir(), "password")
	require.NoError(t, os.WriteFile(password, []byte("right\n"), 0o600))
	check := func(t *testing.T, s opcua.Security, a opcua.Auth) (string, error) {
		t.Helper()
		cfg := reading(far.url(), node("Line1.Temp", "temperature"))
		cfg.Security, cfg.Auth = s, a
		c, err := opcua.New("press", cfg, dir, quiet(t))
		require.NoError(t, err)
		return c.Check(t.Context())
	}
	_, err := check(t, opcua.Security{Policy: "Basic256Sha256"}, opcua.Auth{})
	require.ErrorContains(t, err, "the server's certificate is not trusted yet")
	pin := regexp.MustCompile(`security.fingerprint to ([0-9a-f]{64})`).FindStringSubmatch(err.Error())[1]

	for name, protection := range map[string]opcua.Security{
		"None":           {},
		"Sign":           {Policy: "Basic256Sha256", Mode: "Sign", Fingerprint: pin},
		"SignAndEncrypt": {Policy: "Basic256Sha256", Mode: "SignAndEncrypt", Fingerprint: strings.ToUpper(pin)},
	} {
		t.Run(name, func(t *testing.T) {
			said, err := check(t, protection, opcua.Auth{})
			require.NoError(t, err, "anonymous")
			require.Contains(t, said, name+"): 1 of 1 nodes found")
			_, err = check(t, protection, opcua.Auth{User: "operator", PasswordFile: password})
			require.NoError(t, err, "right password")
			_, err = check(t, protection, opcua.Auth{User: "operator", Password: "wrong"})
			require.ErrorContains(t, err, "the server refused the sign-in of operator: check auth.user and its password")
			require.NotContains(t, err.Error(), "wrong", "the password is never told")
		})
	}
	pinned := opcua.Security{Policy: "Basic256Sha256", Fingerprint: strings.Repeat("ab", 32)}
	_, err = check(t, pinned, opcua.Auth{})
	require.ErrorContains(t, err, "the server's certificate changed, no connection is made: trusted is "+pinned.Fingerprint+", the server shows "+pin)

	key, err := os.Stat(filepath.Join(dir, "opcua", "press.key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), key.Mode().Perm(), "our key is for our eyes only")
}

// TestAServerIsKilledAndComesBack keeps one connector running through four
// lives of its server; the third shows another certificate, the fourth offers
// no protection at all.
func TestAServerIsKilledAndComesBack(t *testing.T) {
	t.Parallel()
	far := startFarside(t, map[string]any{})
	cfg := reading(far.url(), node("Line1.Temp", "temperature"))
	cfg.Security = opcua.Security{Policy: "Basic256Sha256", TrustFirst: true}
	l := live(t, cfg, &sink{})
	l.awaitState(t, connectors.Up, "Basic256Sha256, SignAndEncrypt")
	l.await(t, "first life", valued("temperature", pipeline.Number(20)))

	far.kill()
	l.awaitState(t, connectors.Down, far.url())
	far.options["before"] = "http://newcomer.test" // and every index moves up
	far.start(t)
	far.set(t, "Line1.Temp", 21)
	l.await(t, "second life", valued("temperature", pipeline.Number(21)))
	l.awaitState(t, connectors.Up, "1 nodes")

	far.kill()
	far.options["pki"] = t.TempDir()
	far.start(t)
	health := l.awaitState(t, connectors.Down, "the server's certificate changed, no connection is made")
	require.Len(t, regexp.MustCompile(`[0-9a-f]{64}`).FindAllString(health.Detail, -1), 2, "both fingerprints are told")
	require.Contains(t, health.Detail, "delete press.trusted from the data folder")
	require.Zero(t, far.ask(t, map[string]any{"op": "sessions"}))
	require.NoError(t, os.Remove(filepath.Join(l.dir, "opcua", "press.trusted")))
	far.set(t, "Line1.Temp", 22)
	l.await(t, "third life", valued("temperature", pipeline.Number(22)))

	far.kill()
	far.options["open"] = true
	far.start(t)
	l.awaitState(t, connectors.Down, "the server does not offer Basic256Sha256, SignAndEncrypt; it offers None/None")
	require.Zero(t, far.ask(t, map[string]any{"op": "sessions"}), "there is no fallback to less")
}
