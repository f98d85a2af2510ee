package replay

import (
	"errors"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// actText is what somebody does in a trial: {at: 5m, shelve: RULE, for: 1h}. The
// word names the rule whose condition or post is meant.
type actText struct {
	At     rule.Delay         `yaml:"at"`
	Asset  pipeline.AssetPath `yaml:"asset"` // default: the trial's
	Sub    string             `yaml:"sub"`   // the article, where a rule has several conditions on one asset
	For    rule.Delay         `yaml:"for"`   // of shelve
	Once   bool               `yaml:"once"`  // of shelve
	Reason string             `yaml:"reason"`
	Member string             `yaml:"member"`

	Take     string `yaml:"take"`
	Resolve  string `yaml:"resolve"`
	Reopen   string `yaml:"reopen"`
	Shelve   string `yaml:"shelve"`
	Unshelve string `yaml:"unshelve"`
	Disable  string `yaml:"disable"`
	Enable   string `yaml:"enable"`
	Reset    string `yaml:"reset"`
}

// meant is what is done, and the rule.
func (a *actText) meant() (kind pipeline.ActKind, id string, err error) {
	for _, c := range []struct {
		kind pipeline.ActKind
		rule string
	}{
		{pipeline.ActTake, a.Take},
		{pipeline.ActResolve, a.Resolve},
		{pipeline.ActReopen, a.Reopen},
		{pipeline.ActShelve, a.Shelve},
		{pipeline.ActUnshelve, a.Unshelve},
		{pipeline.ActDisable, a.Disable},
		{pipeline.ActEnable, a.Enable},
		{pipeline.ActReset, a.Reset},
	} {
		if c.rule == "" {
			continue
		}
		if id != "" {
			return "", "", errors.New("an act is one thing; write two acts")
		}
		kind, id = c.kind, c.rule
	}
	if id == "" {
		return "", "", errors.New("say what is done to the post or condition of which rule: take, resolve, reopen, shelve, unshelve, disable, enable or reset")
	}
	return kind, id, nil
}

func (a *actText) act(start time.Time) (pipeline.Act, error) {
	kind, id, err := a.meant()
	if err != nil {
		return pipeline.Act{}, err
	}
	if kind == pipeline.ActShelve && a.For.Duration == 0 && !a.Once {
		return pipeline.Act{}, errors.New("say how long it is shelved: for: 1h, or once: true")
	}
	act := pipeline.Act{
		Kind: kind, Asset: a.Asset, Key: id + "\t" + string(a.Asset) + "\t" + a.Sub,
		OneShot: a.Once, Reason: a.Reason, Member: a.Member,
	}
	act.Thread = act.Key
	if a.For.Duration > 0 {
		act.Until = start.Add(a.At.Duration + a.For.Duration)
	}
	return act, nil
}
