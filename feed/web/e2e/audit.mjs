// Whether every screen of a running demo can be used by everybody, in French and
// English: WCAG 2.2 AA by axe, light and dark; targets large enough to touch and
// apart; text that is read in glare; nothing wider than the screen, from a phone
// to a wall, nor lost at 200 %.
//
//   node audit.mjs URL [SCREEN…]
import { AxeBuilder } from '@axe-core/playwright'
import { launch } from './browser.mjs'
import { faint } from './contrast.mjs'
import { hardToTouch, outOfReach, tooWide } from './geometry.mjs'
import { gallery } from './gallery.mjs'
import { screens } from './screens.mjs'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const sizes = [[390, 844], [768, 1024], [1280, 800], [1440, 900], [1920, 1080]]
const magnified = [640, 400] // 1280×800 at 200 %
const own = { operator: 'tablet', staff: 'phone', manager: 'desktop', admin: 'desktop', auditor: 'desktop' }
const other = { tablet: sizes[0], desktop: sizes[0], phone: sizes[2] }
const hands = 2 // screens looked at side by side

const [url, ...names] = process.argv.slice(2)
const began = performance.now()
const browser = await launch()
const visit = gallery(browser, url)
const faults = new Map()
const looked = new Set()
const absent = new Set()
const jobs = screens
  .filter(({ name }) => names.length === 0 || names.includes(name))
  .flatMap((screen) => ['fr', 'en'].map((lang) => ({ screen, lang })))
await Promise.all(Array.from({ length: hands }, work))
await browser.close()

console.log(`${looked.size} screens, French and English, light and dark, ${sizes.length} sizes, in ${Math.round((performance.now() - began) / 1000)} s: ${faults.size} faults`)
if (absent.size > 0) console.log(`not in this demo: ${[...absent].join(', ')}`)
for (const [fault, where] of faults) console.error(`${[...where].join(', ')}: ${fault}`)
process.exit(faults.size && 1)

async function work() {
  for (let job = jobs.shift(); job; job = jobs.shift()) await look(job)
}

/** The plant goes on meanwhile: where a post ended under the hand, the screen is opened once more. */
async function look(job, tries = 2) {
  const found = []
  let page
  try {
    page = await visit(job.screen, own[job.screen.member] ?? 'tablet', { lang: job.lang })
    if (!page) return void absent.add(job.screen.name)
    await judge(page, job, (...fault) => found.push(fault))
    looked.add(job.screen.name)
  } catch (err) {
    if (tries > 1) return look(job, tries - 1)
    found.push([`it cannot be looked at: ${err.message.split('\n').slice(0, 3).join(' ')}`])
  } finally {
    await page?.context().close()
  }
  for (const [fault, where] of found) {
    faults.set(fault, (faults.get(fault) ?? new Set()).add([job.screen.name, job.lang, where].filter(Boolean).join(' ')))
  }
}

async function judge(page, { screen, lang }, note) {
  await byDayAndNight(page, note)
  await shape(page, note)
  if (lang === 'fr') await axeElsewhere(page, other[own[screen.member] ?? 'tablet'], note)
}

/** By day everything is judged; by night what night changes. */
async function byDayAndNight(page, note) {
  for (const [scheme, what] of [['light', { type: 'tag', values: rules }], ['dark', { type: 'rule', values: ['color-contrast'] }]]) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.locator(`html[data-theme=${scheme}]`).waitFor({ state: 'attached' })
    await axe(page, what, (fault) => note(fault, scheme))
    for (const fault of await page.evaluate(faint)) note(fault, scheme)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

async function axeElsewhere(page, [width, height], note) {
  await page.setViewportSize({ width, height })
  await axe(page, { type: 'tag', values: rules }, (fault) => note(fault, width))
}

async function axe(page, runOnly, note) {
  // One frame is all there is: no second page is needed to gather what was found.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ runOnly, resultTypes: ['violations'] })
  const { violations } = await builder.analyze()
  for (const { id, nodes } of violations) note(`${id}: ${nodes.map((n) => n.target).join(' ')}: ${nodes[0].failureSummary}`)
}

async function shape(page, note) {
  for (const [width, height] of [...sizes, magnified]) {
    await page.setViewportSize({ width, height })
    await page.evaluate(settled)
    for (const fault of await page.evaluate(tooWide)) note(fault, width)
    for (const fault of await page.evaluate(hardToTouch)) note(fault, width)
  }
  for (const fault of await page.evaluate(outOfReach)) note(fault, 'at 200 %')
}

/** Runs in the page: what follows the size of the screen has followed. */
function settled() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}
