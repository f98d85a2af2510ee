package rule

import (
	"math"
	"slices"
)

// What makes a median of distances comparable with the standard deviation of a
// normal distribution: of the median and of the mean of absolute deviations.
const (
	madScale     = 1.4826
	meanDevScale = 1.2533
)

// robust is the middle and the spread of points, of which a few may be faults:
// the median, and the median absolute deviation. Where more than half of the
// points are equal that is 0, and the mean absolute deviation takes its place
// (Iglewicz and Hoaglin, How to detect and handle outliers, 1993).
func robust(points []float64) (middle, spread float64) {
	middle = median(points)
	distances, sum := make([]float64, len(points)), 0.0
	for i, v := range points {
		distances[i] = math.Abs(v - middle)
		sum += distances[i] / float64(len(points))
	}
	if spread = madScale * median(distances); spread == 0 {
		spread = meanDevScale * sum
	}
	return middle, spread
}

func median(points []float64) float64 {
	sorted := slices.Sorted(slices.Values(points))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return sorted[half-1] + (sorted[half]-sorted[half-1])/2
}
