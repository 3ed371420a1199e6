package planner

import "time"

// slots lays keys end to end from start.
func slots(keys []string, minutes []int, start time.Time) (out []Slot) {
	for i, key := range keys {
		end := start.Add(time.Duration(minutes[i]) * time.Minute)
		out = append(out, Slot{Key: key, Start: start, End: end, Minutes: minutes[i]})
		start = end
	}
	return out
}
