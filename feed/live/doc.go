// Package live brings committed changes of posts to everybody who is looking,
// as server-sent events. One hub reads the numbered changes from the store,
// encodes each once per language and shares the bytes between all readers; a
// reader that was away resumes from the number it saw last.
//
//	store ──Changes──► Hub ──► batch ──► batch ──► batch (tail)
//	                              ▲         ▲         ▲
//	                           reader    reader    reader
//
// Batches form a list that only grows at its tail. A reader holds the batch it
// reached: that is its whole buffer, so a thousand readers cost the memory of
// one. The hub holds on to the last few hundred changes, for those who come
// back; what is older, and nobody has still to read, is garbage.
//
// It knows nothing of SQL, of who may read what (it is given a scope), and of
// how a post looks in JSON (it is given an encoder).
package live
