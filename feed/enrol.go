package feed

import (
	"slices"
	"strings"
)

// Fields of a row that says a person. Whoever has several places has as many
// rows.
const (
	FieldID        = "id"
	FieldTerritory = "territory"
	FieldRole      = "role"
	FieldFunctions = "functions"
	FieldBadge     = "badge"
)

// MemberFields lists the fields of a person, in the order of a file.
var MemberFields = []string{FieldID, FieldName, FieldLanguage, FieldTerritory, FieldRole, FieldFunctions, FieldBadge}

// Enrolment is a person as a file has them. The badge is what it says; empty
// where the file says nothing, and the person keeps the one they have.
type Enrolment struct {
	Member
	Badge string

	rows      []Row // all that say the person
	grantedBy []Row // of each grant
	faulty    bool  // one of them says something wrong
}

// saying is the row that says a field of the person.
func (e Enrolment) saying(field string) Row {
	if i := slices.IndexFunc(e.rows, func(r Row) bool { return r.text(field) != "" }); i >= 0 {
		return e.rows[i]
	}
	return e.rows[0]
}

// ReadMembers reads the people of a file and notes all that is wrong with what
// it says, whoever sends it. What it does not say of them is empty.
func ReadMembers(tree *Tree, rows []Row) ([]Enrolment, RowFaults) {
	p := &enroller{tree: tree, byID: map[MemberID]int{}, badges: map[string]MemberID{}}
	for _, r := range rows {
		p.row(r)
	}
	if len(rows) == 0 {
		p.at(Row{}, "", "Le fichier ne contient personne.", "The file holds nobody.", nil)
	}
	return p.people, p.faults
}

type enroller struct {
	checker
	tree   *Tree
	people []Enrolment
	byID   map[MemberID]int
	badges map[string]MemberID
}

func (p *enroller) row(r Row) {
	id := MemberID(r.text(FieldID))
	if id == "" {
		p.at(r, FieldID, "L’identifiant manque : donnez le nom avec lequel la personne s’identifie.", "The id is missing: give the name that the person signs in with.", nil)
		return
	}
	if !p.readable(r, FieldID, MaxName, false) {
		return
	}
	faults := len(p.faults)
	if err := CheckMemberID(id); err != nil {
		p.at(r, FieldID, "« {id} » est le nom d’un appareil : choisissez-en un autre.", "“{id}” is a device’s name: choose another.", Values{"id": string(id)})
	}
	i, again := p.byID[id]
	if !again {
		i = len(p.people)
		p.byID[id] = i
		p.people = append(p.people, Enrolment{Member: Member{ID: id}})
	}
	e := &p.people[i]
	e.rows = append(e.rows, r)
	p.person(r, e, again)
	p.grant(r, e)
	p.badge(r, e)
	e.faulty = e.faulty || len(p.faults) > faults
}

// person reads what is the same in each row of a person.
func (p *enroller) person(r Row, e *Enrolment, again bool) {
	name := r.text(FieldName)
	switch {
	case !p.readable(r, FieldName, MaxName, false):
	case name == "" && e.Name == "":
		p.at(r, FieldName, "« {id} » n’a pas de nom : donnez celui que ses collègues lisent.", "“{id}” has no name: give the one that colleagues read.", Values{"id": string(e.ID)})
	case again && name != "" && name != e.Name:
		p.at(r, FieldName, "« {id} » s’appelle « {first} » plus haut : une personne a un seul nom.", "“{id}” is called “{first}” above: a person has one name.", Values{"id": string(e.ID), "first": e.Name})
	case name != "":
		e.Name = name
	}
	if oneOf(&p.checker, r, FieldLanguage, []Lang{French, English}) && r.text(FieldLanguage) != "" {
		e.Lang = Lang(r.text(FieldLanguage))
	}
	if !p.readable(r, FieldFunctions, MaxName, false) {
		return
	}
	for f := range strings.FieldsFuncSeq(r.text(FieldFunctions), func(ch rune) bool { return strings.ContainsRune(",|/ ", ch) }) {
		if !slices.Contains(e.Functions, f) {
			e.Functions = append(e.Functions, f)
		}
	}
}

func (p *enroller) grant(r Row, e *Enrolment) {
	g := Grant{Territory: Path(r.text(FieldTerritory)), Role: Role(r.text(FieldRole))}
	switch {
	case g.Role == "":
		p.at(r, FieldRole, "« {id} » n’a pas de rôle : donnez-en un.", "“{id}” has no role: give one.", Values{"id": string(e.ID)})
		return
	case !oneOf(&p.checker, r, FieldRole, Roles):
		return
	}
	if _, stands := p.tree.Get(g.Territory); !stands {
		p.nowhere(r, g.Territory)
		return
	}
	if slices.Contains(e.Grants, g) {
		p.at(r, FieldTerritory, "« {id} » a déjà ce rôle à cet endroit plus haut : retirez cette ligne.", "“{id}” has this role at this place above already: take this line out.", Values{"id": string(e.ID)})
		return
	}
	e.Grants, e.grantedBy = append(e.Grants, g), append(e.grantedBy, r)
}

// nowhere notes that there is no such place, for all that the sender knows.
func (c *checker) nowhere(r Row, place Path) {
	c.at(r, FieldTerritory, "Le territoire « {path} » n’existe pas : importez-le d’abord, ou corrigez le chemin.",
		"There is no place “{path}”: import it first, or correct the path.", Values{"path": shortened(string(place))})
}

func (p *enroller) badge(r Row, e *Enrolment) {
	badge := r.text(FieldBadge)
	const least, most = 4, 128
	switch owner, taken := p.badges[badge]; {
	case badge == "":
		return
	case !p.readable(r, FieldBadge, most, false):
		return
	case len([]rune(badge)) < least:
		p.at(r, FieldBadge, "Le badge de « {id} » compte moins de 4 caractères : relisez-le.", "The badge of “{id}” has less than 4 characters: read it again.", Values{"id": string(e.ID)})
		return
	case taken && owner != e.ID:
		p.at(r, FieldBadge, "Ce badge est déjà celui de « {owner} » plus haut.", "This badge is that of “{owner}” above already.", Values{"owner": string(owner)})
		return
	}
	p.badges[badge] = e.ID
	e.Badge = badge
}
