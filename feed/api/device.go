package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// deviceCookie holds the token of a paired device. Browsers keep no cookie for
// longer than deviceFor; each time the device starts it is given anew.
const (
	deviceCookie = "fildefer-device"
	deviceFor    = 400 * 24 * time.Hour
)

// Pairing makes devices known by a code that is typed in once, and knows which
// one a token is. Refusals are feed.Unauthorized. By is who is signed in, nobody where
// nobody is: it is written down with the act.
type Pairing interface {
	Enrol(ctx context.Context, by feed.MemberID, d feed.Device) (kept feed.Device, code string, err error)
	Renew(ctx context.Context, by feed.MemberID, d feed.Device) (kept feed.Device, code string, err error)
	Pair(ctx context.Context, by feed.MemberID, code string) (token string, d feed.Device, err error)
	Device(ctx context.Context, token string) (feed.Device, error)
}

// Devices is where devices are listed and revoked.
type Devices interface {
	Devices(ctx context.Context) ([]feed.Device, error)
	Device(ctx context.Context, id feed.DeviceID) (feed.Device, error)
	// RevokeDevice ends the device's token and the sessions opened on it, and
	// writes down by whom.
	RevokeDevice(ctx context.Context, by feed.MemberID, id feed.DeviceID) error
}

// Device is a tablet, phone or display of a place.
type Device struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Place       string     `json:"place"`
	PlaceName   string     `json:"place_name"`
	Kind        string     `json:"kind" enum:"station,wall"`
	PairedAt    *time.Time `json:"paired_at,omitempty"`
	SeenAt      *time.Time `json:"seen_at,omitempty" doc:"When it last asked for something, to the minute."`
	Code        string     `json:"code,omitempty" doc:"What to type in on it; told once."`
	CodeExpires *time.Time `json:"code_expires,omitempty" doc:"Until when a code may be typed in."`
}

type newDevice struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"80"`
		Place string `json:"place" minLength:"1"`
		Kind  string `json:"kind" enum:"station,wall"`
	}
}

type deviceID struct {
	ID string `path:"id"`
}

type deviceCode struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"32" doc:"As an administrator reads it out: K7QF-3M2P."`
	}
}

type oneDevice struct{ Body Device }

type deviceList struct {
	Body struct {
		Devices []Device `json:"devices" nullable:"false"`
	}
}

func (s *server) deviceRoutes() {
	route(s, feed.Administer, huma.Operation{
		OperationID: "list-devices", Method: http.MethodGet, Path: "/api/v1/devices",
		Summary: "The devices of the places that the reader administers",
	}, s.devices)
	route(s, feed.Administer, huma.Operation{
		OperationID: "add-device", Method: http.MethodPost, Path: "/api/v1/devices", DefaultStatus: http.StatusCreated,
		Summary: "Add a device, with the code to type in on it", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.addDevice)
	route(s, feed.Administer, huma.Operation{
		OperationID: "new-device-code", Method: http.MethodPost, Path: "/api/v1/devices/{id}/code",
		Summary: "Give a device another code; what is paired stays so until it is used", Errors: []int{http.StatusNotFound},
	}, s.newCode)
	route(s, feed.Administer, huma.Operation{
		OperationID: "revoke-device", Method: http.MethodDelete, Path: "/api/v1/devices/{id}",
		Summary: "Revoke a device, with every session opened on it", Errors: []int{http.StatusNotFound},
	}, s.revokeDevice)
	route(s, anyone, huma.Operation{
		OperationID: "pair", Method: http.MethodPost, Path: "/api/v1/device", DefaultStatus: http.StatusCreated,
		Summary: "Pair this browser by a code", Errors: []int{http.StatusUnauthorized, http.StatusTooManyRequests},
	}, s.pair)
}

func (s *server) devices(ctx context.Context, _ *struct{}) (*deviceList, error) {
	all, err := s.Devices.Devices(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out := &deviceList{}
	out.Body.Devices = []Device{}
	for _, d := range all {
		if feed.Can(visitorOf(ctx).member, feed.Administer, d.Place) {
			out.Body.Devices = append(out.Body.Devices, device(tree, d, ""))
		}
	}
	return out, nil
}

func (s *server) addDevice(ctx context.Context, in *newDevice) (*oneDevice, error) {
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	m, place := visitorOf(ctx).member, feed.Path(in.Body.Place)
	if err := feed.Require(m, feed.Administer, place); err != nil {
		return nil, err
	}
	d, err := feed.NewDevice(tree, in.Body.Name, place, feed.DeviceKind(in.Body.Kind), time.Now())
	if err != nil {
		return nil, err
	}
	d, code, err := s.Pairing.Enrol(ctx, m.ID, d)
	if err != nil {
		return nil, err
	}
	return &oneDevice{Body: device(tree, d, code)}, nil
}

func (s *server) newCode(ctx context.Context, in *deviceID) (*oneDevice, error) {
	d, err := s.administered(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	d, code, err := s.Pairing.Renew(ctx, visitorOf(ctx).member.ID, d)
	if err != nil {
		return nil, err
	}
	return &oneDevice{Body: device(tree, d, code)}, nil
}

func (s *server) revokeDevice(ctx context.Context, in *deviceID) (*struct{}, error) {
	d, err := s.administered(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := s.Devices.RevokeDevice(ctx, visitorOf(ctx).member.ID, d.ID); err != nil {
		return nil, err
	}
	return nil, nil
}

// administered is a device in a place that the visitor administers.
func (s *server) administered(ctx context.Context, id string) (feed.Device, error) {
	d, err := s.Devices.Device(ctx, feed.DeviceID(id))
	if err != nil {
		return feed.Device{}, err
	}
	return d, feed.Require(visitorOf(ctx).member, feed.Administer, d.Place)
}

// pair makes the browser that asks the device that the code was made for. Who
// was signed in there is no longer: what it shows from now on is everybody's.
func (s *server) pair(ctx context.Context, in *deviceCode) (*oneMember, error) {
	v := visitorOf(ctx)
	if err := s.slow(v); err != nil {
		return nil, err
	}
	token, d, err := s.Pairing.Pair(ctx, v.signedIn(), in.Body.Code)
	if err != nil {
		return nil, err
	}
	if v.token != "" {
		if err := s.Sessions.SignOut(ctx, v.token); err != nil {
			return nil, fmt.Errorf("end the session before %s was paired: %w", d.Name, err)
		}
	}
	me, err := s.me(ctx, &visitor{member: d.Member(v.lang), device: &d})
	if err != nil {
		return nil, err
	}
	return &oneMember{Cookies: []http.Cookie{v.pairedCookie(token), v.noCookie(cookieName)}, Body: me}, nil
}

func (v *visitor) pairedCookie(token string) http.Cookie {
	cookie := v.cookie(deviceCookie, token)
	cookie.MaxAge = int(deviceFor / time.Second)
	return cookie
}

func device(tree *feed.Tree, d feed.Device, code string) Device {
	return Device{
		ID: string(d.ID), Name: d.Name, Place: string(d.Place), PlaceName: tree.Name(d.Place), Kind: string(d.Kind),
		PairedAt: instant(d.PairedAt), SeenAt: instant(d.SeenAt), Code: code, CodeExpires: instant(d.CodeExpires),
	}
}
