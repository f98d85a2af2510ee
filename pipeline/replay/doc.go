// Package replay shows what rules would have said: it runs a recorded stream
// through the same engine and editor as the live one and counts what people
// would have seen ([Run], [Compare]), plays the tests that rule files hold
// ([Trials]), and points at what is missing in rules that can be run ([Lint]).
//
//	source ─► clock ─┬─► engine of some assets ─┐
//	                 └─► engine of the others  ─┴─► editor ─► tally ─► report
//
// Assets are spread over engines that run side by side; conditions of different
// assets are independent, so the report does not depend on how many there are.
//
// It writes nothing, has no clock of its own, and knows nothing of NATS, SQL or
// of how a post looks.
package replay
