// The line of the demo that most screens are looked at on.

export const line = 'lyon/bottling/line-3'
