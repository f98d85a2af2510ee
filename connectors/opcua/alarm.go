package opcua

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/pipeline"
)

// Alarm is the conditions of OPC UA Part 9 that one notifier tells of.
type Alarm struct {
	Node        string            `yaml:"node"`
	Asset       string            `yaml:"asset"`
	Assets      map[string]string `yaml:"assets"`
	Signal      string            `yaml:"signal"`
	MinSeverity int               `yaml:"min_severity"`
	Types       []string          `yaml:"types"`
	Queue       uint32            `yaml:"queue"`
}

// What a key that is left out means. The Server object is the notifier of all
// that a server has (Part 5 §8.3.2); the queue holds a flood of alarms, and a
// refresh, between two publications.
const (
	defaultNotifier    = "i=2253"
	defaultAlarmSignal = "alarm"
	defaultAlarmQueue  = 5000

	maxSeverity = 1000 // Part 5 §6.4.2

	sourceName = "{source}" // the placeholder of a condition's SourceName
)

func (a *Alarm) node() string  { return cmp.Or(a.Node, defaultNotifier) }
func (a *Alarm) queue() uint32 { return cmp.Or(a.Queue, defaultAlarmQueue) }

// key tells the entries of a configuration apart, and is the same in the next
// life of the program.
func (a *Alarm) key() string {
	return strings.Join(append([]string{a.node()}, slices.Sorted(slices.Values(a.Types))...), " ")
}

func (a *Alarm) validate(key string) error {
	var faults []error
	if _, err := parseNodeRef(a.node()); err != nil {
		faults = append(faults, fmt.Errorf("%s.node: %w", key, err))
	}
	for i, t := range a.Types {
		if _, err := parseNodeRef(t); err != nil {
			faults = append(faults, fmt.Errorf("%s.types[%d]: %w", key, i, err))
		}
	}
	if a.Asset == "" && len(a.Assets) == 0 {
		faults = append(faults, fmt.Errorf("%s.asset: an asset path is needed, such as lyon/presses/{source}, or assets", key))
	}
	if a.Asset != "" {
		if err := checkSourceTemplate(a.Asset); err != nil {
			faults = append(faults, fmt.Errorf("%s.asset: %w", key, err))
		}
	}
	for _, source := range slices.Sorted(maps.Keys(a.Assets)) {
		if _, err := pipeline.ParseAssetPath(a.Assets[source]); err != nil {
			faults = append(faults, fmt.Errorf("%s.assets: %s: %w", key, source, err))
		}
	}
	if a.MinSeverity < 0 || a.MinSeverity > maxSeverity {
		faults = append(faults, fmt.Errorf("%s.min_severity must lie in 1 to %d", key, maxSeverity))
	}
	if len(a.Signal) > pipeline.MaxSignalBytes {
		faults = append(faults, fmt.Errorf("%s.signal has more than %d bytes", key, pipeline.MaxSignalBytes))
	}
	return errors.Join(faults...)
}

// validateAlarms refuses two entries that a refresh could not tell apart.
func (c *Config) validateAlarms() error {
	var faults []error
	seen := make(map[string]int, len(c.Alarms))
	for i := range c.Alarms {
		a, key := &c.Alarms[i], fmt.Sprintf("alarms[%d]", i)
		if first, twice := seen[a.key()]; twice {
			faults = append(faults, fmt.Errorf("%s: node and types are those of alarms[%d]", key, first))
		}
		seen[a.key()] = i
		faults = append(faults, a.validate(key))
	}
	return errors.Join(faults...)
}

func checkSourceTemplate(template string) error {
	for _, p := range placeholders(template) {
		if p != sourceName {
			return fmt.Errorf("%s is not %s", p, sourceName)
		}
	}
	_, err := pipeline.ParseAssetPath(strings.ReplaceAll(template, sourceName, "x"))
	return err
}

// notifier is an entry of the configuration, found in a server.
type notifier struct {
	key        string
	asset      string                        // template, or empty
	assets     map[string]pipeline.AssetPath // by SourceName and by source node
	signal     string
	least      int
	types      []*ua.NodeID
	namespaces []string
}

// target finds the notifier among the server's namespaces.
func (a *Alarm) target(namespaces []string) (target, error) {
	node, err := resolveRef(a.node(), namespaces)
	if err != nil {
		return target{}, err
	}
	n := &notifier{
		key: a.key(), asset: a.Asset, assets: make(map[string]pipeline.AssetPath, len(a.Assets)),
		signal: cmp.Or(a.Signal, defaultAlarmSignal), least: a.MinSeverity, namespaces: namespaces,
	}
	for source, text := range a.Assets {
		asset, err := pipeline.ParseAssetPath(text)
		if err != nil {
			return target{}, err
		}
		n.assets[source] = asset
		// A key that is no node id, or one of another server, is a name.
		if node, err := resolveRef(source, namespaces); err == nil {
			n.assets[stableID(node, namespaces)] = asset
		}
	}
	for _, t := range a.Types {
		id, err := resolveRef(t, namespaces)
		if err != nil {
			return target{}, fmt.Errorf("type %s: %w", t, err)
		}
		n.types = append(n.types, id)
	}
	it := item{node: stableID(node, namespaces), signal: n.signal, kind: pipeline.Condition, alarms: n}
	atEach := time.Duration(0)
	return target{item: it, id: node, monitoring: Monitoring{Queue: a.queue(), Sampling: &atEach}}, nil
}

func resolveRef(text string, namespaces []string) (*ua.NodeID, error) {
	ref, err := parseNodeRef(text)
	if err != nil {
		return nil, err
	}
	return ref.resolve(namespaces)
}

// assetOf is what an alarm of that source is about.
func (n *notifier) assetOf(name, node string) (pipeline.AssetPath, error) {
	if asset, ok := n.assets[node]; ok {
		return asset, nil
	}
	if asset, ok := n.assets[name]; ok {
		return asset, nil
	}
	if n.asset == "" {
		return "", fmt.Errorf("%w: name it under assets, or give an asset for all", errUnmapped)
	}
	return pipeline.ParseAssetPath(strings.ReplaceAll(n.asset, sourceName, captured(name)))
}

var errUnmapped = errors.New("the alarm's source has no asset")

// known lists the assets that do not depend on what is heard.
func (n *notifier) known() []pipeline.AssetPath {
	assets := slices.Collect(maps.Values(n.assets))
	if asset, err := pipeline.ParseAssetPath(n.asset); err == nil && !strings.Contains(n.asset, sourceName) {
		assets = append(assets, asset)
	}
	return assets
}
