package roster

import "github.com/fildefer/fildefer/feed"

// Places are the files of the tree.
type Places struct{}

// Read returns the places of a file whose name tells its format.
func (Places) Read(name string, data []byte) ([]feed.Row, error) {
	return Read(name, data, feed.PlaceFields)
}

// Write is the tree as "csv" or "yaml".
func (Places) Write(format string, nodes []feed.Territory) ([]byte, error) {
	if format == "yaml" {
		return WriteYAML(nodes)
	}
	return WriteCSV(nodes)
}

// People are the files of people.
type People struct{}

// Read returns the people of a file whose name tells its format.
func (People) Read(name string, data []byte) ([]feed.Row, error) {
	return Read(name, data, feed.MemberFields)
}
