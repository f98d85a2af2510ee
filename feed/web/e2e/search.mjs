// Whoever looks for something finds it by a word, however it is written: a plural,
// without accents, a tag; with the keyboard; and nobody finds what is not theirs.
//
//   node search.mjs PROGRAM | URL
//
// PROGRAM is started as a demo of its own; at URL a demo runs already.
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'
import { startDemo } from './demo.mjs'

const patience = 30_000
const [where] = process.argv.slice(2)
const demo = where.startsWith('http') ? { url: where, stop: async () => {} } : await startDemo(where)
const browser = await launch()
const faults = []
const word = `clapet${Date.now().toString(36)}` // nobody wrote it before

try {
  await isWritten()
  await findsAsOneTypes()
  await followsATag()
  await worksWithKeys()
  await findsNothingElsewhere()
  await readsInEnglish()
  assert.deepEqual(faults, [])
} finally {
  await browser.close()
  await demo.stop()
}

/** A page of somebody's own, at an address. */
async function as(member, device, path, look = {}) {
  const page = await open(browser, demo.url, device, { ...look, cookies: await cookiesOf(browser, demo.url, member) })
  page.setDefaultTimeout(patience)
  page.on('pageerror', (err) => faults.push(String(err)))
  await page.goto(path)
  return page
}

/** Something to be found. */
async function isWritten() {
  const context = await browser.newContext({ baseURL: demo.url })
  await context.addCookies(await cookiesOf(browser, demo.url, 'operator'))
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const data = { kind: 'idea', territory: 'lyon/bottling/line-3', text: `Étiquettes mal posées, ${word} fermé #${word}` }
  const made = await context.request.post('/api/v1/posts', { headers, data })
  assert.equal(made.status(), 201, await made.text())
  await context.close()
}

/** From the menu of a telephone: without accents, in the singular, the word only begun. */
async function findsAsOneTypes() {
  const page = await as('operator', 'phone', '/search')
  const field = page.getByRole('searchbox')
  await field.fill(`${word} etiquet`)
  const hit = page.locator('.hit', { hasText: 'mal posées' })
  await hit.waitFor()
  assert.deepEqual(await hit.locator('mark').allInnerTexts(), ['Étiquettes', word, word])
  await hit.getByRole('link').tap()
  await page.getByRole('main', { name: 'Publication' }).getByRole('button', { name: 'Retour' }).tap()
  await page.getByRole('searchbox').waitFor()
  assert.equal(await page.getByRole('searchbox').inputValue(), `${word} etiquet`, 'whoever comes back finds what they looked for')
  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: `${word} etiquet` }).waitFor()
  await page.getByRole('searchbox').fill('zzqqzz')
  await page.getByText('Rien pour « zzqqzz »').waitFor()
  await page.context().close()
}

/** A tag in what somebody wrote leads to all that has it. */
async function followsATag() {
  const page = await as('operator', 'tablet', `/search/${encodeURIComponent(`#${word}`)}`)
  await page.locator('.hit', { hasText: 'mal posées' }).waitFor()
  assert.equal(await page.locator('.hit').count(), 1)
  await page.context().close()
}

/** On a keyboard: / from the board, j to the answer, Enter opens it. */
async function worksWithKeys() {
  const page = await as('manager', 'desktop', '/')
  await page.locator('.board [data-row]').first().waitFor()
  await page.keyboard.press('/')
  await page.locator('input[type=search][name=q]:focus').waitFor()
  await page.keyboard.type(word)
  await page.locator('.hit').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.locator('[data-hit]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/post\//)
  await page.context().close()
}

/** What is said on a line is not found in a store. */
async function findsNothingElsewhere() {
  const page = await as('staff', 'phone', `/search/${word}`)
  await page.getByText(`Rien pour « ${word} »`).waitFor()
  await page.context().close()
}

async function readsInEnglish() {
  const page = await as('manager', 'desktop', `/search/${word}`, { lang: 'en' })
  await page.getByText('1 result', { exact: true }).waitFor()
  await page.getByRole('heading', { name: 'Search', exact: true }).waitFor()
  await page.context().close()
}
