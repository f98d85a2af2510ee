package notify

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	plain "text/template"
	"time"

	"github.com/fildefer/fildefer/feed"
)

//go:embed letter.html
var page string

//go:embed letter.txt
var text string

// letter is one mail: of one notification, or a digest of many.
type letter struct {
	To       feed.Recipient
	ID       string // what makes it the same letter when it is sent again
	Thread   feed.PostID
	At       time.Time
	Lang     feed.Lang
	Subject  string
	Lines    []line
	Settings string
	Words    map[string]string
}

// line is one notification in a letter.
type line struct{ Why, Text, Place, Time, URL string }

// paper makes letters of an installation.
type paper struct {
	site  *url.URL
	zone  *time.Location
	place func(feed.Path) string // what people call a place
	html  *template.Template
	plain *plain.Template
}

func newPaper(site *url.URL, zone *time.Location, place func(feed.Path) string) (*paper, error) {
	html, err := template.New("letter").Parse(page)
	if err != nil {
		return nil, fmt.Errorf("letter.html: %w", err)
	}
	txt, err := plain.New("letter").Parse(text)
	if err != nil {
		return nil, fmt.Errorf("letter.txt: %w", err)
	}
	return &paper{site: site, zone: zone, place: place, html: html, plain: txt}, nil
}

// single is the letter of one notification.
func (p *paper) single(d feed.Dispatch) *letter {
	l := p.blank(d.To, "notification", d.Subject, strconv.Itoa(d.Revision))
	l.At, l.Thread = d.What.At, d.What.Post
	l.Lines = []line{p.line(l.Lang, d.What)}
	l.Subject = feed.Text{FR: "{why} : {text}", EN: "{why}: {text}"}.
		Render(l.Lang, feed.Values{"why": l.Lines[0].Why, "text": l.Lines[0].Text})
	return l
}

// digest is the letter of what was silent until then.
func (p *paper) digest(all []feed.Dispatch) *letter {
	first := all[0]
	l := p.blank(first.To, "digest", string(first.To.ID), strconv.FormatInt(first.Digest.Unix(), 10))
	l.At = first.Digest
	l.Subject = feed.Text{FR: "Fildefer : {n} nouvelles pour vous", EN: "Fildefer: {n} things for you"}.Render(l.Lang, feed.Values{"n": float64(len(all))})
	if len(all) == 1 {
		l.Subject = feed.Text{FR: "Fildefer : une nouvelle pour vous", EN: "Fildefer: one thing for you"}.Render(l.Lang, nil)
	}
	for _, d := range all {
		l.Lines = append(l.Lines, p.line(l.Lang, d.What))
	}
	return l
}

// trial is the letter of whoever wants to see whether letters come.
func (p *paper) trial(to feed.Recipient, now time.Time) *letter {
	l := p.blank(to, "trial", string(to.ID), now.String())
	l.At = now
	n := feed.Notification{
		Text: feed.Text{FR: "Votre notification d’essai est arrivée.", EN: "Your trial notification has arrived."},
		Page: "/notifications", At: now,
	}
	l.Subject = n.Text.Render(l.Lang, nil)
	l.Lines = []line{p.line(l.Lang, n)}
	return l
}

// blank is a letter without words. The same is always the same letter: a repeat
// is known by its Message-ID.
func (p *paper) blank(to feed.Recipient, of ...string) *letter {
	return &letter{
		To: to, ID: p.id(of...), Lang: to.Lang, Settings: p.site.JoinPath("me").String(),
		Words: letterWords(to.Lang),
	}
}

// id is a message id that depends on nothing but what the message is of.
func (p *paper) id(of ...string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", of))
	return hex.EncodeToString(sum[:16]) + "@" + p.site.Hostname()
}

func (p *paper) line(lang feed.Lang, n feed.Notification) line {
	to := p.site.JoinPath(strings.TrimPrefix(n.Page, "/"))
	if n.Post != "" {
		to = p.site.JoinPath("post", url.PathEscape(string(n.Post)))
	}
	l := line{Why: whyWords(n.Why).Render(lang, nil), Text: n.Text.Render(lang, n.Values), Time: p.time(lang, n.At), URL: to.String()}
	if n.Place != "" {
		l.Place = p.place(n.Place)
	}
	if n.Asset != "" && n.Asset != n.Place {
		l.Place = p.place(n.Asset) + ", " + l.Place
	}
	return l
}

func (p *paper) time(lang feed.Lang, at time.Time) string {
	if lang == feed.English {
		return at.In(p.zone).Format("2 Jan, 15:04")
	}
	return at.In(p.zone).Format("02/01 15:04")
}

// bodies are the letter as text and as HTML.
func (p *paper) bodies(l *letter) (txt, html string, err error) {
	var a, b bytes.Buffer
	if err := p.plain.Execute(&a, l); err != nil {
		return "", "", fmt.Errorf("letter %s: %w", l.ID, err)
	}
	if err := p.html.Execute(&b, l); err != nil {
		return "", "", fmt.Errorf("letter %s: %w", l.ID, err)
	}
	return a.String(), b.String(), nil
}

func letterWords(lang feed.Lang) map[string]string {
	if lang == feed.English {
		return map[string]string{
			"open": "Open", "sign": "You are told this because of your part in the place, or of what you follow.",
			"settings": "Choose what you are written",
		}
	}
	return map[string]string{
		"open": "J’ouvre", "sign": "Vous recevez ce message pour votre rôle sur place, ou pour ce que vous suivez.",
		"settings": "Choisir ce que vous recevez",
	}
}

// whyWords says why somebody is told, as the screens do.
func whyWords(why feed.Why) feed.Text {
	switch why {
	case feed.Mentioned:
		return feed.Text{FR: "On vous cite", EN: "You are mentioned"}
	case feed.AskedFor:
		return feed.Text{FR: "On vous demande", EN: "You are asked"}
	case feed.Grave:
		return feed.Text{FR: "Critique", EN: "Critical"}
	case feed.ToDecide:
		return feed.Text{FR: "À vous de décider", EN: "Yours to decide"}
	case feed.Decided:
		return feed.Text{FR: "Décision prise", EN: "Decided"}
	case feed.ToRead:
		return feed.Text{FR: "À lire", EN: "To read"}
	case feed.HelpNear:
		return feed.Text{FR: "Coup de main", EN: "Help wanted"}
	case feed.Answered:
		return feed.Text{FR: "Réponse", EN: "Answer"}
	case feed.Followed:
		return feed.Text{FR: "Vous suivez", EN: "You follow this"}
	}
	return feed.Text{FR: "Pour vous", EN: "For you"}
}
