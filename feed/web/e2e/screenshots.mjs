// Pictures of every screen on every device, light and dark, French and English:
//
//   node screenshots.mjs PROGRAM|URL FOLDER [--readme]
//
// PROGRAM is started as a demo of its own; at URL a demo runs already. FOLDER
// gets index.html, the contact sheet. With --readme the pictures of README.md
// are taken too, and the sheet as one of them.
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { devices, launch } from './browser.mjs'
import { startDemo } from './demo.mjs'
import { gallery } from './gallery.mjs'
import { screens } from './screens.mjs'

const langs = ['fr', 'en']
const themes = ['light', 'dark']
const docs = new URL('../../../deploy/docs/', import.meta.url)
const mostBytes = 250_000
const mostSheetBytes = 1_000_000
const sheetHead = `<!doctype html><meta charset="utf-8"><title>Fildefer</title>
<style>
  body { margin: 12px; background: #cfd4d6; font: 14px sans-serif; color: #14181b }
  section { break-inside: avoid } h2 { margin: 14px 0 4px; font-size: 15px }
  div { display: flex; flex-wrap: wrap; gap: 4px } img { display: block; height: 64px }
</style>`

const [where, folder, ...flags] = process.argv.slice(2)
const demo = where.startsWith('http') ? { url: where, stop: async () => {} } : await startDemo(resolve(where))
const browser = await launch()
try {
  const visit = gallery(browser, demo.url)
  if (flags.includes('--readme')) await takeReadme(visit)
  await takeAll(visit)
  if (flags.includes('--readme')) await takeSheet()
} finally {
  await browser.close()
  await demo.stop()
}

async function takeAll(visit) {
  await mkdir(folder, { recursive: true })
  const sections = []
  for (const screen of screens) {
    const names = []
    for (const device of Object.keys(devices)) names.push(...(await Promise.all(langs.map((lang) => takeBoth(visit, screen, device, lang)))).flat())
    const pictures = names.map((n) => `<a href="${n}"><img src="${n}" alt="${n}"></a>`).join('')
    sections.push(`<section><h2>${screen.name}</h2><div>${pictures}</div></section>`)
    console.log(`${screen.name}: ${names.length} pictures`)
  }
  await writeFile(join(folder, 'index.html'), sheetHead + sections.join('\n'))
}

/** A screen by day and by night; none of one that does not open. */
async function takeBoth(visit, screen, device, lang) {
  const names = themes.map((theme) => `${screen.name}-${device}-${lang}-${theme}.png`)
  try {
    const taken = await take(visit, screen, device, { lang, theme: themes[0] }, ...names.map((name) => join(folder, name)))
    return taken ? names : []
  } catch (err) {
    console.error(`${screen.name} on the ${device}, ${lang}: ${err.message.split('\n')[0]}`)
    return []
  }
}

async function takeReadme(visit) {
  const pictures = { line: 'tablet', aisle: 'phone', direct: 'tablet', wall: 'desktop' }
  for (const screen of screens.filter(({ name }) => name in pictures)) {
    const file = new URL(`${screen.name}.png`, docs).pathname
    const ready = screen.name === 'wall' ? screen.ready : anAlert
    await take(visit, { ...screen, ready }, pictures[screen.name], { lang: 'fr', theme: 'light' }, file)
    const { size } = await stat(file)
    if (size > mostBytes) throw new Error(`${file} has ${size} bytes, more than ${mostBytes}`)
  }
}

/** The contact sheet as one picture. */
async function takeSheet() {
  const page = await browser.newPage({ viewport: { width: 1320, height: 1000 } })
  await page.goto(pathToFileURL(resolve(folder, 'index.html')).href)
  await page.screenshot({ path: new URL('screens.jpg', docs).pathname, type: 'jpeg', quality: 35, fullPage: true })
  await page.context().close()
  const { size } = await stat(new URL('screens.jpg', docs))
  if (size > mostSheetBytes) throw new Error(`screens.jpg has ${size} bytes, more than ${mostSheetBytes}`)
}

/** The plant is simulated, not staged: its next trouble is waited for. */
async function anAlert(page) {
  await page.locator('.item.critical, .item.major').first().waitFor({ timeout: 600_000 })
}

/** Pictures of one visit: by day, then, where another is wanted, by night. */
async function take(visit, screen, device, look, ...paths) {
  const page = await visit(screen, device, look)
  if (!page) return false
  for (const [i, path] of paths.entries()) {
    await page.emulateMedia({ colorScheme: themes[i] })
    await page.screenshot({ path })
  }
  await page.context().close()
  return true
}
