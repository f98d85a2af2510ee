package mqtt_test

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/mqtt"
)

func TestTheUserIsCheckedByTheBroker(t *testing.T) {
	t.Parallel()
	passwords := filepath.Join(t.TempDir(), "passwords")
	require.NoError(t, exec.Command("mosquitto_passwd", "-b", "-c", passwords, "fildefer", "right").Run())
	broker := newMosquitto(t, "allow_anonymous false", "password_file "+passwords)
	file := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(file, []byte("wrong\n"), 0o600))

	cfg := configFor(broker.url())
	cfg.User, cfg.PasswordFile = "fildefer", file
	sink := &ledger{}
	l := live(t, cfg, sink)
	down := l.await(connectors.Down, "refuses this user: check user and password")
	require.NotContains(t, down.Detail, "wrong")

	require.NoError(t, os.WriteFile(file, []byte("right\n"), 0o600))
	l.await(connectors.Up, "")
	newMachine(t, broker.addr, func(o *paho.ClientOptions) { o.SetUsername("fildefer").SetPassword("right") }).emit(1, "in")
	within(t, func(c *require.Assertions) { c.Equal([]string{"in"}, sink.keys()) })
}

func TestAnEncryptedLinkNeedsTheRightCertificates(t *testing.T) {
	t.Parallel()
	ours, theirs := newAuthority(t), newAuthority(t)
	ours.issue("broker", "localhost", time.Now().Add(time.Hour))
	ours.issue("client", "fildefer", time.Now().Add(time.Hour))
	ours.issue("expired", "localhost", time.Now().Add(-time.Hour))
	theirs.issue("client", "fildefer", time.Now().Add(time.Hour))
	secured := func(cert string) *mosquitto {
		return newMosquitto(t, "cafile "+ours.path("ca.pem"), "certfile "+ours.path(cert+".pem"),
			"keyfile "+ours.path(cert+".key"), "require_certificate true")
	}
	broker, expired, plain := secured("broker"), secured("expired"), newMosquitto(t)
	right := mqtt.TLS{CA: ours.path("ca.pem"), Cert: ours.path("client.pem"), Key: ours.path("client.key")}

	for name, c := range map[string]struct {
		addr   string
		change func(*mqtt.TLS)
		want   string
	}{
		"right":             {broker.addr, func(*mqtt.TLS) {}, "connected, 1 subscription granted"},
		"unknown authority": {broker.addr, func(s *mqtt.TLS) { s.CA = theirs.path("ca.pem") }, "not signed by a known authority: set tls.ca"},
		"other name":        {broker.addr, func(s *mqtt.TLS) { s.ServerName = "elsewhere" }, "for another name"},
		"no certificate":    {broker.addr, func(s *mqtt.TLS) { s.Cert, s.Key = "", "" }, "check tls.cert and tls.key"},
		"foreign client":    {broker.addr, func(s *mqtt.TLS) { s.Cert, s.Key = theirs.path("client.pem"), theirs.path("client.key") }, "check tls.cert and tls.key"},
		"expired":           {expired.addr, func(*mqtt.TLS) {}, "certificate is only valid from"},
		"plain port":        {plain.addr, func(*mqtt.TLS) {}, ""},
		"no file":           {broker.addr, func(s *mqtt.TLS) { s.CA = "nowhere.pem" }, "read tls.ca: open nowhere.pem"},
		"no certificate in": {broker.addr, func(s *mqtt.TLS) { s.CA = ours.path("client.key") }, "holds no certificate in PEM form"},
		"no pair":           {broker.addr, func(s *mqtt.TLS) { s.Cert = "nowhere.pem" }, "read tls.cert and tls.key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := configFor("mqtts://" + c.addr)
			cfg.ClientID += strings.ReplaceAll(name, " ", "-")
			cfg.TLS = right
			c.change(&cfg.TLS)
			connector, err := mqtt.New("line-3", cfg, logOf(t))
			require.NoError(t, err)
			sentence, err := connector.Check(t.Context())
			if err != nil {
				sentence = err.Error()
			}
			require.Equal(t, name == "right", err == nil, sentence)
			require.Contains(t, sentence, "mqtts://"+c.addr+": ")
			require.Contains(t, sentence, c.want)
		})
	}
}

func TestMessagesFlowOverAnEncryptedLink(t *testing.T) {
	t.Parallel()
	ca := newAuthority(t)
	ca.issue("broker", "localhost", time.Now().Add(time.Hour))
	addr := freeAddr(t)
	_, port, err := net.SplitHostPort(addr)
	require.NoError(t, err)
	broker := newMosquitto(t, "listener "+port+" 127.0.0.1", "certfile "+ca.path("broker.pem"), "keyfile "+ca.path("broker.key"))
	cfg := configFor("mqtts://" + addr)
	cfg.TLS.CA = ca.path("ca.pem")
	sink := &ledger{}
	live(t, cfg, sink).await(connectors.Up, "")
	newMachine(t, broker.addr).emit(1, "sealed")
	within(t, func(c *require.Assertions) { c.Equal([]string{"sealed"}, sink.keys()) })
}

func TestARefusedSubscriptionIsNamedAndTheOthersFlow(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t, accessList(t, "plant/#")...)
	cfg := configFor(broker.url())
	cfg.Subscriptions = append(cfg.Subscriptions, mqtt.Subscription{Filter: "secret/+/recipe", Signal: "recipe"})
	sink := &ledger{}
	l := live(t, cfg, sink)
	l.await(connectors.Down, `the broker refuses 1 of 2 subscriptions: "secret/+/recipe"`)
	newMachine(t, broker.addr).emit(1, "allowed")
	within(t, func(c *require.Assertions) { c.Equal([]string{"allowed"}, sink.keys()) })

	connector, err := mqtt.New("line-3", cfg, logOf(t))
	require.NoError(t, err)
	_, err = connector.Check(t.Context())
	require.ErrorContains(t, err, `"secret/+/recipe"`)
}

// accessList makes Mosquitto grant subscriptions below one filter only, which
// its plain access list cannot: it grants all and filters messages.
func accessList(t *testing.T, filter string) []string {
	t.Helper()
	plugins, err := filepath.Glob("/usr/lib/*/mosquitto_dynamic_security.so")
	require.NoError(t, err)
	require.NotEmpty(t, plugins, "the package mosquitto has no dynamic security plugin")
	list, err := json.Marshal(map[string]any{
		"defaultACLAccess": map[string]bool{"publishClientSend": true, "publishClientReceive": true, "subscribe": false, "unsubscribe": true},
		"anonymousGroup":   "machines",
		"groups":           []any{map[string]any{"groupname": "machines", "roles": []any{map[string]any{"rolename": "read"}}}},
		"roles": []any{map[string]any{"rolename": "read", "acls": []any{
			map[string]any{"acltype": "subscribePattern", "topic": filter, "priority": 0, "allow": true},
		}}},
	})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "access.json")
	require.NoError(t, os.WriteFile(file, list, 0o600))
	return []string{"plugin " + plugins[0], "plugin_opt_config_file " + file}
}

func TestCheckSaysWhatItReachedAndTakesNothing(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	machine := newMachine(t, broker.addr)
	first := live(t, configFor(broker.url()), &ledger{})
	first.await(connectors.Up, "")
	first.stop()
	machine.emit(1, "kept")

	connector, err := mqtt.New("line-3", configFor(broker.url()), logOf(t))
	require.NoError(t, err)
	sentence, err := connector.Check(t.Context())
	require.NoError(t, err)
	require.Equal(t, broker.url()+": connected, 1 subscription granted", sentence)

	sink := &ledger{}
	live(t, configFor(broker.url()), sink)
	within(t, func(c *require.Assertions) { c.Equal([]string{"kept"}, sink.keys()) })
}

func TestCheckSaysWhyItReachedNothing(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = silent.Close() })
	for url, want := range map[string]string{
		"mqtt://" + freeAddr(t):             "nothing listens there",
		"mqtt://no-such-host.invalid":       "the host name is not known",
		"mqtt://" + silent.Addr().String():  "no answer within 10s",
		"mqtts://" + silent.Addr().String(): "no answer within 10s",
	} {
		t.Run(url, func(t *testing.T) {
			t.Parallel()
			connector, err := mqtt.New("line-3", configFor(url), logOf(t))
			require.NoError(t, err)
			_, err = connector.Check(t.Context())
			require.ErrorContains(t, err, url+": "+want)
		})
	}
}
