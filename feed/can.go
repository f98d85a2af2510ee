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
)

var allowed = map[Action][]Role{
	Read:       {Operator, Staff, Lead, Manager, Animator, Admin, Insider, Keeper, AtStation, OnWall},
	Write:      {Operator, Staff, Lead, Manager, Animator, Insider, Keeper},
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
}

// Can tells whether m may do a at place: one of m's grants covers the place
// with a role that allows the action. Nothing else allows anything.
func Can(m Member, a Action, place Path) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool {
		return place.Within(g.Territory) && slices.Contains(allowed[a], g.Role)
	})
}

// Require returns nil when m may do a at place, ErrNotFound when m may not
// even read there, and a Forbidden error otherwise.
func Require(m Member, a Action, place Path) error {
	switch {
	case Can(m, a, place):
		return nil
	case !Can(m, Read, place):
		return ErrNotFound
	default:
		return Refuse(Forbidden, "Votre rôle ne permet pas cette action ici.", "Your role does not allow this here.")
	}
}
