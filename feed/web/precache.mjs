// Builds the service worker as one file at the root, and writes into it what it
// keeps on the device: every file of the build, by content.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { build } from 'vite'

const root = new URL('.', import.meta.url).pathname
const dist = new URL('dist/', import.meta.url)

const digest = (name) => createHash('sha256').update(readFileSync(new URL(name, dist))).digest('hex').slice(0, 16)
const shell = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(dist.pathname.length).replace(/^\/+/, ''))
  .filter((name) => !/(^|\/)\./.test(name) && name !== 'sw.js')
  .sort()
  // Assets carry a hash in their name: the name is their version.
  .map((name) => ({ url: `/${name}`, revision: name.startsWith('assets/') ? null : digest(name) }))

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  define: { shell: JSON.stringify(shell), 'process.env.NODE_ENV': '"production"' },
  build: {
    target: ['chrome90', 'firefox100', 'safari15'],
    emptyOutDir: false,
    lib: { entry: 'src/sw.ts', formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
  },
})
console.log(`  the service worker keeps ${shell.length} files`)
