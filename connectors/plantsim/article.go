package plantsim

import (
	"fmt"
	"strconv"
)

// Article is what the store sells.
type Article struct {
	EAN   string  // EAN-13 with its check digit
	Label string  // French
	Aisle string  // "boissons"
	Pace  float64 // pieces an hour on an ordinary hour
}

// Articles lists what the store sells, aisle by aisle.
func (p *Plant) Articles() []Article {
	all := make([]Article, len(p.store.shelves))
	for i, s := range p.store.shelves {
		all[i] = s.Article
	}
	return all
}

// ean13 returns the code of the n-th article with its check digit.
func ean13(n int) string {
	code := fmt.Sprintf("3760%08d", 12450000+n*37)
	sum := 0
	for i, digit := range code {
		weight := 1 + 2*(i%2) // 1 and 3 in turn
		sum += weight * int(digit-'0')
	}
	return code + strconv.Itoa((10-sum%10)%10)
}

// assortment is what stands in the aisles, the fast ones first.
func assortment() []Article {
	var all []Article
	for _, aisle := range []struct {
		id     string
		labels []string
	}{
		{"boissons", []string{
			"Eau de source 6 x 1,5 L", "Eau minérale gazeuse 6 x 1 L", "Jus d'orange sans pulpe 1 L", "Café moulu pur arabica 250 g",
			"Cola 1,5 L", "Limonade artisanale 75 cl", "Sirop de grenadine 1 L", "Thé glacé pêche 1,5 L", "Jus de pomme trouble 1 L",
			"Bière blonde 6 x 25 cl", "Cidre brut 75 cl", "Nectar d'abricot 1 L", "Lait d'amande 1 L", "Eau de coco 33 cl",
			"Tonic 4 x 25 cl", "Café soluble 200 g", "Infusion verveine 25 sachets", "Thé vert menthe 25 sachets", "Jus de tomate 1 L", "Soda agrumes 1,25 L",
		}},
		{"epicerie-sucree", []string{
			"Pâte à tartiner noisettes 750 g", "Sucre en poudre 1 kg", "Farine de blé T45 1 kg", "Biscuits petit-beurre 200 g",
			"Confiture de fraises 370 g", "Miel de fleurs 500 g", "Chocolat noir 70 % 100 g", "Madeleines au beurre 450 g", "Céréales au miel 375 g",
			"Compote de pommes 4 x 100 g", "Cookies pépites 200 g", "Gaufrettes vanille 150 g", "Crème de marrons 500 g", "Levure chimique 8 sachets",
			"Sucre vanillé 10 sachets", "Brioche tranchée 500 g", "Pain d'épices 300 g", "Quatre-quarts pur beurre 600 g", "Muesli croustillant 500 g", "Nougat de Montélimar 200 g",
		}},
		{"frais", []string{
			"Beurre doux 250 g", "Œufs plein air x 12", "Lait demi-écrémé 6 x 1 L", "Yaourts nature 16 x 125 g",
			"Emmental râpé 200 g", "Camembert de Normandie 250 g", "Crème fraîche épaisse 50 cl", "Jambon supérieur 4 tranches", "Fromage blanc 1 kg",
			"Lardons fumés 200 g", "Saumon fumé 4 tranches", "Pâte feuilletée 230 g", "Comté affiné 300 g", "Mozzarella 125 g",
			"Houmous 175 g", "Tarama 100 g", "Quenelles de brochet 4 x 80 g", "Cervelle de canut 250 g", "Mousse au chocolat 4 x 60 g", "Salade César 250 g",
		}},
	} {
		for i, label := range aisle.labels {
			pace := 6 + float64((i*7)%11)
			if i < fastOnes {
				pace = 90 - 10*float64(i)
			}
			all = append(all, Article{EAN: ean13(len(all)), Label: label, Aisle: aisle.id, Pace: pace})
		}
	}
	return all
}

// fastOnes counts the articles of each aisle that everybody buys.
const fastOnes = 4
