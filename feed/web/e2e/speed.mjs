// How long a slow tablet waits for the feed: a processor four times slower than
// this one, 5 Mbit/s with 40 ms of way. Each figure is the best of a few, against
// a budget that slowness.mjs stretches: the machine that measures has other work
// too, and the page is not to blame for it.
//
//   node speed.mjs URL
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { cookiesOf, devices, launch, launching } from './browser.mjs'
import { slownessOf } from './slowness.mjs'

const budgets = { cold: 1500, installed: 500 } // ms to the first post, PRODUCT's screen rules
const tries = 5
const url = process.argv[2]
const homes = [
  { member: 'operator', device: 'tablet' },
  { member: 'staff', device: 'phone' },
  { member: 'manager', device: 'desktop' },
]

const faults = []
const browser = await launch()
for (const { member, device } of homes) {
  const cookies = await cookiesOf(browser, url, member)
  const before = await slownessOf(browser)
  const cold = []
  for (let i = 0; i < tries; i++) {
    const context = await browser.newContext({ ...devices[device], baseURL: url, locale: 'fr', serviceWorkers: 'block' })
    await context.addCookies(cookies)
    cold.push(await firstPost(await context.newPage()))
    await context.close()
  }
  const between = await slownessOf(browser)
  tell('cold', member, cold, Math.min(before, between))
  const again = await installed(cookies, device)
  tell('installed', member, again, Math.min(between, await slownessOf(browser)))
}
await browser.close()
for (const fault of faults) console.error(fault)
process.exit(faults.length && 1)

/** Visits of an app that was installed: its files and its feed are on the device. */
async function installed(cookies, device) {
  const folder = await mkdtemp(join(tmpdir(), 'fildefer-installed-'))
  const context = await chromium.launchPersistentContext(folder, { ...launching, ...devices[device], baseURL: url, locale: 'fr' })
  try {
    await context.addCookies(cookies)
    const first = await context.newPage()
    await first.goto('/')
    await first.locator('article.item').first().waitFor()
    await first.evaluate(() => navigator.serviceWorker.ready)
    await first.evaluate(() => dispatchEvent(new Event('pagehide'))) // the feed is kept when one leaves
    await first.close()
    const times = []
    for (let i = 0; i < tries; i++) {
      const page = await context.newPage()
      times.push(await firstPost(page))
      await page.close()
    }
    return times
  } finally {
    await context.close()
    await rm(folder, { recursive: true })
  }
}

/** Milliseconds from the address until the first post is on the glass, by Element Timing. */
async function firstPost(page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: 5e6 / 8,
    uploadThroughput: 5e6 / 8,
  })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(() => {
    // The texts of the first post are named before they are painted.
    const look = new MutationObserver(() => {
      const post = document.querySelector('article.item')
      if (!post) return
      look.disconnect()
      for (const part of post.querySelectorAll('*')) part.setAttribute('elementtiming', 'first post')
    })
    look.observe(document, { childList: true, subtree: true })
    window.firstPost = new Promise((resolve) => {
      const painted = new PerformanceObserver((list) => resolve(list.getEntries()[0].renderTime))
      painted.observe({ type: 'element', buffered: true })
    })
  })
  await page.goto('/', { waitUntil: 'commit' })
  return page.evaluate(() => window.firstPost)
}

function tell(what, member, times, slow) {
  const [best, may] = [Math.min(...times), budgets[what] * slow]
  console.log(`${what.padEnd(9)} ${member.padEnd(9)} ${times.map((t) => `${Math.round(t)}`.padStart(5)).join('')}  best ${Math.round(best)} of ${Math.round(may)} ms, machine ${slow.toFixed(1)}× slower than idle`)
  if (best > may) faults.push(`${what}, ${member}: ${Math.round(best)} ms, more than ${Math.round(may)}`)
}
