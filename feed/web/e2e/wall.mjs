// Whether a wall display survives a week: ten thousand changes of a real server
// go over its screen, and its heap, its nodes and its listeners stay what they
// were.
//
//   node wall.mjs PROGRAM|URL
//
// PROGRAM is started as a demo of its own; at URL a demo runs already. The page
// is the display as a manager sees it at /wall.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { cookiesOf, launch, open } from './browser.mjs'
import { startDemo } from './demo.mjs'

const changes = 10_000
const each = 400 // changes between two looks at the heap
const threads = 48 // what is open at once, so that little is merged on its way
const atOnce = 8
const bearable = 1.1

const where = process.argv[2]
const demo = where.startsWith('http') ? { url: where, stop: async () => {} } : await startDemo(resolve(where))
const browser = await launch()
try {
  await watch()
} finally {
  await browser.close()
  await demo.stop()
}

async function watch() {
  const page = await open(browser, demo.url, 'desktop', { cookies: await cookiesOf(browser, demo.url, 'manager') })
  const faults = []
  page.on('pageerror', (err) => faults.push(String(err)))
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto('/wall')
  await page.locator('.wall-answer .code').waitFor()
  await page.evaluate(() => (window.sameDocument = true))
  const probe = await probeOf(page)
  const floor = await floorOf()
  const looks = []
  const began = performance.now()
  while (probe.seen() < changes) {
    const goal = probe.seen() + each
    while (probe.seen() < goal) await floor.stir()
    looks.push({ seen: probe.seen(), ...(await probe.look()) })
  }
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`${probe.seen()} changes in ${seconds} s, ${looks.length} looks`)
  for (const what of ['heap', 'nodes', 'listeners']) flat(looks, what)
  // It was not flat because it stood still.
  await floor.say('Le mur vit encore')
  await page.locator('.wall-posts', { hasText: 'Le mur vit encore' }).waitFor()
  assert.ok(await page.evaluate(() => window.sameDocument), 'the page was loaded anew')
  assert.deepEqual(faults, [])
}

/** The last third is no more than a tenth above the first. */
function flat(looks, what) {
  const third = Math.floor(looks.length / 3)
  const median = (some) => some.map((look) => look[what]).sort((a, b) => a - b)[Math.floor(some.length / 2)]
  const [first, last] = [median(looks.slice(0, third)), median(looks.slice(-third))]
  console.log(`${what.padStart(10)}: ${first} at first, ${last} at last`)
  assert.ok(last <= first * bearable, `${what} went from ${first} to ${last}: ${looks.map((look) => look[what])}`)
}

/** Counts the changes that reach the page, and looks at what it holds. */
async function probeOf(page) {
  const devtools = await page.context().newCDPSession(page)
  let seen = 0
  devtools.on('Network.eventSourceMessageReceived', ({ eventName }) => eventName === 'post' && seen++)
  await devtools.send('Network.enable')
  await devtools.send('HeapProfiler.enable')
  return {
    seen: () => seen,
    look: async () => {
      await devtools.send('HeapProfiler.collectGarbage')
      const { usedSize } = await devtools.send('Runtime.getHeapUsage')
      const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters')
      return { heap: usedSize, nodes, listeners: jsEventListeners }
    },
  }
}

/** Somebody at the line who has much to say and cannot make up his mind. */
async function floorOf() {
  const cookies = await cookiesOf(browser, demo.url, 'operator')
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  let count = 0
  const send = async (method, path, body) => {
    const headers = { cookie, 'content-type': 'application/json', 'idempotency-key': `wall-${Date.now()}-${count++}` }
    const reply = await fetch(`${demo.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return reply.json()
  }
  const say = (text) => send('POST', '/posts', { kind: 'quality-point', territory: 'lyon/bottling/line-3', text })
  const made = await Promise.all(Array.from({ length: threads }, (_, i) => say(`Point ${i}`)))
  let round = 0
  const acts = [
    (id) => send('POST', `/posts/${id}/take`),
    (id) => send('PUT', `/posts/${id}/reactions/useful`),
    (id) => send('POST', `/posts/${id}/release`),
    (id) => send('DELETE', `/posts/${id}/reactions/useful`),
  ]
  /** One act on every thread; one of them ends and another begins, so that what is over piles up too. */
  const stir = async () => {
    const act = acts[round % acts.length]
    const ids = made.map((post) => post.id)
    for (let i = 0; i < ids.length; i += atOnce) await Promise.all(ids.slice(i, i + atOnce).map(act))
    if (round % acts.length === acts.length - 1) {
      const [ended] = made.splice(0, 1)
      await send('POST', `/posts/${ended.id}/resolve`, { cause: 'Réglage fait' })
      made.push(await say(`Point ${threads + round}`))
    }
    round++
  }
  return { say, stir }
}
