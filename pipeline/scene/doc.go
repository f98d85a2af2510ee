// Package scene plays streams whose faults are known, to hold rules against: a
// day of a plant, one signal that chatters, many machines that trip at once.
//
// It is pure: the same seed plays the same stream. It knows nothing of rules.
package scene
