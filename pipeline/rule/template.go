package rule

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/fildefer/fildefer/pipeline"
)

// checkTitle refuses a missing French text and names that no value will fill.
func (r *Rule) checkTitle(key string, t Title) []fault {
	if t.FR == "" {
		return []fault{{key + ".fr", "write the French title"}}
	}
	names := append([]string{"asset", "signal", "unit", "since_min"}, r.traits.values...)
	if r.Key != "" {
		names = append(names, "article", "sku")
	}
	var faults []fault
	for lang, text := range map[string]string{"fr": t.FR, "en": t.EN} {
		for _, field := range fields(text) {
			name, _, _ := strings.Cut(field, "|")
			if !slices.Contains(names, name) {
				text := fmt.Sprintf("nothing fills {%s}; use %s", name, strings.Join(names, ", "))
				faults = append(faults, fault{key + "." + lang, text})
			}
		}
	}
	return faults
}

// fields lists what stands between braces.
func fields(s string) []string {
	var list []string
	for {
		_, rest, ok := strings.Cut(s, "{")
		if !ok {
			return list
		}
		field, after, ok := strings.Cut(rest, "}")
		if !ok {
			return list
		}
		list, s = append(list, field), after
	}
}

// checkTerritory returns what is wrong with the template of a territory.
func checkTerritory(s string) string {
	for _, field := range fields(s) {
		if field != "asset" && field != "parent" && (!strings.HasPrefix(field, "attr.") || field == "attr.") {
			return fmt.Sprintf("nothing fills {%s}; use asset, parent or attr.NAME", field)
		}
	}
	if s == "" || strings.Contains(s, "{") {
		return ""
	}
	if _, err := pipeline.ParseAssetPath(s); err != nil {
		return err.Error()
	}
	return ""
}

// territory is where the rule wants its post: "" means at the asset's home,
// which also serves when the event lacks what the template asks for.
func (r *Rule) territory(asset pipeline.AssetPath, attr map[string]string) pipeline.AssetPath {
	s := r.Territory
	for _, field := range fields(s) {
		var value string
		switch name, isAttr := strings.CutPrefix(field, "attr."); {
		case isAttr:
			value = attr[name]
		case field == "parent":
			value = string(asset.Parent())
		default:
			value = string(asset)
		}
		if value == "" {
			return ""
		}
		s = strings.Replace(s, "{"+field+"}", value, 1)
	}
	path, err := pipeline.ParseAssetPath(s)
	if err != nil {
		return ""
	}
	return path
}

// subKey is the part of a condition's key that an attribute gives. One that
// could not be told from another key, or not be stored, is no key.
func subKey(s string) (string, bool) {
	return s, s != "" && len(s) <= pipeline.MaxSegmentBytes && !strings.ContainsFunc(s, unicode.IsControl)
}
