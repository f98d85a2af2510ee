package feed

import "slices"

// Action is something a person may be allowed to do at a place.
type Action string

// Actions.
const (
	Read       Action = "read"       // see posts, comments and figures
	Write      Action = "write"      // comment and react
	Report     Action = "report"     // open a post
	Attend     Action = "attend"     // take, be on site
	Handle     Action = "handle"     // give back, resolve, reopen, shelve
	Oversee    Action = "oversee"    // give back what another took, shelve for longer, put out of service
	Animate    Action = "animate"    // see ghosts, and say how far a territory is
	Operate    Action = "operate"    // see sources and dead letters
	Administer Action = "administer" // members, devices, configuration
	Publish    Action = "publish"    // announcements, must-read notices, questions to a population
	Moderate   Action = "moderate"   // hide what somebody wrote, with a reason
	Arrange    Action = "arrange"    // the tree of territories and what each has of its own
	Invite     Action = "invite"     // people to roles at or below the place
	Decide     Action = "decide"     // in a circuit, where its step names the role
	Audit      Action = "audit"      // read the audit log
	Weigh      Action = "weigh"      // activity reports of the place
	Know       Action = "know"       // that the place is there, and its name
	Appoint    Action = "appoint"    // give and take roles at or below the place
	Nudge      Action = "nudge"      // remind those present of a post that nobody answered
	Pin        Action = "pin"        // have a post stand first for a week
)

// allowed is the matrix of roles and what each may do. Whoever looks after the
// machinery reads nothing of what people and machines say with it: an
// administrator keeps rules, devices and members, an auditor reads the log.
var allowed = map[Action][]Role{
	Read:       {Operator, Staff, Lead, Manager, Animator, Ambassador, Insider, Keeper, AtStation, OnWall},
	Write:      {Operator, Staff, Lead, Manager, Animator, Ambassador, Insider, Keeper},
	Report:     {Operator, Staff, Lead, Manager, Animator, Insider, Keeper},
	Attend:     {Operator, Staff, Lead, Manager, AtStation},
	Handle:     {Operator, Staff, Lead, Manager},
	Oversee:    {Lead, Manager},
	Animate:    {Animator, Manager, Admin},
	Operate:    {Manager, Admin},
	Administer: {Admin},
	Publish:    {Lead, Manager, Animator, Keeper},
	Moderate:   {Lead, Manager, Animator, Keeper},
	Arrange:    {Manager, Animator, Admin},
	Invite:     {Lead, Manager, Admin},
	Decide:     {Operator, Staff, Lead, Manager, Animator},
	Audit:      {Auditor},
	Weigh:      {Operator, Staff, Lead, Manager, Animator, Auditor},
	Know:       {Operator, Staff, Lead, Manager, Animator, Admin, Auditor, Ambassador, Insider, Keeper, AtStation, OnWall},
	Appoint:    {Manager, Admin},
	Nudge:      {Lead, Manager, Animator, Ambassador},
	Pin:        {Lead, Manager, Animator, Ambassador},
}

// RolesThat lists the roles that allow an action.
func RolesThat(a Action) []Role { return slices.Clone(allowed[a]) }

// Can tells whether m may do a at place: one of m's grants covers the place
// with a role that allows the action. Nothing else allows anything.
func Can(m Member, a Action, place Path) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool {
		return place.Within(g.Territory) && slices.Contains(allowed[a], g.Role)
	})
}

// Require returns nil when m may do a at place, ErrNotFound when m does
// not even know of it, and a Forbidden error otherwise.
func Require(m Member, a Action, place Path) error {
	switch {
	case Can(m, a, place):
		return nil
	case !Can(m, Know, place):
		return ErrNotFound
	default:
		return Refuse(Forbidden, "Votre rôle ne permet pas cette action ici.", "Your role does not allow this here.")
	}
}

// gives is which roles one may give others: none that does more than one's own.
var gives = map[Role][]Role{
	Lead:    {Operator, Staff, Lead},
	Manager: {Operator, Staff, Lead, Animator, Manager},
	Admin:   Roles,
}

// MayGive tells whether m may give others a role at a place, by an invitation
// or at once: one of m's grants covers the place, with a role that gives it.
func MayGive(m Member, g Grant) bool {
	return slices.ContainsFunc(m.Grants, func(own Grant) bool {
		return g.Territory.Within(own.Territory) && slices.Contains(gives[own.Role], g.Role)
	})
}
