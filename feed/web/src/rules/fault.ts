import type { Fault } from '../api/types'

/** The line of "rules:12"; undefined when the whole text is meant. */
export function lineOf(fault: Fault): number | undefined {
  const found = /:(\d+)$/.exec(fault.location ?? '')
  return found ? Number(found[1]) : undefined
}

/** What is wrong in a file; line 0 is the file as a whole. */
export type Placed = { file: string; line: number; text: string }

/** The faults of rule files, one a line: "line.yaml:3:5: low: write a number here". */
export function placedFaults(said: string): Placed[] {
  return said
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const found = /^(\S+?):(\d+)(?::\d+)?: (.*)$/.exec(line)
      return found ? { file: found[1]!, line: Number(found[2]), text: found[3]! } : { file: '', line: 0, text: line }
    })
}

/** From where to where a line of a text goes; undefined beyond its end. */
export function spanOf(text: string, line: number): [from: number, to: number] | undefined {
  const lines = text.split('\n')
  const meant = lines[line - 1]
  if (meant === undefined) return undefined
  const from = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
  return [from, from + meant.length]
}
