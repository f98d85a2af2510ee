//go:build !linux && !darwin && !freebsd

package bus

import "math"

// freeDisk cannot be asked here: the configured caps hold alone.
func freeDisk(string) (int64, error) { return math.MaxInt64 / 2, nil }
