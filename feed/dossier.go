package feed

// Dossier is all that is kept of one person, section by section, each row with
// its columns by name.
type Dossier struct {
	Member   Member
	Sections []DossierSection
}

// DossierSection is one kind of what is kept.
type DossierSection struct {
	Name string // "posts", "comments"…
	Rows []map[string]any
}
