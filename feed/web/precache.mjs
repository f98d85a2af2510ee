// Builds the service worker as one file at the root, and writes into it what it
// keeps on the device: every file of the build, by content.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { build } from 'vite'

const root = new URL('.', import.meta.url).pathname
const dist = new URL('dist/', import.meta.url)

// The words are a module of their own, found only once the page runs: naming the
// French ones in it saves most people a way to the server and back.
const words = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))['src/i18n/fr.ts'].file
const page = new URL('index.html', dist)
writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', `  <link rel="modulepreload" crossorigin href="/${words}">\n  </head>`))

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
