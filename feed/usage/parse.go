package usage

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/fault"
)

type file struct {
	Name       string      `yaml:"name"`
	Title      feed.Text   `yaml:"title"`
	About      feed.Text   `yaml:"about"`
	Group      group       `yaml:"group"`
	Checklists []checklist `yaml:"checklists"`
	Welcome    feed.Text   `yaml:"welcome"`
	Rules      []string    `yaml:"rules"`
	Poster     poster      `yaml:"poster"`
}

type group struct {
	Name    feed.Text `yaml:"name"`
	Purpose feed.Text `yaml:"purpose"`
	Kind    string    `yaml:"kind"` // team, project, subject, watch, place
	Join    string    `yaml:"join"` // open, asked, invited
}

type checklist struct {
	Name  string      `yaml:"name"`
	Title feed.Text   `yaml:"title"`
	Every string      `yaml:"every"` // once, shift, day, week
	Items []feed.Text `yaml:"items"`
}

type poster struct {
	Title feed.Text   `yaml:"title"`
	Lines []feed.Text `yaml:"lines"`
}

// Bounds of a usage: what fits on a card, a phone and a poster.
const (
	maxTitle   = 40
	maxAbout   = 160
	maxWelcome = 600
	maxLists   = 4
	maxItems   = 12
	maxItem    = 90
	maxLines   = 4
	maxRules   = 4
)

var word = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// Parse reads the usage of a file, whose name stands in the faults.
func Parse(name string, data []byte) (feed.Usage, error) {
	var f file
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return feed.Usage{}, fmt.Errorf("%s:%w", name, fault.OneLine(err))
	}
	faults := fault.New(name, data)
	f.check(faults)
	if err := faults.Err(); err != nil {
		return feed.Usage{}, err
	}
	return f.usage(), nil
}

func (f file) check(to *fault.List) {
	if !word.MatchString(f.Name) {
		to.At("name", "write a word of small letters, digits and hyphens")
	}
	text(to, "title", f.Title, maxTitle)
	text(to, "about", f.About, maxAbout)
	f.Group.check(to)
	text(to, "welcome", f.Welcome, maxWelcome)
	if len(f.Checklists) == 0 || len(f.Checklists) > maxLists {
		to.At("checklists", "write 1 to %d checklists", maxLists)
	}
	names := map[string]bool{}
	for i, c := range f.Checklists {
		key := fmt.Sprintf("checklists[%d]", i)
		if !word.MatchString(c.Name) || names[c.Name] {
			to.At(key+".name", "each checklist needs a name of its own, of small letters, digits and hyphens")
		}
		names[c.Name] = true
		c.check(to, key)
	}
	if len(f.Rules) > maxRules {
		to.At("rules", "at most %d packs of rules", maxRules)
	}
	for i, r := range f.Rules {
		if !word.MatchString(r) {
			to.At(fmt.Sprintf("rules[%d]", i), "%q is no pack of rules; `fildefer rules packs` lists them", r)
		}
	}
	text(to, "poster.title", f.Poster.Title, maxTitle)
	texts(to, "poster.lines", f.Poster.Lines, maxLines, maxItem)
}

func (g group) check(to *fault.List) {
	text(to, "group.name", g.Name, feed.MaxCircleName)
	text(to, "group.purpose", g.Purpose, feed.MaxCirclePurpose)
	if !slices.Contains(feed.CircleKinds, feed.CircleKind(g.Kind)) {
		to.At("group.kind", "%q is none of %v", g.Kind, feed.CircleKinds)
	}
	if !slices.Contains(feed.JoinPolicies, feed.JoinPolicy(g.Join)) {
		to.At("group.join", "%q is none of %v", g.Join, feed.JoinPolicies)
	}
}

func (c checklist) check(to *fault.List, key string) {
	text(to, key+".title", c.Title, maxTitle)
	if !slices.Contains(feed.Everies, feed.Every(c.Every)) {
		to.At(key+".every", "%q is none of %v", c.Every, feed.Everies)
	}
	texts(to, key+".items", c.Items, maxItems, maxItem)
}

// texts notes what is wrong with a list of texts.
func texts(f *fault.List, key string, list []feed.Text, most, limit int) {
	if len(list) == 0 || len(list) > most {
		f.At(key, "write 1 to %d lines", most)
	}
	for i, t := range list {
		text(f, fmt.Sprintf("%s[%d]", key, i), t, limit)
	}
}

// text notes what is wrong with a text, which stands there in both languages.
func text(f *fault.List, key string, t feed.Text, limit int) {
	for _, said := range []string{t.FR, t.EN} {
		switch {
		case strings.TrimSpace(said) == "":
			f.At(key, "give it in French and in English: {fr: …, en: …}")
			return
		case utf8.RuneCountInString(said) > limit:
			f.At(key, "at most %d characters in each language", limit)
			return
		case feed.Harmless(said) != strings.TrimSpace(said):
			f.At(key, "leave out control characters and spaces at the ends")
			return
		}
	}
}

func (f file) usage() feed.Usage {
	out := feed.Usage{
		Name: f.Name, Title: f.Title, About: f.About, Welcome: f.Welcome, Rules: f.Rules,
		Group:  feed.UsageGroup{Name: f.Group.Name, Purpose: f.Group.Purpose, Kind: feed.CircleKind(f.Group.Kind), Join: feed.JoinPolicy(f.Group.Join)},
		Poster: feed.Poster{Title: f.Poster.Title, Lines: f.Poster.Lines},
	}
	for _, c := range f.Checklists {
		out.Checklists = append(out.Checklists, feed.Checklist{Name: c.Name, Title: c.Title, Every: feed.Every(c.Every), Items: c.Items})
	}
	return out
}
