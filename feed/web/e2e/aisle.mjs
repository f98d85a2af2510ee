// The tasks of who works in an aisle, on a running demo, with their touches
// counted in the page: the camera sees a barcode that is drawn for it, and our
// own reader reads it.
//
//   node aisle.mjs URL FOLDER      (FOLDER takes the camera's picture, and those of a failure)
import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { cameraSeeing } from './barcode.mjs'
import { cookiesOf, launch, open } from './browser.mjs'
import { Person } from './person.mjs'

const [url, folder] = process.argv.slice(2)
const scans = 20
const unknown = '4006381333931'

const plain = await launch()
const cookies = await cookiesOf(plain, url, 'staff')
const chief = await cookiesOf(plain, url, 'manager')
let shown // whose screen a failure shows
try {
  const free = await unreported(await visitor(plain, cookies))
  await reportsWithTwoTouches(free[0])
  await joinsWithTwoTouches(free[1])
  await goesStepByStep(free[2])
  await walksTheAisle(free.slice(3, 3 + scans))
  await comesToNoDeadEnd()
} catch (err) {
  await shown?.page.screenshot({ path: join(folder, 'aisle.png') }).catch(() => {}) // a browser that is closed shows nothing
  throw err
} finally {
  await plain.close()
}

/** Scanner, Rupture; then Annuler, while nobody else touched it. */
async function reportsWithTwoTouches(article) {
  await withCamera(article, async (lea) => {
    await begin(lea)
    const opened = performance.now()
    const reader = lea.page.waitForResponse((response) => response.url().startsWith(url) && response.url().endsWith('.wasm'))
    await lea.tap(lea.page.getByRole('link', { name: 'Scanner' }))
    assert.equal((await reader).headers()['content-type'], 'application/wasm', 'our own reader, from our own server')
    await lea.sees(article.label)
    tell(`the scanner has opened and read a code ${Math.round(performance.now() - opened)} ms after the touch`)
    await lea.tap(lea.key('Rupture'))
    await lea.sees('Rupture : c’est signalé.')
    assert.equal(await touches(lea), 2)
    await lea.sees('Signalé par moi')
    const [thread] = await threadsOn(lea, article)
    assert.equal(thread.author.name, 'Léa Martin')
    await lea.tap(lea.key('Annuler'))
    await lea.sees('Signalement retiré.')
    await threadsOn(lea, article, (threads) => threads.length === 0)
  })
  tell('an empty shelf is reported with 2 touches, and taken back with another')
}

/** Scanner, Moi aussi. */
async function joinsWithTwoTouches(article) {
  const boss = await visitor(plain, chief)
  await report(boss, article)
  await withCamera(article, async (lea) => {
    await begin(lea)
    await lea.tap(lea.page.getByRole('link', { name: 'Scanner' }))
    await lea.sees('Déjà signalé')
    await lea.tap(lea.key('Moi aussi'))
    await lea.sees('Moi aussi : c’est signalé.')
    assert.equal(await touches(lea), 2)
    const [, ...more] = await threadsOn(lea, article, ([thread]) => thread?.me_too === 2)
    assert.deepEqual(more, [])
    await begin(lea)
    await lea.tap(lea.key('Remis en rayon', await lea.seesOne(article.label)))
    await lea.seesNoMore(article.label)
    assert.ok((await touches(lea)) <= 2, 'closing takes at most 2 touches')
    await threadsOn(lea, article, (threads) => threads.length === 0)
  })
  await boss.context().close()
  tell('who sees the same joins with 2 touches, and closes it with 1')
}

async function goesStepByStep(article) {
  const page = await visitor(plain, cookies)
  await report(page, article)
  const lea = await at(page, '/')
  for (const [key, done] of [['Je prends', 2], ['Réserve vérifiée', 3], ['Je commande', 4]]) {
    const card = await lea.seesOne(article.label)
    await card.locator('.steps li.done').nth(done - 2).waitFor()
    await lea.tap(lea.key(key, card))
    await card.locator('.steps li.done').nth(done - 1).waitFor()
  }
  const [thread] = await threadsOn(page, article, ([thread]) => thread?.steps?.length === 2)
  assert.deepEqual(thread.steps.map(({ step }) => step), ['backroom', 'ordered'])
  await lea.tap(lea.key('Faux stock', await lea.seesOne(article.label)))
  await lea.seesNoMore(article.label)
  await page.context().close()
  tell('a stock-out goes station by station, a touch each')
}

/** Tour, twenty codes, Envoyer; put down and taken up again on the way. */
async function walksTheAisle(articles) {
  assert.equal(articles.length, scans, 'articles that nobody reports')
  const page = await visitor(plain, cookies)
  const lea = await at(page, '/')
  await lea.tap(lea.page.getByRole('link', { name: 'Tour' }))
  await page.locator('input[name=sku]:focus').waitFor()
  const scan = async ({ sku }) => {
    await page.keyboard.type(sku)
    await page.keyboard.press('Enter')
  }
  for (const article of articles.slice(0, 12)) await scan(article)
  await page.locator('.round-lines li').nth(11).waitFor()
  const before = await touches(lea)
  await page.reload()
  await page.locator('.round-lines li').nth(11).waitFor()
  await page.locator('input[name=sku]:focus').waitFor()
  for (const article of articles.slice(12)) await scan(article)
  await scan(articles[0])
  await lea.sees('×2')
  await lea.tap(lea.key(`Envoyer (${scans})`))
  await lea.sees(`${scans} ruptures signalées.`)
  // The reload began the page's count anew.
  assert.equal(before + (await pressed(page)), 2)
  for (const article of articles) await threadsOn(page, article, (threads) => threads.length === 1)
  await page.context().close()
  tell(`a round of ${scans} scans takes 2 touches, and survives a reload`)
}

/** No camera, a wrong digit, an article that the ERP does not know, no code at all. */
async function comesToNoDeadEnd() {
  const page = await visitor(plain, cookies)
  const lea = await at(page, '/scan')
  await lea.sees(/Tapez le code/)
  await lea.tap(page.locator('.page').getByRole('link', { name: 'Code' }))
  const field = page.locator('input[name=sku]')
  await field.fill(unknown.replace(/.$/, '2'))
  await lea.tap(lea.key('Voir l’article'))
  await lea.sees(/l’un d’eux est faux/)
  await field.fill(unknown)
  await lea.tap(lea.key('Voir l’article'))
  await lea.sees('Article inconnu de l’ERP')
  await lea.tap(lea.key('Rupture'))
  await lea.sees('Rupture : c’est signalé.')
  await lea.tap(lea.key('Annuler'))
  await lea.sees('Signalement retiré.')
  await page.goto('/code')
  await lea.tap(lea.key('Sans code-barres'))
  await page.locator('textarea').fill('Bocal sans étiquette')
  await lea.tap(lea.key('Envoyer'))
  await lea.sees('Sans code-barres : c’est signalé.')
  await lea.seesOne('Bocal sans étiquette')
  assert.deepEqual(lea.faults, [])
  await page.context().close()
  tell('without camera, code or record an article is reported all the same')
}

// ── What the tasks are made of ─────────────────────────────────────────────────

async function visitor(browser, cookies) {
  const page = await open(browser, url, 'phone', { cookies })
  await page.addInitScript(() => {
    window.pressed = 0
    addEventListener('pointerdown', () => window.pressed++, true)
  })
  return page
}

/** Somebody in front of that page; their touches count from here. */
async function at(page, path) {
  await page.goto(path)
  shown = new Person(page, true)
  return shown
}

/** The browser of somebody whose camera sees the article's label. */
async function withCamera(article, work) {
  const browser = await launch(await cameraSeeing(article.sku, join(folder, 'label.y4m')))
  try {
    const page = await visitor(browser, cookies)
    await page.context().grantPermissions(['camera'])
    const lea = await at(page, '/')
    await work(lea)
    assert.deepEqual(lea.faults, [])
  } finally {
    await browser.close()
  }
}

async function begin(person) {
  await person.page.locator('.thumb').waitFor()
  await person.page.evaluate(() => (window.pressed = 0))
  person.taps = 0
}

function pressed(page) {
  return page.evaluate(() => window.pressed)
}

/** The touches that the page felt: as many as the person made. */
async function touches(person) {
  const felt = await pressed(person.page)
  assert.equal(felt, person.taps, 'every touch is felt once')
  return felt
}

async function ask(page, path) {
  const reply = await page.context().request.get(`/api/v1${path}`)
  assert.ok(reply.ok(), `${path}: ${reply.status()}`)
  return reply.json()
}

/** The open posts about an article, once the server says what is waited for: the screen shows its hopes before. */
async function threadsOn(who, { sku }, fits = (threads) => threads.length > 0) {
  const until = Date.now() + 30_000
  for (;;) {
    const { threads } = await ask(who.page ?? who, `/articles/${sku}`)
    if (fits(threads)) return threads
    assert.ok(Date.now() < until, `the threads on ${sku} are ${JSON.stringify(threads)}`)
    await setTimeout(200)
  }
}

/** Articles of the person's own aisle of which nobody says anything. */
async function unreported(page) {
  const aisle = 'villeurbanne/epicerie-sucree'
  const found = []
  for (const words of 'abcdefghijklmnopqrstuvwxyz') {
    for (const { sku } of (await ask(page, `/articles?q=${words}`)).articles) {
      if (found.some((article) => article.sku === sku)) continue
      const article = await ask(page, `/articles/${sku}`)
      if (article.threads.length === 0) found.push(article)
    }
  }
  const own = (article) => Number(article.aisle !== aisle)
  return found.sort((a, b) => own(a) - own(b))
}

/** Reports the article without the screen. */
async function report(page, { sku }) {
  const draft = { kind: 'stock-out', territory: 'villeurbanne/epicerie-sucree', sku }
  const reply = await page.context().request.post('/api/v1/posts', { data: draft })
  assert.ok(reply.ok(), `report ${sku}: ${reply.status()}`)
}

function tell(sentence) {
  console.log(sentence)
}
