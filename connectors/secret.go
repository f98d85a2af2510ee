package connectors

import (
	"fmt"
	"os"
	"strings"
)

// Secret is a password in a configuration. It prints as "***", so that no log,
// error or dump of the configuration can tell it.
type Secret string

const masked = "***"

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return masked
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return `connectors.Secret("` + s.String() + `")` }

// MarshalText hides the secret from YAML and JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Reveal returns the secret: as written, else the content of file without its
// line end, else the environment variable env. It is called when a connection
// is made, so that a changed file takes effect without a restart.
func (s Secret) Reveal(file, env string) (string, error) {
	switch {
	case s != "":
		return string(s), nil
	case file != "":
		data, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read password_file: %w", err)
		}
		return strings.TrimRight(string(data), "\r\n"), nil
	case env != "":
		value, ok := os.LookupEnv(env)
		if !ok {
			return "", fmt.Errorf("password_env: the environment has no variable %s", env)
		}
		return value, nil
	}
	return "", nil
}
