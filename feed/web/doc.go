// Package web owns the screens: the TypeScript application in src, its tests,
// and the handler that serves what `npm run build` leaves in dist, which is
// embedded in the program.
//
// It knows nothing of the feed's Go types. The application speaks to the
// server through the JSON of /api/v1 alone; this package serves files, and
// leaves what guards them, such as the Content-Security-Policy, to whoever
// mounts it.
package web
