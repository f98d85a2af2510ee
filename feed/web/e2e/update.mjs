// A newer version of the screens, in a real browser: it comes beside the old
// one, waits while something is unsent, is offered, and takes over when asked.
// The server stands behind a gate that serves another worker from some moment
// on, and lets no write through for a while.
//
//   node update.mjs URL
import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import { once } from 'node:events'
import { cookiesOf, launch, open } from './browser.mjs'

const server = new URL(process.argv[2])
const gate = { newer: false, shut: false }
const door = createServer(pass).listen(0, '127.0.0.1')
await once(door, 'listening')
const url = `http://127.0.0.1:${door.address().port}`
const browser = await launch()
try {
  const page = await open(browser, url, 'tablet', { cookies: await cookiesOf(browser, url, 'operator') })
  await page.goto('/')
  await page.locator('article.item').first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller)
  await page.evaluate(() => (window.stayed = true))
  await waitsWhileUnsent(page)
  await isOffered(page)
  await takesOver(page)
} finally {
  await browser.close()
  door.close()
  door.closeAllConnections()
}

async function waitsWhileUnsent(page) {
  gate.shut = true
  await page.locator('.dock, .thumb').getByText('Signaler').click()
  await page.getByRole('button', { name: /^Qualité/ }).click()
  await page.locator('textarea[name=text]').fill('Écrit avant la mise à jour')
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.locator('.waiting-badge').waitFor()
  gate.newer = true
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration.update()
    const coming = registration.installing ?? registration.waiting
    if (coming.state !== 'installed') await new Promise((resolve) => coming.addEventListener('statechange', () => coming.state === 'installed' && resolve()))
  })
  assert.equal(await page.evaluate(() => window.stayed), true, 'the page was not loaded anew')
  assert.equal(await page.getByRole('button', { name: 'Mettre à jour' }).count(), 0, 'nothing is offered over unsent words')
  console.log('a newer version waits while something is unsent')
}

async function isOffered(page) {
  gate.shut = false
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.locator('.waiting-badge').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Mettre à jour' }).waitFor()
  console.log('once it has left, the newer version is offered')
}

async function takesOver(page) {
  await page.getByRole('button', { name: 'Mettre à jour' }).click()
  await page.waitForFunction(() => window.stayed === undefined)
  await page.locator('article.item').first().waitFor()
  const [said, waiting] = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const answer = new Promise((resolve) => navigator.serviceWorker.addEventListener('message', (event) => resolve(event.data), { once: true }))
    navigator.serviceWorker.controller.postMessage('which')
    return [await answer, Boolean(registration.waiting)]
  })
  assert.equal(said, 'newer', 'the newer worker serves the page')
  assert.equal(waiting, false)
  console.log('asked, it takes over at once')
}

/** Passes a request on to the server, as the gate lets it. */
function pass(asked, answer) {
  if (gate.shut && asked.method === 'POST') return answer.destroy()
  const headers = { ...asked.headers, ...(asked.url === '/sw.js' && { 'accept-encoding': 'identity' }) }
  delete headers['if-none-match']
  const onward = request({ host: server.hostname, port: server.port, method: asked.method, path: asked.url, headers }, (reply) => {
    if (asked.url !== '/sw.js' || !gate.newer) {
      answer.writeHead(reply.statusCode, reply.headers)
      return reply.pipe(answer)
    }
    const { 'content-length': _, ...rest } = reply.headers
    answer.writeHead(reply.statusCode, rest)
    reply.pipe(answer, { end: false })
    reply.on('end', () => answer.end("\nself.addEventListener('message', (event) => event.data === 'which' && event.source.postMessage('newer'))\n"))
  })
  onward.on('error', () => answer.destroy())
  answer.on('close', () => onward.destroy())
  asked.pipe(onward)
}
