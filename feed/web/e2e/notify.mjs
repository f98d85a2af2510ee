// What people are told reaches them while they look: a manager asks maintenance,
// the mechanic's bell rings, and when a colleague takes the post it is off his
// list; he tries whether notifications come, and says how he wants them.
//
//   node notify.mjs URL
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'

const [url] = process.argv.slice(2)
const within = 2000 // from the act to the other's screen
const patience = 60_000
const says = {
  fr: { asked: 'On vous demande', fresh: 'Non lue', none: 'Rien pour vous', rules: 'Mes réglages', try: 'J’essaie', sent: 'Envoyée à', unsent: 'Pas envoyée', all: 'Tout est lu', weekly: 'Lundi à 7 h', kept: 'C’est enregistré', undo: 'Annuler' },
  en: { asked: 'You are asked', fresh: 'Unread', none: 'Nothing for you', rules: 'My settings', try: 'Try it', sent: 'Sent at', unsent: 'Not sent', all: 'All read', weekly: 'Monday at 7', kept: 'It is kept', undo: 'Cancel' },
}

const browser = await launch()
try {
  const manager = await Server.as(browser, url, 'manager')
  const operator = await Server.as(browser, url, 'operator')
  for (const lang of ['fr', 'en']) await rings(lang, manager, operator)
} finally {
  await browser.close()
}
process.exit()

async function rings(lang, manager, operator) {
  const w = says[lang]
  const page = await open(browser, url, 'tablet', { lang, cookies: await cookiesOf(browser, url, 'bruno') })
  page.setDefaultTimeout(patience)
  const faults = []
  page.on('pageerror', (err) => faults.push(String(err)))
  await page.goto('/notifications')
  await page.locator('.tidings, .nothing').first().waitFor()
  if (await page.getByRole('button', { name: w.all }).count()) await page.getByRole('button', { name: w.all }).click()
  await page.locator('.page-top .back').click()
  await page.locator('.connection.live').waitFor()
  await page.locator('.bell b').waitFor({ state: 'detached' })

  const post = await reported(operator, lang)
  const asked = await timed(manager.post(`/posts/${post.id}/assign`, { role: 'maintenance' }), page.locator('.bell b', { hasText: /^1$/ }).waitFor())
  await page.locator('.bell').click()
  const row = page.locator('.tiding.unread', { hasText: post.text })
  await row.locator('.why b', { hasText: w.asked }).waitFor()
  await row.getByText(w.fresh).waitFor()

  await row.locator('a').click()
  await page.locator('.page h2, .page .words', { hasText: post.text }).first().waitFor()
  await page.goto('/notifications')
  await page.locator('.tiding:not(.unread)', { hasText: post.text }).waitFor()

  const other = await open(browser, url, 'phone', { lang, cookies: await cookiesOf(browser, url, 'bruno') })
  await other.goto('/notifications')
  await other.locator('.tiding:not(.unread)', { hasText: post.text }).waitFor()
  const gone = page.locator('.tiding', { hasText: post.text })
  const cleared = await timed(operator.post(`/posts/${post.id}/take`), gone.waitFor({ state: 'detached' }))
  await other.locator('.tiding', { hasText: post.text }).waitFor({ state: 'detached' })
  await other.context().close()

  await page.getByRole('link', { name: w.rules, exact: true }).click()
  await page.getByRole('button', { name: w.try, exact: true }).click()
  await page.locator('.trial-notice li', { hasText: w.sent }).waitFor()
  await page.locator('.trial-notice li.fault', { hasText: w.unsent }).waitFor() // the demo has no mail server
  await page.getByRole('button', { name: w.weekly, exact: true }).click()
  await page.locator('.notice', { hasText: w.kept }).getByRole('button', { name: w.undo }).click()
  await page.locator('.chosen button[aria-pressed=false]', { hasText: w.weekly }).waitFor()
  await page.goto('/notifications')
  await page.locator('.tiding.unread').first().waitFor() // the trial itself
  await page.getByRole('button', { name: w.all, exact: true }).click()
  await page.locator('.tiding.unread').first().waitFor({ state: 'detached' })
  await operator.post(`/posts/${post.id}/resolve`, { cause: 'Essai' })
  assert.deepEqual(faults, [])
  await page.context().close()
  console.log(`${lang}: the bell rang in ${asked} ms, what was taken was gone in ${cleared} ms`)
}

/** The operator reports something that nobody said before. */
function reported(operator, lang) {
  const text = `Étiquette de travers (${lang}, ${crypto.randomUUID().slice(0, 8)})`
  return operator.post('/posts', { kind: 'quality-point', territory: 'lyon/bottling/line-3', text })
}

/** How long the other's screen takes to show an act. */
async function timed(act, shown) {
  await act
  const began = performance.now()
  await shown
  const took = Math.round(performance.now() - began)
  assert.ok(took <= within, `it took ${took} ms`)
  return took
}
