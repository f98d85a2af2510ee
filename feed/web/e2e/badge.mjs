// A shared tablet through a morning: paired, used by nobody in particular, then
// by one person after another, left alone, and lost.
//
//   node badge.mjs PROGRAM|URL
//
// PROGRAM is started as a demo of its own; at URL a demo runs already.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { cameraSeeingSquare } from './barcode.mjs'
import { cookiesOf, launch, open, unfold } from './browser.mjs'
import { startDemo } from './demo.mjs'
import { keptOn } from './kept.mjs'
import { Person } from './person.mjs'

const line = 'lyon/bottling/line-3'
const badges = { operator: 'KARIM-0001', manager: 'SOFIA-0003' }
const secret = `la courroie couine depuis ${Date.now()}`
const revokedWithin = 10_000

const [where] = process.argv.slice(2)
const demo = where.startsWith('http') ? { url: where, stop: async () => {} } : await startDemo(resolve(where))
const browser = await launch()
try {
  await morning()
} finally {
  await browser.close()
  await demo.stop()
}

async function morning() {
  const office = await desk()
  const { id: device, code } = await office.send('post', '/devices', { name: 'Tablette du matin', place: line, kind: 'station' })
  for (const [member, badge] of Object.entries(badges)) await office.send('put', `/members/${member}/badge`, { badge })
  const post = await office.as('operator', 'post', '/posts', { kind: 'quality-point', territory: line, text: `Étiquettes de travers ${Date.now()}` })

  const tablet = await Person.at(browser, demo.url, 'tablet')
  const { page } = tablet
  await told('a code in the address pairs at once, and stays in no address', () => pair(tablet, code))
  await told('the station reads, and takes in one touch', () => take(tablet, post))
  await told('a badge signs in with no touch, and none of its keys lands in the field', () => firstBadge(tablet, post))
  await told('a hand types as ever', () => draft(tablet))
  await told('another badge takes the screen: nothing of the first person is left', () => secondBadge(tablet, post))
  await told('the draft is there again for its author, and goes when it is sent', () => again(tablet, post))
  await told('what nobody in particular typed is sent by who says their name, in five touches', () => nameAndCode(tablet, post))
  await told('left alone, the screen is the station’s again', () => idle(tablet))
  await told('a badge that nobody has says so, and changes nothing', () => unknownBadge(tablet))
  await told('where there is no reader, the camera reads a badge', () => badgeByCamera(office))
  await told('what the server said before a tablet was paired closes nothing when it is heard late', () => lateWord(office))
  await told('a lost tablet closes within ten seconds', () => lose(tablet, office, device))
  assert.deepEqual(tablet.faults, [])
  await page.context().close()
}

/** An administrator's requests, and those of others. */
async function desk() {
  const cookies = { admin: await cookiesOf(browser, demo.url, 'admin') }
  const as = async (member, method, path, data) => {
    cookies[member] ??= await cookiesOf(browser, demo.url, member)
    const context = await browser.newContext({ baseURL: demo.url })
    await context.addCookies(cookies[member])
    const headers = { 'Idempotency-Key': crypto.randomUUID() }
    const reply = await context.request[method](`/api/v1${path}`, { headers, ...(data && { data }) })
    const text = await reply.text()
    await context.close()
    assert.ok(reply.ok(), `${method} ${path} as ${member}: ${reply.status()} ${text}`)
    return text ? JSON.parse(text) : undefined
  }
  return { as, send: (...request) => as('admin', ...request) }
}

async function pair({ page }, code) {
  await page.goto(`/#pair=${code}`)
  await page.locator('.top .say-who').waitFor()
  assert.equal(new URL(page.url()).hash, '')
  assert.match(await page.locator('.top h1').innerText(), /Ligne 3/)
  assert.match(await page.locator('.top .say-who').innerText(), /Tablette du matin/)
}

/** On a slow network the answer to who was there overtakes nothing: by then the tablet is paired. */
async function lateWord(office) {
  const { code } = await office.send('post', '/devices', { name: 'Tablette lente', place: line, kind: 'station' })
  const page = await open(browser, demo.url, 'tablet')
  let hear
  const paired = new Promise((resolve) => (hear = resolve))
  const holdBack = async (route) => {
    const answer = await route.fetch()
    await paired
    await route.fulfill({ response: answer })
  }
  await page.route('**/api/v1/session?*', holdBack, { times: 1 })
  await page.goto(`/#pair=${code}`)
  await page.locator('.top .say-who').waitFor()
  const late = page.waitForResponse((reply) => reply.url().includes('/api/v1/session?'))
  hear()
  assert.equal((await late).status(), 401)
  await page.locator('article.item').first().waitFor()
  assert.ok(await page.locator('.top .say-who').isVisible())
  await page.context().close()
}

async function take(tablet, post) {
  const card = tablet.page.locator(`article.item[data-post="${post.id}"]`)
  await unfold(tablet.page) // a busy morning keeps the lesser ones folded
  await card.waitFor()
  tablet.taps = 0
  const answered = tablet.page.waitForResponse((reply) => reply.url().includes('/take'))
  await tablet.tap(card.getByRole('button', { name: /^Je prends/ }))
  assert.equal((await answered).status(), 200)
  assert.equal(tablet.taps, 1)
  assert.equal((await stateOf(tablet, post)).taker.name, 'Tablette du matin')
}

async function firstBadge(tablet, post) {
  const field = await answerTo(tablet, post)
  tablet.taps = 0
  await readBadge(tablet, badges.operator)
  await isHere(tablet, 'Karim Benali')
  assert.equal(await field.inputValue(), '', 'no key of the badge is in the field')
  assert.equal(new URL(tablet.page.url()).pathname, `/post/${post.id}`, 'the page stays where it is')
  assert.equal(tablet.taps, 0)
}

async function draft({ page }) {
  const field = page.locator('textarea[name=comment]')
  const says = (text) => page.waitForFunction((text) => document.querySelector('textarea[name=comment]').value === text, text)
  const [before, after] = secret.split('couine')
  await field.pressSequentially(before + after, { delay: 12 })
  await says(before + after)
  // At the caret, in the middle, then over a selection.
  await field.evaluate((area, at) => area.setSelectionRange(at, at), before.length)
  await page.keyboard.type('XXX', { delay: 60 })
  await says(`${before}XXX${after}`)
  await field.evaluate((area, at) => area.setSelectionRange(at, at + 3), before.length)
  await page.keyboard.type('couine', { delay: 40 })
  await says(secret)
}

async function secondBadge(tablet, post) {
  const { page } = tablet
  const heard = []
  // The stream does not end; what it tells is in the page.
  page.on('response', (reply) => reply.url().includes('/stream') || heard.push(reply.text().catch(() => '')))
  await readBadge(tablet, badges.manager)
  await isHere(tablet, 'Sofia Costa')
  // She keeps a store as well: the tablet is the line's all the same.
  assert.ok(await page.locator('.home.line').isVisible())
  const field = await answerTo(tablet, post)
  assert.equal(await field.inputValue(), '')
  const kept = await keptOn(page)
  const all = [await page.content(), ...kept, ...(await Promise.all(heard))].join('\n')
  for (const mark of [secret, secret.slice(-13), badges.operator, badges.manager]) {
    assert.ok(!all.includes(mark), `${JSON.stringify(mark)} of the first person is left`)
  }
  assert.ok(!(await page.content()).includes('Identifié : Karim'))
  assert.equal(await page.evaluate(() => document.cookie), '')
  await field.pressSequentially('à moi, Sofia', { delay: 50 })
}

async function again(tablet, post) {
  const { page } = tablet
  await readBadge(tablet, badges.operator)
  await isHere(tablet, 'Karim Benali')
  await answerTo(tablet, post)
  await page.waitForFunction((text) => document.querySelector('textarea[name=comment]').value === text, secret)
  await tablet.tap(page.locator('.comment-form .key.main'))
  await page.locator('.conversation').getByText(secret).waitFor()
  // The screen shows what it hopes for; the server is asked until it has it.
  while ((await stateOf(tablet, post)).last_comment?.author.name !== 'Karim Benali') await tablet.page.waitForTimeout(200)
  await page.waitForFunction(() => document.querySelector('textarea[name=comment]').value === '')
  await keeps(page, 1) // which is Sofia's
  await page.reload()
  await isHere(tablet, 'Karim Benali')
  assert.equal(await page.locator('textarea[name=comment]').inputValue(), '')
}

async function nameAndCode(tablet, post) {
  const { page } = tablet
  await tablet.leave()
  await tablet.tap(page.locator('.account .who'))
  await tablet.tap(tablet.key('Quitter'))
  await page.locator('.top .say-who').waitFor()
  const field = await answerTo(tablet, post)
  await field.pressSequentially('vu par moi', { delay: 50 })
  await tablet.tap(page.locator('.comment-form .key.main'))
  const panel = page.locator('.who-panel')
  await panel.waitFor()
  tablet.taps = 0
  await tablet.tap(panel.locator('.person', { hasText: 'Karim Benali' }))
  for (const digit of '1234') await tablet.tap(panel.getByRole('button', { name: digit, exact: true }))
  await isHere(tablet, 'Karim Benali')
  assert.equal(tablet.taps, 5)
  await page.locator('.conversation').getByText('vu par moi').waitFor()
  await page.waitForFunction(() => document.querySelector('textarea[name=comment]').value === '')
  assert.equal((await stateOf(tablet, post)).last_comment.author.name, 'Karim Benali')
}

async function idle(tablet) {
  const { page } = tablet
  await page.clock.install()
  await page.reload()
  await isHere(tablet, 'Karim Benali')
  await page.clock.fastForward(91_000)
  await page.locator('.idle').waitFor()
  await tablet.tap(tablet.key('Je reste'))
  await page.locator('.idle').waitFor({ state: 'detached' })
  await isHere(tablet, 'Karim Benali')
  await page.clock.fastForward(91_000)
  await page.locator('.idle').waitFor()
  await page.clock.fastForward(16_000)
  await page.locator('.top .say-who').waitFor()
  assert.equal(new URL(page.url()).pathname, '/')
  const { id } = await (await page.context().request.get('/api/v1/session')).json()
  assert.match(id, /^device:/, 'the server knows that the person left')
}

async function unknownBadge(tablet) {
  await readBadge(tablet, 'NOBODY-1')
  await tablet.page.locator('.notice.grave').waitFor()
  assert.ok(await tablet.page.locator('.top .say-who').isVisible())
}

/** A tablet without a reader, before whose camera Karim holds his badge. */
async function badgeByCamera(office) {
  const folder = await mkdtemp(join(tmpdir(), 'fildefer-badge-'))
  const seeing = await launch(await cameraSeeingSquare(badges.operator, join(folder, 'badge.y4m')))
  try {
    const { code } = await office.send('post', '/devices', { name: 'Tablette sans lecteur', place: line, kind: 'station' })
    const tablet = await Person.at(seeing, demo.url, 'tablet')
    await tablet.page.context().grantPermissions(['camera'])
    await tablet.page.goto(`/#pair=${code}`)
    await tablet.tap(tablet.page.locator('.top .say-who'))
    await tablet.tap(tablet.key('Lire un QR'))
    await isHere(tablet, 'Karim Benali')
    assert.deepEqual(tablet.faults, [])
  } finally {
    await seeing.close()
    await rm(folder, { recursive: true })
  }
}

async function lose({ page }, office, device) {
  const began = performance.now()
  await office.send('delete', `/devices/${device}`)
  await page.locator('.signin .banner').waitFor({ timeout: revokedWithin })
  assert.ok(performance.now() - began < revokedWithin)
  assert.equal(await page.locator('article.item').count(), 0)
}

/** Waits until the device keeps that many drafts. */
function keeps(page, count) {
  return page.waitForFunction(
    (count) =>
      new Promise((resolve) => {
        const open = indexedDB.open('fildefer-drafts')
        open.onsuccess = () => {
          const kept = open.result.transaction('drafts').objectStore('drafts').count()
          kept.onsuccess = () => {
            open.result.close()
            resolve(kept.result === count)
          }
        }
      }),
    count,
  )
}

/** Opens a post from the feed, and puts the caret in the field for an answer. */
async function answerTo(tablet, post) {
  const { page } = tablet
  await unfold(page)
  await tablet.tap(page.locator(`article.item[data-post="${post.id}"] h3 a`))
  const field = page.locator('textarea[name=comment]')
  await field.focus()
  return field
}

/**
 * A reader types what a badge says, a key every five milliseconds. The keys are
 * sent without waiting for one another: a busy machine that runs this is slow,
 * readers are not.
 */
async function readBadge({ page }, badge) {
  const keyboard = await page.context().newCDPSession(page)
  const from = Date.now() / 1000
  const press = (key, text, i) => ['keyDown', 'keyUp'].map((type) =>
    keyboard.send('Input.dispatchKeyEvent', { type, key, timestamp: from + i * 0.005, ...(type === 'keyDown' && { text }) }))
  await Promise.all([...badge].flatMap((key, i) => press(key, key, i)).concat(press('Enter', '\r', badge.length)))
  await keyboard.detach()
}

/** Waits until the screen is that person's. */
async function isHere({ page }, name) {
  await page.locator('.account .who', { hasText: name }).waitFor({ state: 'attached' })
}

async function stateOf({ page }, post) {
  return (await page.context().request.get(`/api/v1/posts/${post.id}`)).json()
}

async function told(sentence, work) {
  const began = performance.now()
  try {
    await work()
  } catch (err) {
    throw new Error(`it does not hold that ${sentence}\n${err.stack}`)
  }
  console.log(`${String(Math.round(performance.now() - began)).padStart(6)} ms  ${sentence}`)
}
