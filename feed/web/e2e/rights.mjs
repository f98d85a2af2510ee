// Somebody comes by an invitation on paper, looks at what is kept of them, and
// loses their access while their screen is open; in French, then in English.
//
//   node rights.mjs URL
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'

const [url] = process.argv.slice(2)
const revokedWithin = 10_000
const browser = await launch()
try {
  for (const lang of ['fr', 'en']) {
    await life(lang)
    await closed(lang)
  }
} finally {
  await browser.close()
}

async function life(lang) {
  const name = `Zoé Garnier ${Date.now()}`
  const office = await open(browser, url, 'desktop', { lang, cookies: await cookiesOf(browser, url, 'admin') })
  const code = await invite(office, name)
  const phone = await open(browser, url, 'phone', { lang })
  const id = await welcome(phone, code, name)
  await own(phone, id)
  await used(code, lang)
  await revoke(office, phone, name)
  console.log(`${lang}: ${name} came, saw and left`)
  await office.context().close()
  await phone.context().close()
}

/** A page typed as an address that a role does not open says why, and where to look. */
async function closed(lang) {
  const office = await open(browser, url, 'desktop', { lang, cookies: await cookiesOf(browser, url, 'admin') })
  await office.goto('/audit')
  const said = await office.locator('.closed-page p').innerText()
  assert.match(said, lang === 'fr' ? /auditeurs.*«\sMes réglages\s»/ : /auditors.*“My settings”/)
  await office.locator('.closed-page .main').click()
  await office.waitForURL('**/me')
  await office.locator('.audit-lines').waitFor()
  await office.goto('/balance')
  await office.locator('.closed-page p').waitFor()
  await office.locator('.closed-page .back').click()
  await office.locator('.home.office').waitFor()
  assert.equal(await office.locator('.closed-page').count(), 0)
  await office.context().close()
}

/** The office asks somebody in, and holds the sheet to print. */
async function invite(page, name) {
  await page.goto('/members')
  await page.locator('.invite input').fill(name)
  await page.locator('.invite select[name=place]').selectOption('lyon/bottling/line-3')
  await page.locator('.invite select[name=role]').selectOption('operator')
  await page.locator('.invite .main').click()
  await page.locator('.invitation .qr').waitFor()
  const code = await page.locator('.invitation .code').innerText()
  assert.match(code, /^\w{4}-\w{4}$/)
  return code
}

/** The QR code's address, a PIN, and the home of the place. */
async function welcome(page, code, name) {
  await page.goto(`/welcome#${code}`)
  await page.locator('.newcomer').waitFor()
  assert.equal(new URL(page.url()).hash, '', 'the code stays in no address')
  assert.equal(await page.locator('.newcomer input[name=name]').inputValue(), name)
  const enter = async (pin) => {
    for (const field of ['pin', 'again']) await page.locator(`.newcomer input[name=${field}]`).fill(pin)
    await page.locator('.newcomer .main').click()
  }
  await enter('1234')
  await page.locator('.newcomer .error:not(:empty)').waitFor()
  await enter('2718')
  const told = await page.locator('.sign-in-name').innerText()
  await page.locator('.newcomer .main').click()
  await page.locator('.home.line').waitFor()
  return told.match(/zoe\.[\w.]+\w/)[0]
}

/** What is kept of them can be read and taken along. */
async function own(page, id) {
  await page.goto('/me')
  await page.locator('.audit-lines tbody tr').first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.mine-keys .main').click()])
  assert.equal(download.suggestedFilename(), 'fildefer.zip')
  const me = await (await page.context().request.get('/api/v1/session')).json()
  assert.equal(me.id, id)
}

async function used(code, lang) {
  const page = await open(browser, url, 'phone', { lang })
  await page.goto(`/welcome#${code}`)
  await page.locator('.pair-form .error').waitFor()
  await page.context().close()
}

/** Access ends while the screen is open. */
async function revoke(office, phone, name) {
  await phone.goto('/')
  await phone.locator('.home.line').waitFor()
  await office.reload()
  await office.locator('input[name=find]').fill(name)
  await office.locator('.member-keys .key').last().click()
  await office.locator('dialog .main').click()
  await phone.locator('.signin').waitFor({ timeout: revokedWithin })
}
