// Prints what the first screen weighs over the wire, and refuses a build that
// a slow tablet would feel.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const budget = 120_000
const dir = new URL('dist/assets/', import.meta.url)

let total = 0
for (const name of readdirSync(dir).filter((n) => /\.(js|css)$/.test(n))) {
  const size = gzipSync(readFileSync(new URL(name, dir)), { level: 9 }).length
  total += size
  console.log(`  ${(size / 1000).toFixed(1).padStart(6)} kB gzipped  ${name}`)
}
console.log(`  ${(total / 1000).toFixed(1).padStart(6)} kB of the ${budget / 1000} kB that the first screen may weigh`)
if (total > budget) {
  console.error('The first screen is over its budget.')
  process.exit(1)
}
