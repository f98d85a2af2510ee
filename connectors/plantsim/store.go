package plantsim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a plant must not depend on the machine it runs on

	"golang.org/x/text/encoding/charmap"
)

const (
	storePath    = "villeurbanne"
	phantomStock = 14  // what the ERP goes on counting
	fastFactor   = 3.5 // of a fast seller's own pace
	lastOnes     = 2   // pieces left on a shelf that is about to run out
	lowShelf     = 8   // pieces at which the back room refills
	refill       = 36
	facing       = 10 // pieces that stand on the shelf; the others are in the back room
	watchedAisle = "epicerie-sucree"
)

// shelf is an article in the store.
type shelf struct {
	Article
	stock int
	fault FaultKind // what befell it, if anything
}

// sale is one line of a ticket.
type sale struct {
	at     time.Time // as stamped
	ticket string
	shelf  *shelf
	pieces int
}

// store is a shop whose ERP drops its stock and its sales into a folder.
type store struct {
	random  *rand.Rand
	zone    *time.Location
	shelves []*shelf
	sales   []sale    // since the last file
	due     time.Time // of the next files
	dropped time.Time // stamp of the last ones
	tickets int
}

func newStore(random *rand.Rand) *store {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic("plantsim: the time zones that are linked in lack Europe/Paris") // cannot happen
	}
	s := &store{random: random, zone: zone}
	for _, a := range assortment() {
		s.shelves = append(s.shelves, &shelf{Article: a, stock: lowShelf + 4 + random.IntN(refill)})
	}
	return s
}

// crowd is how busy the store is at an hour of the day.
func (s *store) crowd(at time.Time) float64 {
	local := at.In(s.zone)
	hour := float64(local.Hour()) + float64(local.Minute())/60
	noon := math.Exp(-math.Pow((hour-12)/2, 2))
	evening := math.Exp(-math.Pow((hour-18)/2, 2))
	return 0.7 + 0.6*noon + 0.8*evening
}

// advance lets customers come. now is the model's time, at the stamp.
func (s *store) advance(now, at time.Time, dt time.Duration) {
	crowd := s.crowd(now) * dt.Hours()
	for _, shelf := range s.shelves {
		pace := shelf.Pace
		switch shelf.fault {
		case OutOfStock:
			s.sell(at, shelf, shelf.stock) // the last ones go in one basket
			continue
		case Phantom:
			continue
		case FastSeller:
			pace *= fastFactor
		}
		s.sell(at, shelf, s.poisson(pace*crowd))
		if shelf.stock <= lowShelf {
			shelf.stock += refill
		}
	}
}

func (s *store) sell(at time.Time, shelf *shelf, pieces int) {
	pieces = min(pieces, shelf.stock)
	if pieces == 0 {
		return
	}
	shelf.stock -= pieces
	s.tickets++
	ticket := fmt.Sprintf("%s-%04d", at.In(s.zone).Format("060102150405"), s.tickets%10_000)
	s.sales = append(s.sales, sale{at: at, ticket: ticket, shelf: shelf, pieces: pieces})
}

// poisson draws how often something happens that happens mean times on average.
func (s *store) poisson(mean float64) int {
	limit, product, n := math.Exp(-mean), s.random.Float64(), 0
	for product > limit {
		product *= s.random.Float64()
		n++
	}
	return n
}

// plant begins a fault and returns the article that it befell: one in two
// stands in the first aisle, and every phantom, so that somebody who watches one
// aisle has something to do.
func (s *store) plant(kind FaultKind) string {
	first := kind == Phantom || s.random.IntN(2) == 0
	for tries := 0; ; tries++ {
		shelf := s.shelves[s.random.IntN(len(s.shelves))]
		fast := shelf.Pace >= 60
		if shelf.fault != "" || kind == FastSeller != fast || first && tries < len(s.shelves) && shelf.Aisle != watchedAisle {
			continue
		}
		shelf.fault = kind
		switch kind {
		case Phantom:
			shelf.stock = phantomStock
		case OutOfStock:
			shelf.stock = min(shelf.stock, lastOnes)
		}
		return shelf.EAN
	}
}

// lift ends a fault: the back room fills the shelf.
func (s *store) lift(ean string) {
	for _, shelf := range s.shelves {
		if shelf.EAN == ean {
			shelf.fault = ""
			shelf.stock += refill
		}
	}
}

// drop emits the stock of now and the sales since the last files.
func (s *store) drop(at time.Time, emit func(Message) error) error {
	s.dropped = at
	local := at.In(s.zone)
	stamp := local.Format("20060102T150405")
	if err := emit(File{Name: "stock_" + stamp + ".csv", Body: s.stockFile(local), At: at}); err != nil {
		return err
	}
	if len(s.sales) == 0 {
		return nil
	}
	body := s.salesFile()
	s.sales = s.sales[:0]
	return emit(File{Name: "sales_" + stamp + ".csv", Body: body, At: at})
}

func (s *store) stockFile(local time.Time) []byte {
	var b strings.Builder
	b.WriteString("MAGASIN;RAYON;EAN;LIBELLE;STOCK;MAJ;RESERVE;PRIX;LIVRAISON;QTE_LIVREE\r\n")
	at := local.Format("02/01/2006 15:04:05")
	for i, shelf := range s.shelves {
		day, pieces := delivery(i, local)
		fmt.Fprintf(&b, "%s;%s;%s;%s;%d,000;%s;%d;%s;%s;%s\r\n", storePath, shelf.Aisle, shelf.EAN, shelf.Label, shelf.stock, at,
			max(0, shelf.stock-facing), price(i), day, pieces)
	}
	return ansi(b.String())
}

// price of the i-th article, as the ERP writes it.
func price(i int) string {
	cents := 89 + i*i*29%640
	return fmt.Sprintf("%d,%02d", cents/100, cents%100)
}

// delivery is when the i-th article comes next, and how much of it: in the early
// morning of the next working day. Of one in four the ERP announces nothing.
func delivery(i int, local time.Time) (day, pieces string) {
	if i%4 == 3 {
		return "", ""
	}
	next := time.Date(local.Year(), local.Month(), local.Day()+1, 6, 30, 0, 0, local.Location())
	if next.Weekday() == time.Sunday {
		next = next.AddDate(0, 0, 1)
	}
	return next.Format("02/01/2006 15:04:05"), strconv.Itoa(refill / 2 * (1 + i%3))
}

func (s *store) salesFile() []byte {
	var b strings.Builder
	b.WriteString("DATE;HEURE;TICKET;LIGNE;RAYON;EAN;LIBELLE;QTE\r\n")
	for _, sale := range s.sales {
		local := sale.at.In(s.zone)
		fmt.Fprintf(&b, "%s;%s;%s;1;%s;%s;%s;%d\r\n", local.Format("02/01/2006"), local.Format("15:04:05"),
			sale.ticket, sale.shelf.Aisle, sale.shelf.EAN, sale.shelf.Label, sale.pieces)
	}
	return ansi(b.String())
}

// ansi writes text as French ERPs on Windows do.
func ansi(text string) []byte {
	b, _ := charmap.Windows1252.NewEncoder().Bytes([]byte(text)) // a test holds every label to the charset
	return b
}
