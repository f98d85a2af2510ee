package report

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// Attachment is a file that goes with a mail.
type Attachment struct {
	Name string
	Type string
	Data []byte
}

// Page is the address of a report in the screens, and the id that [Service.Report]
// takes.
func Page(place feed.Path, period string) string {
	return "/balance/" + url.PathEscape(string(place)+"~"+period)
}

// Report is the report of a page as a mail: its figures as HTML and as text, and
// the workbook. The place is the recipient's to read: the caller asks.
func (s *Service) Report(ctx context.Context, id string, lang feed.Lang) (html, text string, files []Attachment, err error) {
	id, err = url.PathUnescape(strings.TrimPrefix(id, "/balance/"))
	if err != nil {
		return "", "", nil, feed.ErrNotFound
	}
	place, period, found := strings.Cut(id, "~")
	if !found {
		return "", "", nil, feed.ErrNotFound
	}
	b, err := s.Balance(ctx, feed.Path(place), period)
	if err != nil {
		return "", "", nil, fmt.Errorf("report %s: %w", id, err)
	}
	book, err := XLSX(b, lang)
	if err != nil {
		return "", "", nil, fmt.Errorf("workbook of %s: %w", id, err)
	}
	name := word("bilan", "report", lang) + "-" + strings.ReplaceAll(place, "/", "-") + "-" + period + ".xlsx"
	files = []Attachment{{Name: name, Type: Workbook, Data: book}}
	rows := mailRows(b, lang)
	var plain strings.Builder
	fmt.Fprintf(&plain, "%s %s\n\n", b.Name, b.Period.ID)
	for _, r := range rows {
		fmt.Fprintf(&plain, "%s : %s (%s)\n", r.Name, r.Now, r.Before)
	}
	var rich bytes.Buffer
	err = mail().Execute(&rich, map[string]any{"Name": b.Name, "Period": b.Period.ID, "Previous": b.Previous, "Rows": rows, "Lang": string(lang)})
	return rich.String(), plain.String(), files, err
}

// Workbook is the media type of an XLSX file.
const Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// mailRow is a figure and what it was before.
type mailRow struct{ Name, Now, Before string }

func mailRows(b *feed.Balance, lang feed.Lang) []mailRow {
	currency := ""
	if b.Cost != nil {
		currency = b.Cost.Currency
	}
	var rows []mailRow
	for _, l := range lines(currency) {
		before := feed.Figures{}
		if b.Before != nil {
			before = *b.Before
		}
		rows = append(rows, mailRow{word(l.fr, l.en, lang), written(l.of(b.Now), l.unit), written(l.of(before), l.unit)})
	}
	return rows
}

func written(v *float64, unit string) string {
	if v == nil {
		return "–"
	}
	text := strconv.FormatFloat(*v, 'f', 0, 64)
	if unit != "" {
		text += "\u202f" + unit
	}
	return text
}

// mail is the page that mail programs show: a table, and no outside picture.
func mail() *template.Template {
	return template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="{{.Lang}}"><body style="font-family:sans-serif;color:#14181b">
<h1 style="font-size:20px">{{.Name}} · {{.Period}}</h1>
<table cellpadding="6" style="border-collapse:collapse">
<tr><th></th><th align="right">{{.Period}}</th><th align="right">{{.Previous}}</th></tr>
{{range .Rows}}<tr style="border-top:1px solid #cfd4d6"><td>{{.Name}}</td><td align="right"><b>{{.Now}}</b></td><td align="right">{{.Before}}</td></tr>
{{end}}</table></body></html>
`))
}
