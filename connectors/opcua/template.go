package opcua

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// ownName is the placeholder of a variable's own browse name.
const ownName = "{name}"

// checkTemplate reports a placeholder that is neither {name} nor the number of
// a wildcard.
func checkTemplate(template string, wildcards int) error {
	for _, p := range placeholders(template) {
		n, err := strconv.Atoi(p[1 : len(p)-1])
		if p != ownName && (err != nil || n < 1 || n > wildcards) {
			return fmt.Errorf("%s names none of the path's %d wildcards, nor {name}", p, wildcards)
		}
	}
	return nil
}

// expand fills a checked template.
func expand(template string, captures []string, name string) string {
	pairs := []string{ownName, captured(name)}
	for i, c := range captures {
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), c)
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

func placeholders(template string) []string {
	return regexp.MustCompile(`\{[^}]*\}?`).FindAllString(template, -1)
}
