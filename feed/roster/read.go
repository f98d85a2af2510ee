package roster

import (
	"bytes"
	"cmp"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/fildefer/fildefer/feed"
)

// Bounds of a file: a plant with each of its machines, many times over.
const (
	MaxBytes = 8 << 20
	maxRows  = 20_000
)

// Read returns the rows of a file whose name tells its format, or what keeps
// them from being read. Fields are those that a row may have.
func Read(name string, data []byte, fields []string) ([]feed.Row, error) {
	if len(data) > MaxBytes {
		return nil, fault(0, 0, "Le fichier dépasse 8 Mo : coupez-le en deux.", "The file is larger than 8 MB: cut it in two.", nil)
	}
	text := decode(data)
	var rows []feed.Row
	var faults feed.RowFaults
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".csv", ".txt":
		rows, faults = readCSV(text, fields)
	case ".yaml", ".yml":
		rows, faults = readYAML(text, fields)
	default:
		faults = fault(0, 0, "« {name} » n’est ni un .csv ni un .yaml : enregistrez-le dans l’un des deux.", "“{name}” is neither .csv nor .yaml: save it as one of them.", feed.Values{"name": filepath.Base(name)})
	}
	switch {
	case len(faults) > 0:
		return nil, faults
	case len(rows) > maxRows:
		return nil, fault(rows[maxRows].Line, 0, "Le fichier dépasse 20 000 lignes : coupez-le en deux.", "The file has more than 20,000 lines: cut it in two.", nil)
	}
	return rows, nil
}

func fault(line, column int, fr, en string, v feed.Values) feed.RowFaults {
	return feed.RowFaults{{Line: line, Column: column, Text: feed.Text{FR: fr, EN: en}, Values: v}}
}

// decode is the text of a file in UTF-8. French Excel writes Windows-1252, which
// is hardly ever valid UTF-8 once it holds an accent.
func decode(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return data
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return out
}

// spoken are the words that people write for a field or value, beside our own.
var spoken = map[string]string{
	"chemin": feed.FieldPath, "code": feed.FieldPath,
	"dans": feed.FieldParent, "au-dessus": feed.FieldParent,
	"nom":  feed.FieldName,
	"type": feed.FieldKind, "nature": feed.FieldKind,
	"cible": feed.FieldTarget, "cadence": feed.FieldTarget,
	"etat": feed.FieldRollout, "état": feed.FieldRollout, "deploiement": feed.FieldRollout, "déploiement": feed.FieldRollout,
	"calendrier": feed.FieldCalendar,
	"langue":     feed.FieldLanguage, "lang": feed.FieldLanguage,
	"animateur": feed.FieldAnimator,
	"charte":    feed.FieldCharter, "charte_en": feed.FieldCharterEN,
	"identifiant": feed.FieldID,
	"territoire":  feed.FieldTerritory,
	"rôle":        feed.FieldRole,
	"fonctions":   feed.FieldFunctions, "fonction": feed.FieldFunctions, "function": feed.FieldFunctions,
}

// meant are the words that people write for a value of a field.
var meant = map[string]map[string]string{
	feed.FieldKind: {
		"entreprise": "company", "société": "company", "societe": "company", "usine": "site", "atelier": "workshop", "ligne": "line", "poste": "station",
		"enseigne": "banner", "magasin": "store", "département": "department", "departement": "department", "rayon": "aisle",
	},
	feed.FieldRollout:  {"fantôme": "ghost", "fantome": "ghost", "pilote": "pilot", "ouvert": "open"},
	feed.FieldLanguage: {"français": "fr", "francais": "fr", "anglais": "en", "french": "fr", "english": "en"},
	feed.FieldRole: {
		"opérateur": "operator", "operateur": "operator", "employé": "staff", "employe": "staff", "chef d'équipe": "lead", "chef d’équipe": "lead",
		"responsable": "manager", "animateur": "animator", "administrateur": "admin", "auditeur": "auditor",
		// as the screens call them
		"conduite de ligne": "operator", "équipe du rayon": "staff", "animation": "animator", "administration": "admin",
		"line operation": "operator", "aisle team": "staff", "team lead": "lead", "management": "manager", "community lead": "animator",
	},
}

// fieldOf is the field that a heading names, and whether there is such a one.
func fieldOf(heading string, fields []string) (string, bool) {
	word := strings.ToLower(strings.TrimSpace(heading))
	for _, candidate := range []string{word, strings.ReplaceAll(word, " ", "_"), spoken[word]} {
		for _, f := range fields {
			if f == candidate {
				return f, true
			}
		}
	}
	return word, false
}

// cell is what a value means in a field.
func cell(field, text string, line, column int) feed.Cell {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if words, ok := meant[field]; ok { // of a few words, however they are capitalised
		text = strings.ToLower(text)
		text = cmp.Or(words[text], text)
	}
	return feed.Cell{Text: text, Line: line, Column: column}
}
