// Package proof plays scenes whose faults are known through the rules that ship,
// and counts what people would have seen of them: one signal that chatters,
// many machines that trip at once, a day of a plant. The numbers of ISA-18.2 and
// EEMUA 191 say what is bearable; the tests here hold the rules to them, and the
// bench prints them.
//
// It owns what counts as found and what as a false post. It knows nothing of how
// rules decide, of SQL, NATS or HTTP.
package proof
