package feed_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestADeviceReadsItsPlaceAndOnlyAStationAttends(t *testing.T) {
	t.Parallel()
	for kind, may := range map[feed.DeviceKind][]feed.Action{
		feed.StationDevice: {feed.Read, feed.Attend},
		feed.WallDevice:    {feed.Read},
	} {
		m := feed.Device{ID: "d", Name: "Tablette", Place: "lyon/line-3", Kind: kind}.Member(feed.French)
		for _, a := range []feed.Action{
			feed.Read, feed.Write, feed.Report, feed.Attend, feed.Handle, feed.Oversee, feed.Animate, feed.Operate, feed.Administer,
		} {
			require.Equal(t, slices.Contains(may, a), feed.Can(m, a, "lyon/line-3/filler"), "%s %s", kind, a)
			require.False(t, feed.Can(m, a, "lyon"), "%s %s", kind, a)
		}
	}
}

func TestADeviceHasANameAndAPlaceForPeople(t *testing.T) {
	t.Parallel()
	tree := feed.NewTree([]feed.Territory{{Path: "lyon", Kind: feed.Site}, {Path: "lyon/filler", Name: "Remplisseuse", Kind: feed.Machine}})
	d, err := feed.NewDevice(tree, " Tablette ", "lyon", feed.WallDevice, time.Now())
	require.NoError(t, err)
	require.Equal(t, "Tablette", d.Name)
	require.NotEmpty(t, d.ID)
	for want, try := range map[string]func() (feed.Device, error){
		"invalid: The name is empty.": func() (feed.Device, error) { return feed.NewDevice(tree, "", "lyon", feed.WallDevice, time.Now()) },
		"invalid: The name holds unreadable characters.": func() (feed.Device, error) {
			return feed.NewDevice(tree, "a\u202eb", "lyon", feed.WallDevice, time.Now())
		},
		"invalid: A device is a station or a wall display.": func() (feed.Device, error) { return feed.NewDevice(tree, "a", "lyon", "phone", time.Now()) },
		"invalid: Remplisseuse is a machine: choose the line or workshop.": func() (feed.Device, error) {
			return feed.NewDevice(tree, "a", "lyon/filler", feed.WallDevice, time.Now())
		},
		"not_found: Not found, or outside your scope.": func() (feed.Device, error) { return feed.NewDevice(tree, "a", "paris", feed.WallDevice, time.Now()) },
	} {
		_, err := try()
		require.EqualError(t, err, want)
	}
}

func TestColleaguesAreThoseWhoWriteThereNearestFirst(t *testing.T) {
	t.Parallel()
	account := func(name string, pin bool, grants ...feed.Grant) feed.Account {
		return feed.Account{Member: feed.Member{ID: feed.MemberID(name), Name: name, Grants: grants}, PIN: pin}
	}
	accounts := []feed.Account{
		account("admin", true, feed.Grant{Territory: "lyon", Role: feed.Admin}),
		account("manager", true, feed.Grant{Territory: "lyon", Role: feed.Manager}, feed.Grant{Territory: "paris", Role: feed.Manager}),
		account("zoé", true, feed.Grant{Territory: "lyon/hall/line-3", Role: feed.Operator}),
		account("ali", true, feed.Grant{Territory: "lyon", Role: feed.Lead}, feed.Grant{Territory: "lyon/hall/line-3", Role: feed.Operator}),
		account("below", true, feed.Grant{Territory: "lyon/hall/line-3/desk", Role: feed.Operator}),
		account("beside", true, feed.Grant{Territory: "lyon/hall/line-4", Role: feed.Operator}),
		account("no PIN", false, feed.Grant{Territory: "lyon/hall/line-3", Role: feed.Operator}),
	}
	var names []string
	for _, c := range feed.Colleagues(accounts, "lyon/hall/line-3", 10) {
		names = append(names, c.Name+" "+string(c.Role))
	}
	require.Equal(t, []string{"ali operator", "zoé operator", "below operator", "manager manager"}, names)
	require.Len(t, feed.Colleagues(accounts, "lyon/hall/line-3", 2), 2)
}
