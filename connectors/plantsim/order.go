package plantsim

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Pieces of one order: half an hour of the line to three quarters.
const (
	minOrder = 6000
	maxOrder = 9000
)

// order is what the line makes, as the ERP knows it.
type order struct {
	number  string
	product string
	target  int
	began   float64 // count of the line when it began
}

// orders is the ERP's list of what the line is to make, one order after the
// other.
type orders struct {
	random  *rand.Rand
	zone    *time.Location
	current *order
}

func newOrders(random *rand.Rand, zone *time.Location) *orders {
	return &orders{random: random, zone: zone}
}

func products() []string {
	return []string{"Limonade 50 cl", "Thé pêche 50 cl", "Eau citron 50 cl", "Grenadine 50 cl"}
}

// advance ends the order that is complete and begins the next.
func (o *orders) advance(made float64, at time.Time, emit func(Message) error) error {
	if o.current != nil && made-o.current.began < float64(o.current.target) {
		return nil
	}
	var rows []string
	if o.current != nil {
		rows = append(rows, o.row(o.current, "TERMINE", at))
	}
	list := products()
	// The minute is its number: a plant that starts anew goes on with new orders.
	next := int(at.Unix()/60) % 100_000
	o.current = &order{
		number:  fmt.Sprintf("OF-%05d", next),
		product: list[next%len(list)],
		target:  (minOrder + o.random.IntN(maxOrder-minOrder)) / 100 * 100,
		began:   made,
	}
	rows = append(rows, o.row(o.current, "EN COURS", at))
	return emit(o.file(rows, at))
}

func (o *orders) row(of *order, status string, at time.Time) string {
	return fmt.Sprintf("%s;line-3;%s;%d,0;%s;%s", of.number, of.product, of.target, status, at.In(o.zone).Format("02/01/2006 15:04:05"))
}

func (o *orders) file(rows []string, at time.Time) File {
	body := "OF;LIGNE;PRODUIT;QTE;STATUT;DATE\r\n" + strings.Join(rows, "\r\n") + "\r\n"
	return File{Name: "orders_" + at.In(o.zone).Format("20060102T150405") + ".csv", Body: ansi(body), At: at}
}
