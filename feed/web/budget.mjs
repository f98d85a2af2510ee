// Prints what the first screen weighs over the wire, and refuses a build that
// a slow tablet would feel. The first screen is the page with what it names, and
// the larger of the homes that come apart.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { ZXING_WASM_SHA256 } from 'barcode-detector/ponyfill'

const budget = 120_000
const dist = new URL('dist/', import.meta.url)
const homes = ['wall/WallScreen', 'office/OfficeScreen'].map((name) => `src/${name}.tsx`)

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const unwanted = Object.keys(manifest).filter((name) => name.startsWith('src/kit/'))
if (unwanted.length > 0) {
  console.error(`The page of all components is for whoever makes the screens, not for the people: ${unwanted}`)
  process.exit(1)
}

/** The files that a module needs before it runs. */
function needs(name, found = new Set()) {
  const { file, css = [], imports = [] } = manifest[name]
  for (const one of [file, ...css]) found.add(one)
  for (const other of imports) needs(other, found)
  return found
}
const weigh = (names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length, 0)

// A screen speaks one language: French is the one that the page names.
const entry = [...new Set([...needs('index.html'), ...needs('src/i18n/fr.ts')])]
const home = homes.map((h) => [...needs(h)].filter((name) => !entry.includes(name))).sort((a, b) => weigh(b) - weigh(a))[0]
const files = readdirSync(new URL('assets/', dist)).filter((name) => /\.(js|css)$/.test(name)).map((name) => `assets/${name}`)
const later = files.filter((name) => !entry.includes(name) && !home.includes(name))
const total = weigh([...entry, ...home])
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(6)} kB gzipped`

console.log(`  ${kB(weigh(entry))}  the page, with the homes of line, aisle and manager`)
console.log(`  ${kB(weigh(home))}  the larger home that comes apart, ${home.length + ' files'}`)
console.log(`  ${kB(weigh(later))}  ${later.length} files for later`)
console.log(`  ${(total / 1000).toFixed(1).padStart(6)} kB of the ${budget / 1000} kB that the first screen may weigh`)
if (total > budget) {
  console.error('The first screen is over its budget.')
  process.exit(1)
}

// The reader of barcodes is two packages that must be of one making.
const reader = readdirSync(new URL('assets/', dist)).find((name) => name.startsWith('zxing_reader'))
const sum = reader && createHash('sha256').update(readFileSync(new URL(`assets/${reader}`, dist))).digest('hex')
if (sum !== ZXING_WASM_SHA256) {
  console.error(`The reader of barcodes (${reader}) is not the one that its loader was made for.`)
  process.exit(1)
}
