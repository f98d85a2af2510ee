// Whether every screen of a running demo can be used by everybody: WCAG 2.2 AA
// by axe, light and dark; targets large enough to touch; nothing wider than the
// screen.
//
//   node audit.mjs URL
import { AxeBuilder } from '@axe-core/playwright'
import { launch } from './browser.mjs'
import { gallery, screens } from './screens.mjs'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const widths = [390, 768, 900, 1280, 1440, 1920]
const target = 48 // CSS px, whatever is touched
const gloveKey = 104 // and the main keys of who wears gloves
const glove = ['line', 'post', 'report', 'relay'] // of the operator

const browser = await launch()
const visit = gallery(browser, process.argv[2])
const faults = []
const looked = new Set()
const absent = new Set()
for (const screen of screens) {
  for (const device of ['tablet', 'phone']) {
    const page = await visit(screen, device)
    if (!page) {
      absent.add(screen.name)
      continue
    }
    looked.add(screen.name)
    const found = await sizes(page, screen, device)
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      for (const { id, nodes } of violations) {
        found.push(`${colorScheme}: ${id}: ${nodes.map((n) => n.target).join(' ')}: ${nodes[0].failureSummary}`)
      }
    }
    faults.push(...found.map((fault) => `${screen.name}, ${device}: ${fault}`))
    await page.context().close()
  }
}
await browser.close()
console.log(`${looked.size} screens, light and dark, tablet and phone: ${faults.length} faults`)
if (absent.size > 0) console.log(`not in this demo: ${[...absent].join(', ')}`)
for (const fault of faults) console.error(fault)
process.exit(faults.length && 1)

async function sizes(page, screen, device) {
  const main = device === 'tablet' && glove.includes(screen.name) ? gloveKey : target
  const found = await page.evaluate(smallTargets, { target, main })
  if (device === 'phone') return found
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: before.height })
    for (const wide of await page.evaluate(tooWide)) found.push(`${wide} at ${width}`)
  }
  await page.setViewportSize(before)
  return found
}

/** Runs in the page: what must be moved sideways to be read. Only the row of machines and the text of rules may. */
function tooWide() {
  const moves = (e) => e === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
  return [...document.querySelectorAll('*')]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && moves(e) && !e.matches('.strip ul, .yaml textarea'))
    .map((e) => `${e.tagName} ${e.className} is ${e.scrollWidth} px wide`)
}

/** Runs in the page: what is offered to the finger and is too small for it. */
function smallTargets({ target, main }) {
  const offered = [...document.querySelectorAll('button, a, input, textarea, select')].filter((e) => e.checkVisibility() && !e.closest('[inert]'))
  return offered.flatMap((element) => {
    // The link of a title covers its whole sheet.
    const covers = getComputedStyle(element, '::after').position === 'absolute'
    const { width, height } = (covers ? element.offsetParent : element).getBoundingClientRect()
    const least = element.matches('.keys > .main, .dock > .main, .page-keys > .main, .send > .main') ? main : target
    if (height >= least && width >= target) return []
    return [`${element.outerHTML.slice(0, 120)} is ${Math.round(width)}×${Math.round(height)}`]
  })
}
