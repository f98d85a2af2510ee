// Whether the board stays at hand on a slow machine: 500 open posts, 10 changes
// a second, a processor four times slower, and somebody at the keyboard. What
// counts is the time from a key to the next picture.
//
//   node pace.mjs URL      (a demo; it is left with what was posted)
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'

const posts = 500
const changes = 10 // a second
const slowdown = 4
const keys = 60
const budget = 100 // ms, 95 in 100 keys

const url = process.argv[2]
const browser = await launch()
try {
  const operator = await Server.as(browser, url, 'operator')
  const ids = []
  while (ids.length < posts) {
    const batch = Array.from({ length: Math.min(20, posts - ids.length) }, (_, i) =>
      operator.post('/posts', { kind: i % 5 ? 'quality-point' : 'stop-point', territory: 'lyon/bottling/line-3', text: `Point ${ids.length + i}` }),
    )
    ids.push(...(await Promise.all(batch)).map((post) => post.id))
  }
  const page = await open(browser, url, 'desktop', { cookies: await cookiesOf(browser, url, 'manager') })
  await page.goto('/')
  await page.waitForFunction((least) => document.querySelectorAll('.board .row').length >= least, posts - 50)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.evaluate(measure)
  let changed = 0
  const pulse = setInterval(() => void operator.post(`/posts/${ids[(changed++ * 7) % ids.length]}/comments`, { text: `Vu ${changed}` }), 1000 / changes)
  for (let i = 0; i < keys; i++) {
    const done = page.evaluate(() => window.nextPicture())
    await page.keyboard.press(i % 8 === 7 ? 'k' : 'j')
    await done
  }
  for (const key of ['o', 'Escape', 'o', 'Escape']) {
    const done = page.evaluate(() => window.nextPicture())
    await page.keyboard.press(key)
    await done
  }
  clearInterval(pulse)
  const took = (await page.evaluate(() => window.took)).sort((a, b) => a - b)
  const at = (share) => Math.round(took[Math.floor(share * (took.length - 1))])
  console.log(`${took.length} keys on ${posts} posts, ${changed} changes meanwhile, ${slowdown}× slower: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`)
  assert.ok(took.length >= keys, `${took.length} keys were measured`)
  assert.ok(changed > 0, 'nothing changed meanwhile')
  assert.ok(at(0.95) <= budget, `p95 is ${at(0.95)} ms, more than ${budget}`)
} finally {
  await browser.close()
}
process.exit()

/** Runs in the page: from each key's own time to the picture that follows it. */
function measure() {
  window.took = []
  let tell = () => {}
  window.nextPicture = () => new Promise((resolve) => (tell = resolve))
  addEventListener(
    'keydown',
    (event) => {
      const pressed = event.timeStamp
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          window.took.push(performance.now() - pressed)
          tell()
        }
        port2.postMessage(undefined)
      })
    },
    true,
  )
}
