package storetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/stretchr/testify/require"
)

// Postgres returns the URL of an empty database of its own for t, which ends
// with t. The server is the one at $FILDEFER_TEST_POSTGRES, or else one that the
// first test of the process starts in a temporary directory and that ends with
// the process. Without PostgreSQL the test fails.
func Postgres(t testing.TB) string {
	t.Helper()
	running, err := server()
	require.NoError(t, err, "PostgreSQL for tests (apt install postgresql, or set FILDEFER_TEST_POSTGRES)")
	name := "test_" + strings.ToLower(rand.Text())
	execute(t, running.admin, `CREATE DATABASE `+name)
	t.Cleanup(func() { execute(t, running.admin, `DROP DATABASE `+name+` WITH (FORCE)`) })
	u, err := url.Parse(running.admin)
	require.NoError(t, err)
	u.Path = "/" + name
	return u.String()
}

func execute(t testing.TB, admin, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", admin)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	_, err = db.ExecContext(context.WithoutCancel(t.Context()), statement)
	require.NoError(t, err)
}

// cluster is a running server.
type cluster struct {
	admin string    // URL of its first database
	alive io.Closer // the server runs for as long as this is held open; may be nil
}

// server starts the server of this process once.
var server = sync.OnceValues(func() (cluster, error) {
	if u := os.Getenv("FILDEFER_TEST_POSTGRES"); u != "" {
		return cluster{admin: u}, nil
	}
	bin, err := programs()
	if err != nil {
		return cluster{}, err
	}
	dir, err := os.MkdirTemp("", "fildefer-postgres-")
	if err != nil {
		return cluster{}, err
	}
	as, err := owner(dir)
	if err != nil {
		return cluster{}, err
	}
	alive, err := start(bin, dir, as)
	if err != nil {
		return cluster{}, errors.Join(err, os.RemoveAll(dir))
	}
	q := url.Values{"host": {dir}, "user": {"postgres"}, "sslmode": {"disable"}}
	return cluster{"postgres:///postgres?" + q.Encode(), alive}, nil
})

// programs is the directory of initdb and postgres: the newest of Debian's, or
// that of the first postgres in the path.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("postgres")
	return filepath.Dir(path), err
}

// owner gives dir to the user that the server runs as: PostgreSQL refuses to
// run as root.
func owner(dir string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
}

// start makes a cluster in dir and runs a server on a socket there. A shell
// stands between: it ends the server and removes dir as soon as this process is
// gone, however that came about, because then its standard input ends.
func start(bin, dir string, as *syscall.Credential) (io.Closer, error) {
	initdb := exec.Command(filepath.Join(bin, "initdb"), "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", filepath.Join(dir, "data"))
	initdb.Dir, initdb.SysProcAttr = dir, &syscall.SysProcAttr{Credential: as}
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	const script = `
		"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c max_connections=200 </dev/null >"$2/log" 2>&1 &
		cat
		kill -INT $!
		wait
		rm -rf "$2"`
	guard := exec.Command("/bin/sh", "-c", script, "sh", bin, dir)
	guard.Dir, guard.SysProcAttr = dir, &syscall.SysProcAttr{Credential: as, Setpgid: true}
	alive, err := guard.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := guard.Start(); err != nil {
		return nil, err
	}
	var log []byte
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		log, _ = os.ReadFile(filepath.Join(dir, "log"))
		if bytes.Contains(log, []byte("ready to accept connections")) {
			return alive, nil
		}
	}
	return nil, errors.Join(fmt.Errorf("the server did not start: %s", log), alive.Close())
}
