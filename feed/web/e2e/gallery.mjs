// Opens the screens of one server, as the people who use them.
import { cookiesOf, open } from './browser.mjs'

/**
 * Opens screens of one server; each member signs in once, and each station is
 * paired once. Nothing is returned of what is not there.
 */
export function gallery(browser, url) {
  const known = new Map()
  const once = (key, work) => known.get(key) ?? known.set(key, work()).get(key)
  const cookiesFor = async ({ member, station }) => {
    const device = station ? await once(station, () => stationAt(browser, url, station)) : []
    if (!member) return device
    return [...device, ...(await once(`${member} ${station}`, () => cookiesOf(browser, url, member)))]
  }
  // What a screen shows is made by whoever may, once.
  const as = (member) => once(`as ${member}`, () => signedIn(browser, url, member))
  return async (screen, device, look) => {
    const page = await open(browser, url, device, { ...look, newcomer: screen.newcomer, cookies: await cookiesFor(screen) })
    const path = await screen.at(page.context().request, as)
    if (!path) return page.context().close()
    await page.goto(path)
    await page.locator('h1, h2, .unavailable').first().waitFor()
    await page.locator('.skeleton, .waiting').first().waitFor({ state: 'detached' })
    await screen.ready?.(page)
    return page
  }
}

/** Requests in the name of a member. */
async function signedIn(browser, url, member) {
  const context = await browser.newContext({ baseURL: url })
  await context.addCookies(await cookiesOf(browser, url, member))
  return context.request
}

/** The cookies of a tablet that an administrator pairs with a place, by the address that he is shown. */
async function stationAt(browser, url, place) {
  const office = await browser.newContext({ baseURL: url })
  await office.addCookies(await cookiesOf(browser, url, 'admin'))
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const made = await office.request.post('/api/v1/devices', { headers, data: { name: 'Tablette de la visite', place, kind: 'station' } })
  if (!made.ok()) throw new Error(`add a device at ${place}: ${made.status()} ${await made.text()}`)
  const { code } = await made.json()
  await office.close()
  const page = await open(browser, url, 'tablet')
  await page.goto(`/#pair=${code}`)
  await page.locator('.top .say-who').waitFor()
  const cookies = await page.context().cookies()
  await page.context().close()
  return cookies
}
