// What is written with the network cut is lost neither by the page's end nor by
// the browser's, arrives once, at the time it was typed and in its author's
// name, whoever has the device by then. Against a running demo:
//
//   node offline.mjs URL
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { cookiesOf, devices, launch, launchKept, unfold } from './browser.mjs'

const url = process.argv[2]
const written = 20
const reports = 6
const mostActs = 2
const onTheWay = 6000
let comments // what the posts there are to take leave
let talked // which post they are on
const mark = `hors ligne ${Date.now().toString(36)}`

const folder = await mkdtemp(join(tmpdir(), 'fildefer-offline-'))
const server = await launch()
const manager = await api('manager')
let context
try {
  await step('a person signs in, and the screens are kept on the device', begin)
  const before = Date.now()
  await step('twenty things are written with the network cut', writeAll)
  const after = Date.now()
  await step('the browser is killed; started again, still offline, it paints the feed and has all twenty', restart)
  await step('one that waits can be mended and one can be removed', mendOne)
  await step('somebody else has the device before the network is back, and sees nothing of it', changeHands)
  await step('once the network is back, each arrives once, in time, in its author’s name', () => arrived(before, after))
} finally {
  await context?.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
}

async function begin() {
  context = await launchKept(folder, url, devices.tablet)
  await context.addCookies(await cookiesOf(server, url, 'operator'))
  const page = context.pages()[0]
  await page.goto('/')
  await page.locator('.item').first().waitFor()
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active)
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.includes('precache')))
  await keptFeed(page)
}

/** The snapshot is written a moment after the feed is there. */
function keptFeed(page) {
  return page.waitForFunction(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('fildefer-kept')
        open.onsuccess = () => {
          const get = open.result.transaction('things').objectStore('things').get('read feed')
          get.onsuccess = () => {
            open.result.close()
            resolve(get.result?.posts.length > 0)
          }
        }
      }),
  )
}

async function writeAll() {
  const page = context.pages()[0]
  await context.setOffline(true)
  comments = written - reports - (await writeActs(page))
  await writeComments(page)
  await writeReports(page)
  await waits(page, written)
}

/** Posts are taken: one tap each, and shown as taken at once. Tells how many there were. */
async function writeActs(page) {
  for (let acts = 0; ; acts++) {
    const item = page.locator('.item:not(.taken)', { has: page.getByRole('button', { name: /^Je prends/ }) }).first()
    if (acts === mostActs || (await item.count()) === 0) return acts
    const id = await item.getAttribute('data-post')
    await item.getByRole('button', { name: /^Je prends/ }).tap()
    await unfold(page)
    await page.locator(`.item.taken[data-post="${id}"]`).waitFor()
    await settled(page)
  }
}

async function writeComments(page) {
  await page.locator('.item h3 a').first().tap()
  talked = new URL(page.url()).pathname
  for (let i = 0; i < comments; i++) {
    await page.locator('textarea[name=comment]').fill(`${mark} réponse ${i}`)
    if (i % 4 === 0) await addPhoto(page)
    await page.locator('.comment-form .key.main').tap()
    await page.locator('.comment.queued', { hasText: `${mark} réponse ${i}` }).waitFor()
    await page.waitForFunction(() => document.querySelector('textarea[name=comment]').value === '')
  }
  await page.locator('.page-top .back').tap()
}

async function writeReports(page) {
  for (let i = 0; i < reports; i++) {
    await page.getByRole('link', { name: 'Signaler' }).tap()
    await page.getByRole('button', { name: /^Qualité/ }).tap()
    await page.locator('textarea[name=text]').fill(`${mark} point ${i}`)
    if (i % 3 === 0) await addPhoto(page)
    await page.getByRole('button', { name: 'Envoyer' }).tap()
    await page.locator('.queued-reports li', { hasText: `${mark} point ${i}` }).waitFor()
  }
}

async function addPhoto(page) {
  await page.locator('input[name=photos]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: picture(2400, 1800) })
  await page.locator('.photo-field img').waitFor()
}

async function restart() {
  const pid = await killed(context)
  context = await launchKept(folder, url, devices.tablet)
  await context.setOffline(true)
  const page = context.pages()[0]
  await page.goto('/')
  await page.locator('.item').first().waitFor()
  await page.locator('.last-news').first().waitFor()
  await waits(page, written)
  await page.goto('/waiting')
  await page.locator('.waiting-row').nth(written - 1).waitFor()
  assert.equal(await page.locator('.waiting-row').count(), written, `rows after the end of ${pid}`)
  assert.ok(await page.getByText(`${mark} réponse 0`).isVisible(), 'what was written is read again')
}

/** Ends the browser as a power cut would: without a word. */
async function killed(context) {
  const closed = new Promise((resolve) => context.on('close', resolve))
  const session = await context.pages()[0].context().newCDPSession(context.pages()[0])
  await session.send('Browser.crash').catch(() => undefined)
  await closed
}

async function mendOne() {
  const page = context.pages()[0]
  const row = page.locator('.waiting-row', { hasText: `${mark} réponse 1` }).first()
  await row.getByRole('button', { name: /^Modifier/ }).tap()
  await page.locator('.waiting-row textarea').fill(`${mark} réponse 1 corrigée`)
  await page.getByRole('button', { name: 'J’enregistre' }).tap()
  await page.getByText(`${mark} réponse 1 corrigée`).waitFor()
  await page.locator('.waiting-row', { hasText: `${mark} point 0` }).getByRole('button', { name: /^Supprimer/ }).tap()
  await page.locator('dialog').getByRole('button', { name: 'Supprimer' }).tap()
  await waits(page, written - 1, '.page h1 span')
}

async function changeHands() {
  await context.clearCookies()
  await context.addCookies(await cookiesOf(server, url, 'staff'))
  const page = context.pages()[0]
  const seen = []
  const delivered = new Promise((resolve) =>
    page.on('response', async (reply) => {
      if (!reply.url().includes('/deliveries')) return
      seen.push(await reply.text())
      if (seen.length === written - 1) resolve()
    }),
  )
  await page.goto('/')
  await context.setOffline(false)
  await delivered
  await page.locator('.waiting-badge').waitFor({ state: 'detached' })
  assert.ok(seen.every((text) => !text.includes(mark)), 'a delivery answers nothing of its content')
  assert.ok(!(await dump(page)).includes(mark), 'nothing on the device says what was written')
}

/** All that scripts may read on this device. */
function dump(page) {
  return page.evaluate(async () => {
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    for (const { name } of await indexedDB.databases()) {
      if (name !== 'fildefer-outbox') continue
      const db = await new Promise((resolve, reject) => {
        const open = indexedDB.open(name)
        open.onsuccess = () => resolve(open.result)
        open.onerror = () => reject(open.error)
      })
      for (const store of db.objectStoreNames) {
        const all = await new Promise((resolve) => (db.transaction(store).objectStore(store).getAll().onsuccess = (e) => resolve(e.target.result)))
        const text = (value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value)
        found.push(JSON.stringify(all, (_, value) => text(value)))
      }
      db.close()
    }
    return found.join()
  })
}

async function arrived(before, after) {
  const { posts } = await manager('/posts?state=open&limit=100')
  const mine = posts.filter((post) => post.text?.includes(mark))
  assert.equal(mine.length, reports - 1, 'points that arrived')
  const { thread } = await manager(talked.replace('/post/', '/posts/'))
  const said = thread.filter((comment) => comment.text.includes(mark))
  assert.deepEqual(said.map(({ text }) => text), [...Array(comments).keys()].map((i) => `${mark} réponse ${i}${i === 1 ? ' corrigée' : ''}`), 'each once, in order')
  for (const { author, typed_at, at, opened_at } of [...said, ...mine]) {
    assert.equal(author.member, 'operator')
    // What arrives within seconds of being typed has one time.
    const typed = Date.parse(typed_at ?? at ?? opened_at)
    const latest = after + (typed_at ? 1000 : onTheWay)
    assert.ok(typed >= before - 1000 && typed <= latest, `${typed_at ?? 'no time'} is when it was typed`)
  }
  assert.equal(said.filter(({ photos }) => photos?.length === 1).length, Math.ceil(comments / 4), 'photos of answers')
  assert.equal(mine.filter(({ photos }) => photos?.length === 1).length, 1, 'photos of points; one went with what was removed')
  for (const { id, width, height } of [...said, ...mine].flatMap(({ photos = [] }) => photos)) {
    const jpeg = await manager.bytes(`/photos/${id}`)
    assert.ok(jpeg.length <= 300_000, `a photo of ${jpeg.length} bytes`)
    assert.ok(Math.max(width, height) <= 1600, `a photo of ${width} × ${height}`)
    assert.ok(!jpeg.includes('Exif') && !jpeg.includes('tEXt'), 'nothing of the camera is left in a photo')
  }
}

async function waits(page, count, place = '.waiting-badge') {
  await page.locator(place, { hasText: new RegExp(`^${count}\\b`) }).first().waitFor()
}

/** Keys that have just moved take no tap. */
function settled(page) {
  return page.locator('[data-settling]').waitFor({ state: 'detached' })
}

/** Reads the API as a member, without any screen. */
async function api(member) {
  const context = await server.newContext({ baseURL: url })
  await context.addCookies(await cookiesOf(server, url, member))
  const read = async (path) => {
    const reply = await context.request.get(`/api/v1${path}`)
    assert.ok(reply.ok(), `${path}: ${reply.status()}`)
    return reply
  }
  return Object.assign(async (path) => (await read(path)).json(), { bytes: async (path) => (await read(path)).body() })
}

/** A picture that does not compress: a PNG of noise. */
function picture(width, height) {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let at = 0, seed = 1; at < rows.length; at++) rows[at] = at % (width * 3 + 1) === 0 ? 0 : (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc(body), body.length + 4)
  return out
}

function crc(bytes) {
  let c = ~0
  for (const byte of bytes) {
    c ^= byte
    for (let bit = 0; bit < 8; bit++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0)
  }
  return ~c >>> 0
}

async function step(sentence, work) {
  const began = performance.now()
  try {
    await work()
  } catch (err) {
    throw new Error(`it does not hold that ${sentence}\n${err.stack}`)
  }
  console.log(`${String(Math.round(performance.now() - began)).padStart(6)} ms  ${sentence}`)
}
