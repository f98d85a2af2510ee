package feed

import "time"

// DeviceID identifies a paired device.
type DeviceID string

// DeviceKind says what a device is for.
type DeviceKind string

// Kinds of devices.
const (
	StationDevice DeviceKind = "station" // tablet of a line, phone of an aisle
	WallDevice    DeviceKind = "wall"    // display, read from afar
)

// Device is a tablet, phone or display that an administrator paired with a
// place: it shows the place to whoever stands before it. Only hashes of its
// token and of its code are kept.
type Device struct {
	ID       DeviceID
	Name     string
	Place    Path
	Kind     DeviceKind
	PairedAt time.Time // zero while its code waits to be typed in
	SeenAt   time.Time // by the server, to the minute
}

// Member is the device as one who reads, and on a station takes posts, while
// nobody is signed in on it.
func (d Device) Member(lang Lang) Member {
	role := AtStation
	if d.Kind == WallDevice {
		role = OnWall
	}
	return Member{ID: MemberID("device:" + d.ID), Name: d.Name, Lang: lang, Grants: []Grant{{Territory: d.Place, Role: role}}}
}
