package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/fildefer/fildefer/feed"
)

// table is a sheet of a workbook: texts and numbers.
type table struct {
	name string
	rows [][]any // string, float64 or nil
}

// tables are the report as sheets: figures, trend, causes, stops, rules, places.
func tables(b *feed.Balance, lang feed.Lang) []table {
	say := func(fr, en string) string { return word(fr, en, lang) }
	out := []table{figuresTable(b, lang), trendTable(b, lang)}
	for _, t := range []struct {
		name, unit string
		bars       []feed.Bar
	}{{say("Causes", "Causes"), say("Publications", "Posts"), b.Causes}, {say("Arrêts", "Stops"), "min", b.Stops}} {
		rows := [][]any{{say("Cause", "Cause"), t.unit}}
		for _, bar := range t.bars {
			name := bar.In(lang)
			if name == "" {
				name = say("Autres", "Others")
			}
			rows = append(rows, []any{name, bar.Value})
		}
		out = append(out, table{t.name, rows})
	}
	rows := [][]any{{say("Règle", "Rule"), say("Publications", "Posts"), say("Bruit", "Noise")}}
	for _, n := range b.Noise {
		rows = append(rows, []any{n.Rule, float64(n.Posts), float64(n.Noise)})
	}
	return append(out, table{say("Bruit", "Noise"), rows}, placesTable(b, lang))
}

func figuresTable(b *feed.Balance, lang feed.Lang) table {
	rows := [][]any{{
		word("Chiffre", "Figure", lang), word("Unité", "Unit", lang), b.Period.ID, b.Previous, word("Fantôme", "Ghost", lang),
	}}
	currency := ""
	if b.Cost != nil {
		currency = b.Cost.Currency
	}
	for _, l := range lines(currency) {
		row := []any{word(l.fr, l.en, lang), l.unit, value(l.of(b.Now)), nil, nil}
		if b.Before != nil {
			row[3] = value(l.of(*b.Before))
		}
		if b.Baseline != nil {
			row[4] = value(l.of(b.Baseline.Figures))
		}
		rows = append(rows, row)
	}
	return table{word("Bilan", "Report", lang), rows}
}

func trendTable(b *feed.Balance, lang feed.Lang) table {
	say := func(fr, en string) string { return word(fr, en, lang) }
	rows := [][]any{{say("Période", "Period"), say("Alertes", "Alerts"), say("Temps de prise, médiane (min)", "Time to take, median (min)"), say("Arrêts (min)", "Stops (min)"), say("Ruptures (min)", "Out of stock (min)")}}
	for _, t := range b.Trend {
		rows = append(rows, []any{t.Period, float64(t.Alerts), value(t.Take), t.Stopped, t.ShelfEmpty})
	}
	return table{say("Tendance", "Trend"), rows}
}

func placesTable(b *feed.Balance, lang feed.Lang) table {
	say := func(fr, en string) string { return word(fr, en, lang) }
	rows := [][]any{{say("Territoire", "Territory"), say("Alertes", "Alerts"), say("Prise, médiane (min)", "To take, median (min)"), say("Résolution, médiane (min)", "To solve, median (min)"), say("Arrêts (min)", "Stops (min)"), say("Ruptures (min)", "Out of stock (min)")}}
	for _, p := range b.Places {
		rows = append(rows, []any{p.Name, float64(p.Alerts), value(p.Take), value(p.Solve), p.Stopped, p.ShelfEmpty})
	}
	return table{say("Territoires", "Territories"), rows}
}

func value(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

// CSV is the report as one table after the other, as spreadsheets of the language
// open it: with semicolons and commas in French.
func CSV(b *feed.Balance, lang feed.Lang) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff") // without it Excel reads another alphabet
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	if lang != feed.English {
		w.Comma = ';'
	}
	for i, t := range tables(b, lang) {
		if i > 0 {
			if err := w.Write([]string{""}); err != nil {
				return nil, fmt.Errorf("table %s: %w", t.name, err)
			}
		}
		for _, row := range append([][]any{{"# " + t.name}}, t.rows...) {
			if err := w.Write(cellsOf(row, lang)); err != nil {
				return nil, fmt.Errorf("table %s: %w", t.name, err)
			}
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

func cellsOf(row []any, lang feed.Lang) []string {
	out := make([]string, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case string:
			out[i] = harmless(v)
		case float64:
			out[i] = strconv.FormatFloat(v, 'f', -1, 64)
			if lang != feed.English {
				out[i] = strings.Replace(out[i], ".", ",", 1)
			}
		}
	}
	return out
}

// harmless keeps a text that people or machines wrote from being run as a formula
// by the spreadsheet that opens it (OWASP, CSV injection).
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

// XLSX is the report as a workbook. Its cells are typed, so that no text is taken
// for a formula.
func XLSX(b *feed.Balance, lang feed.Lang) (_ []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, fmt.Errorf("style: %w", err)
	}
	for i, t := range tables(b, lang) {
		if i == 0 {
			err = f.SetSheetName("Sheet1", t.name)
		} else {
			_, err = f.NewSheet(t.name)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", t.name, err)
		}
		if err := fill(f, t, bold); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", t.name, err)
		}
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}

// fill writes a table under a bold head that stays in view.
func fill(f *excelize.File, t table, bold int) error {
	for r, row := range t.rows {
		for c, v := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			switch v := v.(type) {
			case string:
				err = f.SetCellStr(t.name, cell, v)
			case float64:
				err = f.SetCellFloat(t.name, cell, v, -1, 64)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := f.SetColWidth(t.name, "A", "A", 34); err != nil {
		return err
	}
	if err := f.SetRowStyle(t.name, 1, 1, bold); err != nil {
		return err
	}
	return f.SetPanes(t.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// File is the report of a place as a file for spreadsheets, "csv" or "xlsx".
func (s *Service) File(ctx context.Context, place feed.Path, period, format string, lang feed.Lang) (name, kind string, data []byte, err error) {
	b, err := s.Balance(ctx, place, period)
	if err != nil {
		return "", "", nil, err
	}
	name = word("bilan", "report", lang) + "-" + strings.ReplaceAll(string(place), "/", "-") + "-" + b.Period.ID + "." + format
	if format == "csv" {
		data, err = CSV(b, lang)
		return name, "text/csv; charset=utf-8", data, err
	}
	data, err = XLSX(b, lang)
	return name, Workbook, data, err
}
