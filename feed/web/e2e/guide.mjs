// The first steps of each persona, on a running demo: offered once, begun by a
// touch, carried on by what one really does, never in the way.
//
//   node guide.mjs PROGRAM|URL [FOLDER]
import assert from 'node:assert/strict'
import { join, resolve } from 'node:path'
import { cookiesOf, launch, open, unfold } from './browser.mjs'
import { startDemo } from './demo.mjs'
import { Server } from './server.mjs'

const [where, folder] = process.argv.slice(2)
const demo = where.startsWith('http') ? { url: where, stop: async () => {} } : await startDemo(resolve(where))
const browser = await launch()
try {
  await operator()
  await staff()
  await manager()
} finally {
  await browser.close()
  await demo.stop()
}

async function operator() {
  const page = await newcomer('operator', 'tablet')
  await send(page, '/posts', { kind: 'quality-point', territory: 'lyon/bottling/line-3', text: 'Bouchon de travers' })
  await offered(page)
  await says(page, '1/3')
  const take = page.locator('[data-guide=take]').first()
  const post = await take.locator('xpath=ancestor::article').getAttribute('data-post')
  await touch(page, take)
  await says(page, '2/3')
  await unfold(page)
  const sheet = page.locator(`[data-post="${post}"] [data-guide=sheet]`)
  await touch(page, sheet, sheet.locator('h3 a'))
  await says(page, '3/3')
  await touch(page, page.locator('.page [data-guide=resolve]'))
  await answer(page)
  await says(page, 'C’est fait')
  await page.locator('.guide .plain').tap()
  await page.locator('.guide').waitFor({ state: 'detached' })
  await notOfferedAgain(page)
  await askedFor(page)
  await page.context().close()
  console.log('operator: take, look, close')
}

async function staff() {
  const page = await newcomer('staff', 'phone')
  await offered(page)
  await says(page, '1/3')
  await touch(page, page.locator('[data-guide=scan]'))
  await says(page, '2/3')
  await touch(page, page.locator('[data-guide=code]'))
  await page.locator('input[name=sku]').fill(aCode())
  await touch(page, page.locator('[data-guide=open-article]'))
  const reported = page.waitForResponse((reply) => new URL(reply.url()).pathname === '/api/v1/posts' && reply.request().method() === 'POST')
  await touch(page, page.locator('[data-guide=stock-out]'))
  const { id } = await (await reported).json()
  await says(page, '3/3')
  await touch(page, page.locator(`[data-post="${id}"] [data-guide=back-on-shelf]`))
  await says(page, 'C’est fait')
  await page.context().close()
  console.log('staff: report, back on shelf')
}

async function manager() {
  // Nobody decides an idea of their own while there is somebody else.
  const colleague = await Server.as(browser, demo.url, 'operator')
  await colleague.post('/posts', { kind: 'idea', territory: 'lyon/bottling/line-3', text: 'Un miroir au bout du convoyeur' })
  const page = await newcomer('manager', 'desktop')
  await send(page, '/posts', { kind: 'safety-point', territory: 'lyon/bottling/line-3', text: 'Sol glissant' })
  await offered(page)
  await says(page, '1/3')
  await touch(page, page.locator('[data-guide=sheet]').first(), page.locator('[data-guide=sheet] h3 a').first())
  await says(page, '2/3')
  await touch(page, page.locator('.page [data-guide=assign]'))
  await page.locator('dialog .chip').first().click()
  await says(page, '3/3')
  await touch(page, page.locator('.page-top .back'))
  await touch(page, page.locator('.item.idea [data-guide=sheet]').first(), page.locator('.item.idea h3 a').first())
  await touch(page, page.locator('.page [data-guide=decide]').first())
  await answer(page)
  await says(page, 'C’est fait')
  await page.context().close()
  console.log('manager: open, give, decide')
}

/** A device on which nobody was yet. */
async function newcomer(member, device) {
  const page = await open(browser, demo.url, device, { newcomer: true, cookies: await cookiesOf(browser, demo.url, member) })
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (err) => assert.fail(String(err)))
  await page.goto('/')
  page.faceName = `${member}-${device}`
  return page
}

async function offered(page) {
  await page.locator('.notice', { hasText: 'Une minute et demie' }).getByRole('button', { name: 'Premiers pas' }).click()
  await page.locator('.guide').waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
}

async function says(page, text) {
  await page.locator('.guide p', { hasText: text }).first().waitFor()
  if (folder) await page.screenshot({ path: join(folder, `guide-${page.faceName}-${text.replace(/\W/g, '')}.png`) })
}

/** Touches what the sheet speaks of, which it must not cover, with a line round it. */
async function touch(page, what, link = what) {
  await what.waitFor()
  await page.waitForFunction(ringed, await what.elementHandle())
  const [sheet, target] = await Promise.all([page.locator('.guide'), what].map((e) => e.boundingBox()))
  const apart = sheet.x + sheet.width <= target.x || target.x + target.width <= sheet.x || sheet.y + sheet.height <= target.y || target.y + target.height <= sheet.y
  assert.ok(apart, `the sheet ${JSON.stringify(sheet)} covers ${JSON.stringify(target)}`)
  await link.click()
}

/** Runs in the page: whether the line is round an element, 6 px out. */
function ringed(element) {
  const ring = document.querySelector('.guide-ring')?.getBoundingClientRect()
  const own = element.getBoundingClientRect()
  return ring && ['left', 'top'].every((side) => Math.abs(ring[side] + 6 - own[side]) < 2)
}

/** Says why, and, where that is asked, what was done. */
async function answer(page) {
  const dialog = page.locator('dialog')
  await dialog.waitFor()
  for (let asked = ''; await dialog.count(); ) {
    const asks = await dialog.locator('h2').textContent()
    if (asks !== asked) await dialog.locator('.chip').first().click()
    asked = asks
  }
}

async function notOfferedAgain(page) {
  await page.goto('/')
  await page.locator('.feed-end').waitFor()
  assert.equal(await page.locator('.notice').count(), 0)
}

async function askedFor(page) {
  await page.locator('.who').tap()
  await page.getByRole('button', { name: 'Premiers pas' }).tap()
  await says(page, '1/3')
}

/** Writes as the person who is signed in. */
async function send(page, path, data) {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const reply = await page.request.post(`/api/v1${path}`, { data, headers })
  assert.ok(reply.ok(), `${path}: ${reply.status()} ${await reply.text()}`)
}

/** An EAN that nobody reported yet. */
function aCode() {
  const digits = String(Date.now() % 1e12).padStart(12, '3')
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0)
  return digits + ((10 - (sum % 10)) % 10)
}
