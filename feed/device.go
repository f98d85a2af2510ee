package feed

import (
	"strings"
	"time"
)

// DeviceID identifies a paired device.
type DeviceID string

// DeviceKind says what a device is for.
type DeviceKind string

// Kinds of devices.
const (
	StationDevice DeviceKind = "station" // tablet of a line, phone of an aisle
	WallDevice    DeviceKind = "wall"    // display, read from afar
)

// MaxDeviceName bounds what a device is called, in characters.
const MaxDeviceName = 80

// Device is a tablet, phone or display that an administrator paired with a
// place: it shows the place to whoever stands before it. Only hashes of its
// token and of its code are kept.
type Device struct {
	ID          DeviceID
	Name        string
	Place       Path
	Kind        DeviceKind
	CodeExpires time.Time // until when its code may be typed in; zero when none waits
	PairedAt    time.Time // zero while its first code waits to be typed in
	SeenAt      time.Time // by the server, to the minute
}

// NewDevice returns a device that is not paired yet, or says what is wrong with
// its name, place or kind.
func NewDevice(tree *Tree, name string, place Path, kind DeviceKind, at time.Time) (Device, error) {
	name = strings.TrimSpace(name)
	if err := checkText(name, MaxDeviceName, Text{FR: "Le nom", EN: "The name"}); err != nil {
		return Device{}, err
	}
	if clean(name) != name {
		return Device{}, Refuse(Invalid, "Le nom contient des caractères illisibles.", "The name holds unreadable characters.")
	}
	if kind != StationDevice && kind != WallDevice {
		return Device{}, Refuse(Invalid, "Un appareil est un poste ou un écran.", "A device is a station or a wall display.")
	}
	switch node, ok := tree.Get(place); {
	case !ok:
		return Device{}, ErrNotFound
	case node.Kind == Machine:
		return Device{}, Refuse(Invalid, "{place} est une machine : choisissez la ligne ou l’atelier.", "{place} is a machine: choose the line or workshop.").
			With(Values{"place": tree.Name(place)})
	}
	return Device{ID: DeviceID(newID(at)), Name: name, Place: place, Kind: kind}, nil
}

// asDevice begins the member ids of devices, and of nobody else.
const asDevice = "device:"

// MemberID is who the device is while nobody is signed in on it.
func (d DeviceID) MemberID() MemberID { return MemberID(asDevice + d) }

// CheckMemberID refuses names that a person cannot sign in with.
func CheckMemberID(id MemberID) error {
	if strings.HasPrefix(string(id), asDevice) {
		return Refuse(Invalid, "Ce nom est celui d’un appareil.", "This name is a device’s.")
	}
	return nil
}

// Member is the device as one who reads, and on a station takes posts, while
// nobody is signed in on it.
func (d Device) Member(lang Lang) Member {
	role := AtStation
	if d.Kind == WallDevice {
		role = OnWall
	}
	return Member{ID: d.ID.MemberID(), Name: d.Name, Lang: lang, Grants: []Grant{{Territory: d.Place, Role: role}}}
}
