import { uuid7 } from '../api/uuid'

/** One article of a round: how often it was seen, and the key under which it is sent, once. */
export type Line = { sku: string; count: number; key: string; label?: string }

/** The round with a code seen once more: a new line on top, or one more on its line. */
export function withCode(lines: readonly Line[], sku: string): Line[] {
  const known = lines.find((line) => line.sku === sku)
  const line = known ? { ...known, count: known.count + 1, key: uuid7() } : { sku, count: 1, key: uuid7() }
  return [line, ...lines.filter((each) => each !== known)]
}

export const without = (lines: readonly Line[], sku: string): Line[] => lines.filter((line) => line.sku !== sku)

export const named = (lines: readonly Line[], sku: string, label: string): Line[] =>
  lines.map((line) => (line.sku === sku ? { ...line, label } : line))

/** What is kept of rounds while they are put down, by who walks them. */
export class RoundStore {
  constructor(
    private readonly kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly member: string,
  ) {}

  read(): Line[] {
    try {
      const lines: unknown = JSON.parse(this.kept.getItem(this.name) ?? '[]')
      return Array.isArray(lines) ? lines.filter(isLine) : []
    } catch {
      return []
    }
  }

  /** Keeps the round; where nothing can be kept it lives as long as its page. */
  write(lines: readonly Line[]): void {
    try {
      if (lines.length === 0) this.kept.removeItem(this.name)
      else this.kept.setItem(this.name, JSON.stringify(lines))
    } catch {
      // A full or forbidden storage must not stop the round.
    }
  }

  private get name(): string {
    return `fildefer.round.${this.member}`
  }
}

function isLine(value: unknown): value is Line {
  const line = value as Partial<Line> | null
  return typeof line === 'object' && line !== null && typeof line.sku === 'string' && typeof line.key === 'string' && Number(line.count) > 0
}
