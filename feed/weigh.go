package feed

import "slices"

// weigh looks at a file of people as a whole, as its sender may send it: what it
// would do, or all that is wrong with it. Without hashes it does not know yet
// whose the badges are.
func weigh(by Member, tree *Tree, known []Enrolled, rows []Row, hashes map[string]string) (Intake, RowFaults) {
	people, faults := ReadMembers(tree, rows)
	w := &scale{checker: checker{faults: faults}, by: by, known: map[MemberID]Enrolled{}, owners: map[string]MemberID{}, hashes: hashes}
	for _, k := range known {
		w.known[k.ID] = k
		if k.Badge != "" {
			w.owners[k.Badge] = k.ID
		}
	}
	for _, e := range people {
		if !e.faulty { // what is wrong with the others is said already
			w.person(e)
		}
	}
	if len(w.faults) > 0 {
		return Intake{}, w.sorted()
	}
	slices.SortStableFunc(w.in.Changed, func(a, b Revision) int { return rank(b.From.Revoked) - rank(a.From.Revoked) })
	return w.in, nil
}

// rank puts those first who come back: nobody should overlook them.
func rank(back bool) int {
	if back {
		return 1
	}
	return 0
}

// scale asks of each person of a file what its sender may do to them.
type scale struct {
	checker
	by     Member
	known  map[MemberID]Enrolled
	owners map[string]MemberID // of badges, by their hash
	hashes map[string]string   // by badge
	in     Intake
}

func (w *scale) person(e Enrolment) {
	was, there := w.known[e.ID]
	if there && !w.mayChange(was) {
		w.at(e.rows[0], FieldID, "« {id} » est ou a été quelqu’un hors de votre périmètre : choisissez un autre identifiant, ou demandez à un administrateur de l’ensemble.",
			"“{id}” is or was somebody outside of your scope: choose another id, or ask an administrator of all of it.", Values{"id": string(e.ID)})
		return
	}
	one := w.revision(was, e)
	w.roles(one)
	w.badge(one)
	switch {
	case !there:
		w.in.New = append(w.in.New, one.To)
	case one.isNothing():
		w.in.Same++
	default:
		w.standing(one)
		w.in.Changed = append(w.in.Changed, one)
	}
}

// mayChange tells whether the sender may say anything of somebody: who looks
// after all of it may of everybody, who left included.
func (w *scale) mayChange(was Enrolled) bool {
	return Can(w.by, Administer, "") || !was.Revoked && knows(w.by, &was.Member)
}

// revision is what the file makes of somebody; what it does not say stays.
func (w *scale) revision(was Enrolled, e Enrolment) Revision {
	if e.Lang == "" {
		e.Lang = was.Lang
	}
	if e.Lang == "" {
		e.Lang = French
	}
	if e.Functions == nil {
		e.Functions = was.Functions
	}
	one := Revision{From: was, To: e, Badged: e.Badge != "" && w.hashes != nil && w.hashes[e.Badge] != was.Badge}
	for _, g := range e.Grants {
		if !slices.Contains(was.Grants, g) {
			one.Given = append(one.Given, g)
		}
	}
	for _, g := range was.Grants {
		if !slices.Contains(e.Grants, g) && w.mayGive(g) {
			one.Taken = append(one.Taken, g)
		}
	}
	return one
}

func (w *scale) mayGive(g Grant) bool { return Can(w.by, Appoint, g.Territory) && MayGive(w.by, g) }

// roles notes those that the sender may not give.
func (w *scale) roles(one Revision) {
	e := one.To
	if e.ID == w.by.ID && len(one.Given)+len(one.Taken) > 0 {
		w.refuse(e.rows[0], FieldRole, errOwnRole)
		return
	}
	for i, g := range e.Grants {
		switch {
		case !slices.Contains(one.Given, g) || w.mayGive(g):
		case !Can(w.by, Know, g.Territory): // out of scope is not there
			w.nowhere(e.grantedBy[i], g.Territory)
		default:
			w.refuse(e.grantedBy[i], FieldRole, errAboveOwn)
		}
	}
}

// standing notes what the sender may not change of somebody who works elsewhere
// too: their name and language are the same everywhere.
func (w *scale) standing(one Revision) {
	if one.To.ID == w.by.ID || !beyond(w.by, &one.From.Member) {
		return
	}
	for _, field := range one.Fields() {
		if field != FieldBadge { // asks for more, and did
			w.refuse(one.To.saying(field), field, errElsewhere)
		}
	}
}

// badge notes one that the sender may not hand out, or that is another's. Who
// knows what a badge says is that member: it takes an administrator of all that
// the person does.
func (w *scale) badge(one Revision) {
	e := one.To
	if e.Badge == "" {
		return
	}
	for _, g := range slices.Concat(one.From.Grants, e.Grants) {
		if g.Role != Ambassador && !Can(w.by, Administer, g.Territory) {
			w.at(e.saying(FieldBadge), FieldBadge, "Donner un badge à « {id} » demande un administrateur de tous ses lieux : videz cette cellule.",
				"To give “{id}” a badge takes an administrator of all their places: empty this cell.", Values{"id": string(e.ID)})
			return
		}
	}
	if owner, taken := w.owners[w.hashes[e.Badge]]; taken && owner != e.ID {
		w.at(e.saying(FieldBadge), FieldBadge, "Ce badge est déjà celui d’un collègue : relisez-le, ou retirez-le-lui d’abord.",
			"This badge is a colleague’s already: read it again, or take it from them first.", nil)
	}
}

// refuse notes at a field what the same act is refused with elsewhere.
func (w *scale) refuse(r Row, field string, why *Error) {
	w.at(r, field, why.Text.FR, why.Text.EN, nil)
}

// beyond tells whether m has a role that by may not give.
func beyond(by Member, m *Member) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool { return !g.Territory.IsGroup() && g.Role != Ambassador && !MayGive(by, g) })
}
