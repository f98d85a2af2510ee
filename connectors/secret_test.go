package connectors_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
)

func TestASecretNeverPrintsItself(t *testing.T) {
	t.Parallel()
	config := struct{ Password connectors.Secret }{"hunter2"}
	asJSON, err := json.Marshal(config)
	require.NoError(t, err)
	asYAML, err := yaml.Marshal(config)
	require.NoError(t, err)
	for _, text := range []string{
		fmt.Sprint(config), fmt.Sprintf("%+v", config), fmt.Sprintf("%#v", config), string(asJSON), string(asYAML),
	} {
		require.NotContains(t, text, "hunter2")
	}
}

func TestASecretIsRevealedFromItsValueFileOrEnvironment(t *testing.T) {
	t.Setenv("FILDEFER_TEST_PASSWORD", "from the environment")
	file := filepath.Join(t.TempDir(), "password")
	require.NoError(t, os.WriteFile(file, []byte("from a file\r\n"), 0o600))

	for want, reveal := range map[string]func() (string, error){
		"as written":           func() (string, error) { return connectors.Secret("as written").Reveal("", "") },
		"from a file":          func() (string, error) { return connectors.Secret("").Reveal(file, "") },
		"from the environment": func() (string, error) { return connectors.Secret("").Reveal("", "FILDEFER_TEST_PASSWORD") },
		"":                     func() (string, error) { return connectors.Secret("").Reveal("", "") },
	} {
		got, err := reveal()
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err := connectors.Secret("").Reveal(file+".gone", "")
	require.ErrorContains(t, err, "read password_file")
	_, err = connectors.Secret("").Reveal("", "FILDEFER_TEST_NO_SUCH")
	require.ErrorContains(t, err, "no variable FILDEFER_TEST_NO_SUCH")
}
