import { describe, expect, it } from 'vitest'
import css from '../src/tokens.css?raw'

/** The colours of a theme, by token. */
function theme(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`)
  const block = css.slice(from, css.indexOf('}', from))
  return new Map([...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, colour]) => [name!, colour!]))
}

const themes = { light: theme("[data-theme='light']"), dark: theme("[data-theme='dark']") }

/** WCAG's relative luminance. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

const grounds = ['--ground', '--sheet', '--sheet-2']
const across = (inks: string[], on: string[]): [string, string][] => inks.flatMap((ink) => on.map((ground): [string, string] => [ink, ground]))

const inks = ['--ink', '--ink-2', '--brand', '--taken', '--done', '--good', '--idea', '--critical', '--major', '--minor']

/** What is read, on what it is read on. */
const text = [
  ...across(inks, grounds),
  ['--ink', '--brand-soft'],
  ['--brand', '--brand-soft'],
  ['--ink', '--critical-soft'],
  ['--critical', '--critical-soft'],
  ['--ink', '--major-soft'],
  ['--major', '--major-soft'],
  ['--on-brand', '--brand'],
  ['--on-good', '--good'],
  ['--ground', '--ink'], // a notice
  ['--on-critical', '--critical-mark'], // a grave one
] as [string, string][]

/** What is touched. */
const controls = [...across(['--wire', '--brand', '--taken', '--critical-mark', '--good', '--idea'], grounds), ...across(['--on-mark'], ['--major-mark', '--minor-mark'])]

/** Edges of fields and keys: WCAG 2.2 asks 3:1 of them. */
const edges = across(['--edge'], grounds)

describe.each(Object.entries(themes))('in the %s theme', (_, colours) => {
  const measured = ([front, back]: [string, string]): number => {
    const [a, b] = [colours.get(front), colours.get(back)]
    if (!a || !b) throw new Error(`no colour for ${a ? back : front}`)
    return contrast(a, b)
  }
  it.each(text)('%s on %s is read in glare', (...pair) => expect(measured(pair)).toBeGreaterThanOrEqual(7))
  it.each(controls)('%s on %s is found in glare', (...pair) => expect(measured(pair)).toBeGreaterThanOrEqual(4.5))
  it.each(edges)('%s on %s is seen', (...pair) => expect(measured(pair)).toBeGreaterThanOrEqual(3))
})

describe('the themes', () => {
  it('let stale data be read on their hatching', () => {
    for (const [name, colours] of Object.entries(themes)) {
      const from = css.indexOf(`[data-theme='${name}'] {`)
      const hatch = css.slice(from, css.indexOf('}', from)).match(/--hatch:.*/)![0]
      for (const [ink, stripe] of across(inks, hatch.match(/#[0-9a-f]{6}/g)!)) expect(contrast(colours.get(ink)!, stripe), `${ink} on ${stripe}`).toBeGreaterThanOrEqual(7)
    }
  })

  it('name the same colours', () => {
    expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort())
  })

  it('leave no colour outside of tokens.css, but for the black and white of paper', () => {
    const raw = Object.entries(import.meta.glob('../src/**/*.css', { query: '?raw', import: 'default', eager: true }) as Record<string, string>)
    expect(raw.every(([, text]) => text.length > 0)).toBe(true)
    const found = raw.filter(([file]) => !file.endsWith('tokens.css')).flatMap(([file, text]) => (text.split('@media print')[0]!.match(/#[0-9a-f]{3,8}\b(?=[;\s,)])|rgba?\(/gi) ?? []).map((colour) => `${file}: ${colour}`))
    expect(found).toEqual([])
  })
})
