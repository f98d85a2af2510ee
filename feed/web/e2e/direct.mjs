// What whoever steers a place does each day, counted: see what burns and open
// it (1 click), ask a team (3 clicks, or a and Enter), decide an idea (3
// clicks). What the server takes of it may not be felt.
//
//   node direct.mjs URL      (a demo; it is left with what was posted)
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'

const patience = 60_000
const serverShare = 300 // ms of a request, for nine of ten
const shares = []
const place = 'lyon/bottling/line-3'
const grave = ['critical', 'major', 'minor', 'info']

const url = process.argv[2]
const browser = await launch()
try {
  const operator = await Server.as(browser, url, 'operator')
  const manager = await Server.as(browser, url, 'manager')
  const cookies = await cookiesOf(browser, url, 'manager')
  const post = (kind, text) => operator.post('/posts', { kind, territory: place, text })
  await seesWhatBurns(await board(cookies), manager)
  await asks(await board(cookies), await post('safety-point', 'Carter ouvert sur le convoyeur'), manager)
  await asksByKeyboard(await board(cookies), await post('stop-point', 'Convoyeur bloqué'), manager)
  for (const [key, verdict, reason] of [
    ['J’accepte', 'Acceptée', 'Simple à faire'],
    ['Je refuse', 'Refusée', 'Trop coûteux'],
    ['Plus tard', 'Reportée', 'Au prochain arrêt'],
  ]) {
    await decides(await board(cookies), await post('idea', `Une idée : ${verdict}`), manager, key, verdict, reason)
  }
  await decidesByKeyboard(await board(cookies), await post('idea', 'Une idée, au clavier'), manager)
  await seesEarlier(await board(cookies))
  await seesPlaces(await board(cookies))
  await seesASource(await board(cookies), manager)
  const late = Math.round(shares.sort((a, b) => a - b)[Math.ceil(shares.length * 0.9) - 1])
  console.log(`the server took ${late} ms of a request, p90 of ${shares.length}`)
  assert.ok(late <= serverShare, `the server took ${late} ms`)
} finally {
  await browser.close()
}
process.exit()

/** The manager's board, with a count of clicks and of what the server takes of each write. */
async function board(cookies) {
  const page = await open(browser, url, 'desktop', { cookies })
  page.setDefaultTimeout(patience)
  await page.goto('/')
  await page.locator('.column .row').first().waitFor()
  const faults = []
  page.on('pageerror', (err) => faults.push(String(err)))
  const person = { page, faults, clicks: 0, keys: 0, shares: [] }
  page.on('requestfinished', (request) => {
    if (request.url().includes('/api/v1/posts')) person.shares.push(request.timing().responseStart - request.timing().requestStart)
  })
  person.click = async (target) => {
    person.clicks++
    await target.click()
  }
  person.press = async (key) => {
    person.keys++
    await page.keyboard.press(key)
  }
  person.row = (id) => page.locator(`.row[data-post="${id}"] h3 a`)
  person.key = (name) => page.getByRole('button', { name, exact: true })
  return person
}

async function leave(person, told, clicks, keys = 0) {
  await person.page.context().close()
  const slowest = Math.round(Math.max(...person.shares, 0))
  shares.push(...person.shares)
  console.log(`${told}: ${person.clicks} clicks, ${person.keys} keys, the server took ${slowest} ms at most`)
  assert.deepEqual([person.clicks, person.keys], [clicks, keys], `clicks and keys to ${told}`)
  assert.deepEqual(person.faults, [])
}

/** Whether the first row has the focus, and is the oldest of the gravest; below critical, one of them. */
async function showsWhatBurns(page, first, manager) {
  const id = await first.getAttribute('data-post')
  assert.equal(await page.evaluate(() => document.activeElement.closest('.row').dataset.post), id, 'the first row has the focus')
  const { posts } = await manager.read('/posts?state=open&limit=100')
  const free = posts.filter((p) => p.state === 'new' && !p.latched && !p.shelf && p.kind !== 'idea' && !['production', 'handover', 'good-news'].includes(p.kind))
  const worst = Math.min(...free.map((p) => grave.indexOf(p.severity)))
  const burning = free.filter((p) => grave.indexOf(p.severity) === worst).sort((a, b) => (a.since < b.since ? -1 : 1))
  return grave[worst] === 'critical' ? id === burning[0].id : burning.some((p) => p.id === id)
}

/** What burns is first, has the focus, and is one click away. */
async function seesWhatBurns(person, manager) {
  const { page } = person
  const first = page.locator('.column').first().locator('.row').first()
  await page.waitForFunction(() => document.activeElement?.matches('.column .row h3 a'))
  // What begins to burn in the moment between waits behind "n nouveaux": such a board is looked at anew.
  for (let look = 1; !(await showsWhatBurns(page, first, manager)); look++) {
    assert.ok(look < 3, 'the oldest of the gravest posts that nobody has is first')
    await page.reload()
    await page.waitForFunction(() => document.activeElement?.matches('.column .row h3 a'))
  }
  await person.click(first.locator('h3 a'))
  await page.locator('.panel .page-keys').waitFor()
  await leave(person, 'see what burns and open it', 1)
}

async function asks(person, post, manager) {
  const { page } = person
  await person.click(person.row(post.id))
  await person.click(person.key('Je demande'))
  await person.click(page.locator('dialog .chip', { hasText: 'maintenance' }))
  await page.locator('.panel .asked', { hasText: 'Demandé à : maintenance, par' }).waitFor()
  await page.locator('.notice').waitFor() // the panel is ahead of the server's answer
  const kept = await manager.read(`/posts/${post.id}`)
  assert.equal(kept.asked, 'maintenance')
  assert.ok(kept.timeline.some((entry) => entry.kind === 'assigned' && entry.text === 'maintenance'))
  await page.locator(`.row[data-post="${post.id}"] .asked`).waitFor()
  await leave(person, 'ask a team', 3)
}

/** The keyboard is on the post; a and Enter ask the likeliest team. */
async function asksByKeyboard(person, post, manager) {
  const { page } = person
  await person.row(post.id).focus()
  await person.press('a')
  await page.locator('dialog .likely:focus').waitFor()
  await person.press('Enter')
  await page.locator(`.row[data-post="${post.id}"] .asked`).waitFor()
  await page.locator('.notice').waitFor()
  assert.equal((await manager.read(`/posts/${post.id}`)).asked, 'lead', 'nobody keeps a rule of what a person reports')
  await leave(person, 'ask a team by keyboard', 0, 2)
}

async function decides(person, post, manager, key, verdict, reason) {
  const { page } = person
  await person.click(person.row(post.id))
  await person.click(person.key(key))
  await person.click(page.locator('dialog').getByRole('button', { name: reason, exact: true }))
  await page.locator(`.row.done[data-post="${post.id}"]`, { hasText: `${verdict} · ${reason}` }).waitFor()
  await page.locator('.notice', { hasText: verdict }).waitFor() // the row is ahead of the server's answer
  const kept = await manager.read(`/posts/${post.id}`)
  assert.deepEqual([kept.state, kept.cause, kept.action], ['resolved', verdict, reason])
  await leave(person, `decide an idea: ${verdict}`, 3)
}

async function decidesByKeyboard(person, post, manager) {
  const { page } = person
  await person.row(post.id).focus()
  await person.press('d')
  for (let step = 0; step < 2; step++) {
    await page.locator('dialog .chip').first().focus()
    await person.press('Enter')
    if (step === 0) await page.locator('dialog h2', { hasText: 'Pourquoi' }).waitFor()
  }
  await page.locator('.notice').waitFor()
  assert.equal((await manager.read(`/posts/${post.id}`)).cause, 'Acceptée')
  await leave(person, 'decide an idea by keyboard', 0, 3)
}

async function seesEarlier(person) {
  const { page } = person
  await person.click(person.key('Plus tôt'))
  await page.locator('.earlier .search input').fill('zzzz nulle part')
  await page.locator('.earlier .quiet', { hasText: /^0 sur/ }).waitFor()
  await leave(person, 'look for what ended earlier', 1)
}

/** Places by their pulse; one of them shows its feed. */
async function seesPlaces(person) {
  const { page } = person
  await person.click(person.key('Menu'))
  await person.click(page.getByRole('link', { name: 'Territoires', exact: true }))
  const line = page.locator('.place', { hasText: 'Ligne 3' })
  await line.locator('.electro').waitFor()
  await person.click(line.getByRole('link', { name: 'Voir le fil : Ligne 3' }))
  await page.locator('.territories').waitFor({ state: 'detached' })
  assert.equal(await page.locator('.filter select').inputValue(), place)
  await leave(person, 'see how places live and the feed of one', 3)
}

/** A figure of what is made tells its connector in one click. */
async function seesASource(person, manager) {
  const { page } = person
  const { posts } = await manager.read('/posts?kind=production&state=open&limit=1')
  if (posts.length === 0) return leave(person, 'nothing is made now', 0)
  await page.goto('/territories')
  await person.click(page.locator('.territories .figure button').nth(1))
  await page.locator('.figure .provenance', { hasText: 'Sujet MQTT' }).waitFor()
  await leave(person, 'see where a figure comes from', 1)
}
