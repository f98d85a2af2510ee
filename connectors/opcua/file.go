package opcua

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// writeWhole leaves either the whole new file or the old one, readable by us
// only.
func writeWhole(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("make the folder of %s: %w", filepath.Base(file), err)
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".new-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(file), err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", filepath.Base(file), err), os.Remove(f.Name()))
	}
	return nil
}
