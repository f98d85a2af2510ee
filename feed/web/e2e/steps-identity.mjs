// How one comes to the screens on which people say who they are.
import { cookiesOf } from './browser.mjs'
import { line } from './place.mjs'

export async function pin(page) {
  await page.locator('.person').first().click()
  await page.locator('.pad').waitFor()
}

export async function pair(page) {
  await page.locator('.signin footer .plain').first().click()
  await page.locator('.pair-form').waitFor()
}

export async function who(page) {
  await page.locator('.top .say-who').click()
  await page.locator('.who-panel .person').first().waitFor()
}

export async function whoPin(page) {
  await who(page)
  await page.locator('.who-panel .person').first().click()
  await page.locator('.who-panel .pad').waitFor()
}

/** Nobody touches the tablet any more: its clock stands where it says so. */
export async function idle(page) {
  await page.locator('.who.named').waitFor({ state: 'attached' })
  await page.locator('.dock').waitFor()
  await page.evaluate(() => {
    const later = Date.now() + 95_000
    Date.now = () => later
  })
  await page.locator('.idle').waitFor()
}

export async function account(page) {
  await page.locator('.account .who').click()
  await page.locator('.account .menu').waitFor()
}

/** Who has an invitation in hand, which an administrator made. */
export async function newcomer(page) {
  const url = new URL(page.url()).origin
  const office = await page.context().browser().newContext({ baseURL: url })
  await office.addCookies(await cookiesOf(page.context().browser(), url, 'admin'))
  const data = { name: 'Zoé Garnier', place: line, role: 'operator', lang: await page.evaluate(() => localStorage.getItem('fildefer.lang')) }
  const made = await office.request.post('/api/v1/invitations', { headers: { 'Idempotency-Key': crypto.randomUUID() }, data })
  const { code } = await made.json()
  await office.close()
  await page.locator('input[name=code]').fill(code)
  await page.locator('.pair-form .main').click()
  await page.locator('.newcomer').waitFor()
}

/** The first steps, begun as they are offered. */
export async function guide(page) {
  await page.locator('.notice button').first().click()
  await page.locator('.guide').waitFor()
}
