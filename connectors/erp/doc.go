// Package erp brings the files that a business system drops into a folder
// into the pipeline: it waits until a file is whole, reads its rows in the
// charset, number and date formats of its country, and says what is news in
// them. A snapshot (the stock of a store) is compared with the one before; a
// ledger (the lines of tickets) gives each row once.
//
// It owns the folder's done/ and error/ and a small state folder of files that
// are replaced atomically. It knows nothing of SQL, NATS or posts, and nothing
// of what a stock-out is: that is a rule's business.
//
// # What is promised
//
// A file is surveyed wholly before its first event, so a file that was cut
// gives none. Then its steps are settled in this order: rejected rows and
// events are stored durably, the state file is replaced, the import is
// remembered, the file is moved. A process that dies between two of them does
// the same again with the same event ids:
//
//   - snapshot: source, number of the import, content of the file, row key,
//     signal. The number is kept in the state, so a stock that goes back to
//     what it was is news again.
//   - ledger with a key: source, row key, signal, wherever the row is read.
//   - ledger without one: source, content of the file, line, signal.
//
// A snapshot whose events were begun and that is replaced before it was
// settled leaves a claim: the next one then says every row again.
//
// Dead letters carry no id: after a crash a rejected row may be listed twice, and
// a file that is held is told again after a restart.
package erp
