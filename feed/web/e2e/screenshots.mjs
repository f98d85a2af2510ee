// Pictures of every screen on every device, light and dark, French and English:
//
//   node screenshots.mjs PROGRAM|URL FOLDER [--readme]
//
// PROGRAM is started as a demo of its own; at URL a demo runs already. With
// --readme the three pictures of README.md are taken too.
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { devices, launch } from './browser.mjs'
import { startDemo } from './demo.mjs'
import { gallery, screens } from './screens.mjs'

const looks = ['fr', 'en'].flatMap((lang) => ['light', 'dark'].map((theme) => ({ lang, theme })))
const docs = new URL('../../../deploy/docs/', import.meta.url)
const mostBytes = 200_000
const sheetHead = `<!doctype html><meta charset="utf-8"><title>Fildefer</title>
<style>body{font:16px sans-serif;background:#888}img{height:360px;margin:4px}</style>`

const [where, folder, ...flags] = process.argv.slice(2)
const demo = where.startsWith('http') ? { url: where, stop: async () => {} } : await startDemo(resolve(where))
const browser = await launch()
try {
  const visit = gallery(browser, demo.url)
  if (flags.includes('--readme')) await takeReadme(visit)
  await takeAll(visit)
} finally {
  await browser.close()
  await demo.stop()
}

async function takeAll(visit) {
  await mkdir(folder, { recursive: true })
  const sections = []
  for (const screen of screens) {
    const names = []
    for (const device of Object.keys(devices)) {
      for (const look of looks) {
        const name = `${screen.name}-${device}-${look.lang}-${look.theme}.png`
        if (await take(visit, screen, device, look, join(folder, name))) names.push(name)
      }
    }
    sections.push(`<section><h2>${screen.name}</h2>${names.map((n) => `<a href="${n}"><img src="${n}" alt="${n}"></a>`).join('')}</section>`)
    console.log(`${screen.name}: ${names.length} pictures`)
  }
  await writeFile(join(folder, 'index.html'), sheetHead + sections.join('\n'))
}

async function takeReadme(visit) {
  const pictures = { line: 'tablet', aisle: 'phone', direct: 'tablet' } // a desktop's is too large for a page
  for (const screen of screens.filter(({ name }) => name in pictures)) {
    const file = new URL(`${screen.name}.png`, docs).pathname
    await take(visit, { ...screen, ready: anAlert }, pictures[screen.name], { lang: 'fr', theme: 'light' }, file)
    const { size } = await stat(file)
    if (size > mostBytes) throw new Error(`${file} has ${size} bytes, more than ${mostBytes}`)
  }
}

/** The plant is simulated, not staged: its next trouble is waited for. */
async function anAlert(page) {
  await page.locator('.item.critical, .item.major').first().waitFor({ timeout: 600_000 })
}

async function take(visit, screen, device, look, path) {
  const page = await visit(screen, device, look)
  if (!page) return false
  await page.screenshot({ path })
  await page.context().close()
  return true
}
