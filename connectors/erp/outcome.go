package erp

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// put moves a file into done/ or error/ with what is to be said about it. The
// words are written first: a crash in between leaves words about a file that
// is still waiting, never a file without its words. A file of the same name
// that lies there already is kept.
func put(root *os.Root, w waiting, dir, content string, words map[string][]byte) error {
	if err := root.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make folder %s: %w", dir, err)
	}
	target := path.Join(dir, w.name())
	if _, err := root.Lstat(target); err == nil {
		ext := path.Ext(target)
		target = strings.TrimSuffix(target, ext) + "." + content[:min(8, len(content))] + ext
	}
	for suffix, text := range words {
		if err := writeWords(root, target+suffix, text); err != nil {
			return fmt.Errorf("write %s%s: %w", target, suffix, err)
		}
	}
	if err := root.Rename(w.file, target); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("move %s to %s: %w", w.file, target, err)
	}
	return nil
}

func writeWords(root *os.Root, name string, text []byte) error {
	f, err := root.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// reason is the text beside a file that could not be read.
func reason(f *Fault) []byte {
	return []byte(f.French() + "\n" + f.Error() + "\n")
}

// repeated is the text beside a file whose content was imported before.
func repeated(i Import) []byte {
	return fmt.Appendf(nil, "Contenu déjà importé sous le nom %s : rien de nouveau.\n"+
		"Content already imported as %s: nothing new.\n", i.Duplicate, i.Duplicate)
}

// rejectList is a table of the rows that went to the dead letters, for a
// spreadsheet.
func rejectList(rejects []Reject) []byte {
	var b strings.Builder
	b.WriteString("\ufeff") // spreadsheets then read it as UTF-8
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	_ = w.Write([]string{"ligne", "colonne", "raison", "reason", "contenu"}) // a Builder takes everything
	for _, r := range rejects {
		_ = w.Write([]string{
			strconv.Itoa(r.Fault.Line), strconv.Itoa(r.Fault.Column),
			harmless(r.Fault.FR), harmless(r.Fault.EN), harmless(r.Row),
		})
	}
	w.Flush()
	return []byte(b.String())
}

// harmless keeps a spreadsheet from running a cell as a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// head returns the first bytes of a file, for a dead letter.
func head(r io.ReadSeeker, n int64) ([]byte, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, n))
}
