// What a line operator does most, on the demo, within the taps that gloves and
// noise allow: each is counted where the page hears it.
//
//   node line.mjs PROGRAM | URL MACHINES
//
// PROGRAM is started as a demo of its own; at URL a demo runs already, and hears
// machines at MACHINES.
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'
import { startDemo } from './demo.mjs'
import { machine } from './machine.mjs'

const patience = 60_000
const givenWithin = 2 * 3_600_000 // ms after its end that a shift may still hand over
const slowest = 300 // ms, the server's share of an act, p90

const [where, machines] = process.argv.slice(2)
const demo = where.startsWith('http') ? { url: where, machines, stop: async () => {} } : await startDemo(where)
const browser = await launch()
const press = await machine(demo.machines, 'glove-test')
const page = await open(browser, demo.url, 'tablet', { cookies: await cookiesOf(browser, demo.url, 'operator') })
page.setDefaultTimeout(patience)
const faults = []
page.on('pageerror', (err) => faults.push(String(err)))
const served = []
page.on('requestfinished', (r) => r.method() === 'POST' && served.push(r.timing().responseEnd))

// Every touch and key that reaches the page counts, and so does a badge.
let touched = 0
await page.exposeFunction('touched', () => touched++)
await page.addInitScript(() => {
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, (event) => event.isTrusted && window.touched(), true)
  // What would be heard, still heard.
  window.tones = 0
  const make = AudioContext.prototype.createOscillator
  AudioContext.prototype.createOscillator = function () {
    window.tones++
    return make.call(this)
  }
})

try {
  await page.goto('/')
  await page.locator('.dock').waitFor()
  await takes()
  await closes()
  await raises('Qualité')
  await raises('Idée')
  await handsOver()
  await isHeard()
  const late = served.sort((a, b) => a - b)[Math.ceil(served.length * 0.9) - 1]
  assert.ok(late <= slowest, `the server took ${Math.round(late)} ms of an act`)
  assert.deepEqual(faults, [])
} finally {
  press.leave()
  await browser.close()
  await demo.stop()
}

/** Tells how many touches a task took, and fails above its budget. */
async function task(name, budget, work) {
  touched = 0
  await work()
  console.log(`${name}: ${touched} of ${budget}`)
  assert.ok(touched > 0 && touched <= budget, `${name} took ${touched} touches of ${budget}`)
}

/** A filler doses too little until its post is there; returns the post's card. */
async function underfills(name) {
  const card = page.locator('article.item.critical', { hasText: name })
  const stop = new AbortController()
  const speak = async () => {
    while (!stop.signal.aborted) {
      await press.publish(`plant/bottling/line-3/${name}/telemetry`, { weight: 495.5, state: 'running' })
      await new Promise((resolve) => setTimeout(resolve, 1000)) // a machine's own pace
    }
  }
  const speaking = speak()
  await card.waitFor()
  stop.abort()
  await speaking
  return card
}

async function takes() {
  const card = await underfills('filler-8')
  await task('take an alert', 1, async () => {
    await card.getByRole('button', { name: /^Je prends/ }).tap()
    await page.locator('article.item.taken', { hasText: 'filler-8' }).getByText('Pris par Karim').waitFor()
  })
}

async function closes() {
  await task('close it with a cause', 3, async () => {
    await page.locator('article.item.taken', { hasText: 'filler-8' }).locator('h3 a').tap()
    await page.getByRole('button', { name: 'Buse encrassée' }).tap()
    await page.locator('.page-keys').getByRole('button', { name: 'Résolu' }).tap()
    await page.locator('.about .cause').getByText('Buse encrassée').waitFor()
  })
  await page.locator('.page-top .back').tap()
}

async function raises(subject) {
  await task(`raise a point: ${subject}`, 4, async () => {
    await page.locator('.dock').getByRole('link', { name: 'Signaler' }).tap()
    await page.locator('.tile', { hasText: subject }).tap()
    await page.locator('.say .chip').first().tap()
    await page.getByRole('button', { name: 'Envoyer' }).tap()
    await page.getByText('Envoyé. L’équipe le voit.').waitFor()
  })
}

/** The sheet that the shift before left: one gives it, as long as that shift may still be there, another takes it. */
async function handsOver() {
  const { posts } = await (await page.request.get('/api/v1/posts?kind=handover&state=open&territory=lyon/bottling/line-3')).json()
  await task('hand the shift over', 6, async () => {
    await badge('operator', '/')
    await page.locator('.dock').getByRole('link', { name: 'Relève' }).tap()
    const [give, take] = ['Je passe la relève', 'Je prends la relève'].map((name) => page.getByRole('button', { name }))
    await take.waitFor()
    if (Date.now() < Date.parse(posts[0].sheet.end) + givenWithin) {
      await give.tap()
      await page.getByText('Passée par Karim').waitFor()
      assert.ok(await take.isDisabled(), 'one person is one side')
    } else assert.equal(await give.count(), 0, 'nobody hands over what ended long ago')
    await badge('manager', `/post/${posts[0].id}`)
    await page.getByRole('button', { name: 'Je prends la relève' }).tap()
    await page.getByText('Prise par Sofia').waitFor()
  })
  await badge('operator', '/')
}

/** Somebody's badge, which is one gesture: they are signed in, and the tablet shows what it showed. */
async function badge(member, path) {
  touched++
  await page.context().addCookies(await cookiesOf(browser, demo.url, member))
  await page.goto(path)
}

/** What is critical and nobody takes is heard after half a minute, once for each. */
async function isHeard() {
  const critical = page.locator('article.item.critical').getByRole('button', { name: /^Je prends/ })
  while ((await critical.count()) > 0) {
    const left = (await critical.count()) - 1
    await critical.first().tap()
    await page.waitForFunction((left) => document.querySelectorAll('article.item.critical').length <= left, left)
  }
  await page.locator('.clock').tap() // no page may sound before it is touched
  await page.evaluate(() => (window.tones = 0))
  await underfills('filler-9')
  await page.waitForFunction(() => window.tones > 0)
  const heard = Date.now()
  const { posts } = await (await page.request.get('/api/v1/posts?state=new&territory=lyon/bottling/line-3&limit=100')).json()
  const waited = posts.filter((p) => p.severity === 'critical').map((p) => heard - Date.parse(p.since))
  assert.ok(Math.max(...waited) >= 30_000, `it was heard after ${waited} ms`)
  assert.equal(await page.evaluate(() => window.tones), 3, 'three tones, once')
}
