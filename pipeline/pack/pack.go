package pack

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// Pack is one rule file.
type Pack struct {
	Name  string
	About string // in one sentence
	Text  []byte
}

// All lists the packs by name.
func All() []Pack {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(fmt.Sprintf("pack: list the embedded files: %v", err))
	}
	var all []Pack
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			panic(fmt.Sprintf("pack: read the embedded %s: %v", e.Name(), err))
		}
		all = append(all, Pack{Name: strings.TrimSuffix(e.Name(), ".yaml"), About: about(string(text)), Text: text})
	}
	return all
}

// Find returns the pack of that name.
func Find(name string) (Pack, error) {
	all := All()
	i := slices.IndexFunc(all, func(p Pack) bool { return p.Name == name })
	if i < 0 {
		var names []string
		for _, p := range all {
			names = append(names, p.Name)
		}
		return Pack{}, fmt.Errorf("there is no pack %q; choose one of %s", name, strings.Join(names, ", "))
	}
	return all[i], nil
}

// about is the first sentence of the comment that a file begins with.
func about(text string) string {
	var words []string
	for line := range strings.Lines(text) {
		comment, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		words = append(words, strings.Fields(comment)...)
		if first, _, found := strings.Cut(strings.Join(words, " ")+" ", ". "); found {
			return first
		}
	}
	return strings.Join(words, " ")
}
