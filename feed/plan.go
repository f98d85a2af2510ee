package feed

import (
	"slices"
	"strconv"
	"strings"
)

// Fields of a row that says a place. A path says where it is; without one, its
// parent and its name do.
const (
	FieldPath      = "path"
	FieldParent    = "parent"
	FieldName      = "name"
	FieldKind      = "kind"
	FieldTarget    = "target"
	FieldRollout   = "rollout"
	FieldCalendar  = "calendar"
	FieldLanguage  = "language"
	FieldAnimator  = "animator"
	FieldCharter   = "charter"
	FieldCharterEN = "charter_en"
)

// PlaceFields lists the fields of a place, in the order of a file.
var PlaceFields = []string{
	FieldPath, FieldParent, FieldName, FieldKind, FieldTarget, FieldRollout, FieldCalendar, FieldLanguage, FieldAnimator, FieldCharter, FieldCharterEN,
}

// Plan is what a file would make of the tree. Places that it does not name stay.
type Plan struct {
	New     []Territory
	Changed []Change
	Same    int
}

// Change is a place before and after.
type Change struct{ From, To Territory }

// Fields are what changes, in the words of a file.
func (c Change) Fields() []string {
	var out []string
	for _, f := range []struct {
		name    string
		changes bool
	}{
		{FieldName, c.From.Name != c.To.Name},
		{FieldKind, c.From.Kind != c.To.Kind},
		{FieldTarget, c.From.Target != c.To.Target},
		{FieldRollout, c.From.Rollout != c.To.Rollout},
		{FieldCalendar, c.From.Own.Calendar != c.To.Own.Calendar},
		{FieldLanguage, c.From.Own.Lang != c.To.Own.Lang},
		{FieldAnimator, c.From.Own.Animator != c.To.Own.Animator},
		{FieldCharter, c.From.Own.Charter != c.To.Own.Charter},
	} {
		if f.changes {
			out = append(out, f.name)
		}
	}
	return out
}

// Touched lists the paths that the plan writes.
func (p Plan) Touched() []Path {
	var out []Path
	for _, n := range p.New {
		out = append(out, n.Path)
	}
	for _, c := range p.Changed {
		out = append(out, c.To.Path)
	}
	return out
}

// PlanTree looks at a file as a whole: what it would change of the tree, or all
// that is wrong with it. Known tells who is a member.
func PlanTree(old *Tree, rows []Row, known func(MemberID) bool) (Plan, RowFaults) {
	p := &planner{old: old, rows: rows, known: known, byPath: map[Path]int{}}
	p.locate()
	var plan Plan
	for i, r := range rows {
		path := p.paths[i]
		if path == "" {
			continue // told already
		}
		before, stands := old.Get(path)
		after := p.place(r, path, before, stands)
		switch {
		case !stands:
			plan.New = append(plan.New, after)
		case same(before, after):
			plan.Same++
		default:
			plan.Changed = append(plan.Changed, Change{before, after})
		}
	}
	if len(rows) == 0 {
		p.at(Row{}, "", "Le fichier ne contient aucun territoire.", "The file holds no place.", nil)
	}
	if len(p.faults) > 0 {
		return Plan{}, p.sorted()
	}
	return plan, nil
}

// planner finds out which place each row is of.
type planner struct {
	checker
	old    *Tree
	rows   []Row
	known  func(MemberID) bool
	paths  []Path       // of each row; empty: it has none
	byPath map[Path]int // row of a path
	byName map[string][]int
	under  []bool // the path of the row is being found
}

// locate gives each row its path and notes what is twice, what hangs on nothing
// and what hangs on itself.
func (p *planner) locate() {
	p.paths, p.under = make([]Path, len(p.rows)), make([]bool, len(p.rows))
	p.byName = map[string][]int{}
	for i, r := range p.rows {
		p.byName[r.text(FieldName)] = append(p.byName[r.text(FieldName)], i)
	}
	bad := map[int]bool{}
	for i := range p.rows {
		p.find(i, bad)
	}
	for i, r := range p.rows {
		path := p.paths[i]
		if path == "" {
			continue
		}
		if first, twice := p.byPath[path]; twice {
			p.at(r, p.placing(r), "« {path} » est déjà à la ligne {line} : gardez une seule des deux.", "“{path}” stands on line {line} already: keep one of the two.",
				Values{"path": shortened(string(path)), "line": float64(p.rows[first].Line)})
			p.paths[i] = ""
			continue
		}
		p.byPath[path] = i
	}
	p.orphans()
}

func (p *planner) orphans() {
	for i, r := range p.rows {
		above := p.paths[i].Parent()
		if above == "" {
			continue
		}
		_, here := p.byPath[above]
		if _, stands := p.old.Get(above); !here && !stands {
			p.at(r, p.placing(r), "« {path} » n’a pas de territoire au-dessus : ajoutez « {above} », ou corrigez le chemin.",
				"“{path}” has no place above it: add “{above}”, or correct the path.", Values{"path": shortened(string(p.paths[i])), "above": shortened(string(above))})
		}
	}
}

// placing is the field that says where a row is.
func (p *planner) placing(r Row) string {
	if r.text(FieldPath) != "" {
		return FieldPath
	}
	return FieldParent
}

// find is the path of row i: its own, or that of its parent with its name.
func (p *planner) find(i int, bad map[int]bool) Path {
	r := p.rows[i]
	switch {
	case p.paths[i] != "" || bad[i]:
		return p.paths[i]
	case p.under[i]:
		bad[i] = true
		p.at(r, FieldParent, "« {name} » se trouve au-dessous de lui-même : corrigez son parent.", "“{name}” lies below itself: correct its parent.", Values{"name": shortened(r.text(FieldName))})
		return ""
	}
	p.under[i] = true
	path := Path(r.text(FieldPath))
	if path == "" {
		path = p.below(i, bad)
	}
	p.under[i] = false
	if path == "" || bad[i] || !p.wellFormed(r, path) {
		bad[i] = true
		return ""
	}
	p.paths[i] = path
	return path
}

// below is the path of a row that names its parent, by path or by name.
func (p *planner) below(i int, bad map[int]bool) Path {
	r := p.rows[i]
	segment := Segment(r.text(FieldName))
	parent := r.text(FieldParent)
	switch {
	case segment == "":
		p.at(r, FieldName, "Le territoire n’a ni chemin ni nom : donnez l’un des deux.", "The place has neither path nor name: give one.", nil)
		return ""
	case parent == "":
		return Path(segment)
	}
	if j := slices.IndexFunc(p.rows, func(o Row) bool { return o.text(FieldPath) == parent }); j >= 0 {
		return Path(parent + "/" + segment)
	}
	if named := p.byName[parent]; len(named) == 1 {
		if above := p.find(named[0], bad); above != "" {
			return above + "/" + Path(segment)
		}
		return ""
	} else if len(named) > 1 {
		p.at(r, FieldParent, "Plusieurs territoires s’appellent « {parent} » : écrivez le chemin du bon.", "Several places are called “{parent}”: write the path of the right one.", Values{"parent": shortened(parent)})
		return ""
	}
	return Path(parent + "/" + segment)
}

// wellFormed notes a path that no machine could be under.
func (p *planner) wellFormed(r Row, path Path) bool {
	if err := CheckPath(path); err != nil {
		p.at(r, p.placing(r), "Le chemin « {path} » n’est pas valable : {fr}.", "The path “{path}” is not valid: {en}.",
			Values{"path": shortened(string(path)), "fr": err.Text.FR, "en": err.Text.EN})
		return false
	}
	return true
}

// place is what the tree holds of a path with what the row says of it.
func (p *planner) place(r Row, path Path, before Territory, stands bool) Territory {
	n := before
	n.Path = path
	if p.readable(r, FieldName, MaxName, false) && r.text(FieldName) != "" {
		n.Name = r.text(FieldName)
	}
	if n.Name == "" {
		p.at(r, FieldName, "« {path} » n’a pas de nom : donnez celui que les gens utilisent.", "“{path}” has no name: give the one that people use.", Values{"path": shortened(string(path))})
	}
	if oneOf(&p.checker, r, FieldKind, PlaceKinds) && r.text(FieldKind) != "" {
		n.Kind = PlaceKind(r.text(FieldKind))
	} else if !stands && r.text(FieldKind) == "" {
		p.at(r, FieldKind, "« {path} » n’a pas de type : choisissez parmi {known}.", "“{path}” has no kind: choose one of {known}.",
			Values{"path": shortened(string(path)), "known": joinKinds()})
	}
	if oneOf(&p.checker, r, FieldRollout, Rollouts) && r.text(FieldRollout) != "" {
		n.Rollout = Rollout(r.text(FieldRollout))
	}
	p.target(r, &n)
	p.own(r, &n)
	return n
}

func joinKinds() string {
	var words []string
	for _, k := range PlaceKinds {
		words = append(words, string(k))
	}
	return strings.Join(words, ", ")
}

// target reads a number as French and English write it.
func (p *planner) target(r Row, n *Territory) {
	text := r.text(FieldTarget)
	if text == "" {
		return
	}
	plain := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".").Replace(text)
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || v < 0 || v > 1e12 {
		p.at(r, FieldTarget, "« {text} » n’est pas un nombre positif : écrivez 210 ou 12,5.", "“{text}” is no positive number: write 210 or 12.5.", Values{"text": shortened(text)})
		return
	}
	n.Target = v
}

func (p *planner) own(r Row, n *Territory) {
	if p.readable(r, FieldCalendar, MaxName, false) && r.text(FieldCalendar) != "" {
		n.Own.Calendar = r.text(FieldCalendar)
	}
	if oneOf(&p.checker, r, FieldLanguage, []Lang{French, English}) && r.text(FieldLanguage) != "" {
		n.Own.Lang = Lang(r.text(FieldLanguage))
	}
	if id := MemberID(r.text(FieldAnimator)); id != "" {
		if !p.known(id) {
			p.at(r, FieldAnimator, "Personne ne s’identifie sous « {id} » : ajoutez cette personne d’abord.", "Nobody signs in as “{id}”: add this person first.", Values{"id": shortened(string(id))})
		}
		n.Own.Animator = id
	}
	text := Text{}
	if n.Own.Charter != nil {
		text = n.Own.Charter.Text
	}
	if p.readable(r, FieldCharter, MaxText, true) && r.text(FieldCharter) != "" {
		text.FR = r.text(FieldCharter)
	}
	if p.readable(r, FieldCharterEN, MaxText, true) && r.text(FieldCharterEN) != "" {
		text.EN = r.text(FieldCharterEN)
	}
	n.Own.Charter = n.Own.Charter.reworded(text)
}

// reworded is the charter with a text; a new text is a new version.
func (c *Charter) reworded(text Text) *Charter {
	switch {
	case c == nil && text.IsZero():
		return nil
	case c == nil:
		return &Charter{Text: text, Version: 1}
	case c.Text == text:
		return c
	}
	return &Charter{Text: text, Version: c.Version + 1}
}
