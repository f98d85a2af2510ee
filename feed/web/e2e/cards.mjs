// What helped once helps again: a solved problem becomes a card, which shows
// itself on the next one, counts whom it helped, is confirmed and retired; and
// nobody elsewhere meets it.
//
//   node cards.mjs URL      (a demo; it is left with what was posted)
import assert from 'node:assert/strict'
import { launch, unfold } from './browser.mjs'
import { comers, done } from './person.mjs'
import { Server } from './server.mjs'

const line = 'lyon/bottling/line-3'
const machine = `${line}/wrapper`
const stamp = Date.now().toString(36)
const action = `Retendre le film ${stamp}`

const url = process.argv[2]
const browser = await launch()
const at = comers(browser, url)
try {
  const operator = await Server.as(browser, url, 'operator')
  const first = await point(operator, `Film plissé ${stamp}`)
  await operator.post(`/posts/${first}/resolve`, { cause: `Film détendu ${stamp}`, action: 'Retendu' })
  const card = await capitalises(operator, first)
  const again = await point(operator, `Encore plissé ${stamp}`)
  await helps(operator, again, card)
  await operator.post(`/posts/${again}/resolve`, { cause: `film  détendu ${stamp}`, action: 'Retendu' })
  await operator.post(`/posts/${again}/reopen`)
  await showsAtHome('operator', 'tablet', again, card)
  await showsInTheAisle()
  await confirms(operator, card)
  await retires(operator, card, again)
  await isFound(card)
  await staysOut(card)
  await readsInEnglish(operator, card)
} finally {
  await browser.close()
}
process.exit()

/** Something wrong with the machine, told by a person. */
async function point(server, text) {
  const post = await server.post('/posts', { kind: 'quality-point', territory: line, asset: machine, text })
  return post.id
}

/** On the tablet: the form knows all but what to advise. */
async function capitalises(server, id) {
  const person = await at('operator', 'tablet', `/post/${id}`)
  const { page } = person
  await person.tap(person.key('Capitaliser'))
  const form = page.locator('.card-form')
  assert.equal(await form.locator('input[name=cause]').inputValue(), `Film détendu ${stamp}`)
  assert.equal(await form.locator('input[name=action]').inputValue(), 'Retendu')
  await form.locator('input[name=action]').fill(action)
  await form.locator('input[name=text]').fill('Machine arrêtée, bien sûr.')
  await person.tap(form.getByRole('button', { name: 'J’enregistre' }))
  const link = page.locator('.links a', { hasText: action })
  await link.waitFor()
  assert.equal(await person.key('Capitaliser').count(), 0, 'a post has one card')
  await person.tap(link)
  await page.locator('.card-facts dd b', { hasText: action }).waitFor()
  await page.getByText('Machine arrêtée, bien sûr.').waitFor()
  const { links } = await server.read(`/posts/${id}`)
  await done(person, 'a solved problem becomes a card')
  return links.find(({ kind }) => kind === 'practice').id
}

/** On the next occurrence it is there; a touch counts it once, and takes it back. */
async function helps(server, id, card) {
  const person = await at('operator', 'tablet', `/post/${id}`)
  const { page } = person
  const offered = page.locator('.offered li', { hasText: action })
  await offered.waitFor()
  const uses = async () => (await server.read(`/posts/${card}`)).talk.card.uses
  const key = offered.locator('.key')
  await person.tap(key)
  await offered.locator('.key[aria-pressed=true]').waitFor()
  assert.equal(await uses(), 1)
  await page.locator('.timeline li.helped').waitFor()
  await person.tap(page.getByRole('button', { name: 'Annuler', exact: true }))
  await offered.locator('.key[aria-pressed=false]').waitFor()
  assert.equal(await uses(), 0)
  await page.locator('.timeline li.helped').waitFor({ state: 'detached' })
  await person.tap(key)
  await offered.locator('.key[aria-pressed=true]').waitFor()
  assert.equal(await uses(), 1)
  await person.tap(offered.getByRole('link'))
  await page.locator('.card-state', { hasText: 'a aidé 1 fois' }).waitFor()
  await done(person, 'the card shows itself, and helps once')
}

/** At home, a post whose cause is known says what helped before; a touch opens the card. */
async function showsAtHome(who, device, post, card) {
  const person = await at(who, device, '/')
  const { page } = person
  await unfold(page)
  const seen = page.locator(`.item[data-post="${post}"] .seen-before`)
  await seen.waitFor()
  assert.match(await seen.innerText(), /^Déjà vu\s:/)
  const { height } = await seen.boundingBox()
  assert.ok(height >= 48, `${height} px`)
  await person.tap(seen)
  await page.locator('.card-facts').waitFor()
  assert.ok(page.url().endsWith(`/post/${card}`), page.url())
  await done(person, `${who} sees at home what helped before`)
}

/** The same on the phone, of an article. */
async function showsInTheAisle() {
  const staff = await Server.as(browser, url, 'staff')
  const { grants } = await staff.read('/session')
  const [{ sku }] = (await staff.read('/articles?q=biscuits')).articles
  const label = { kind: 'price-point', territory: grants[0].territory, sku, text: `Étiquette ${stamp}` }
  const { id } = await staff.post('/posts', label)
  await staff.post(`/posts/${id}/resolve`, { cause: `Promo finie ${stamp}`, action: 'Retirée' })
  const { links } = await staff.post(`/posts/${id}/practice`, { cause: `Promo finie ${stamp}`, action: `Réimprimer l’étiquette ${stamp}` })
  const again = await staff.post('/posts', label)
  assert.notEqual(again.id, id)
  const card = links.find(({ kind }) => kind === 'practice').id
  await showsAtHome('staff', 'phone', again.id, card)
  await staff.post(`/posts/${card}/retire`, { reason: 'En double' })
}

/** What has aged is confirmed with one touch in the list. */
async function confirms(server, card) {
  const person = await at('operator', 'phone', '/practices')
  const { page } = person
  await page.locator('.practices .item', { hasText: action }).waitFor()
  await person.tap(page.getByRole('button', { name: 'À confirmer' }))
  const { posts } = await server.read('/practices?state=due')
  if (posts.length > 0) {
    const due = page.locator(`.item[data-post="${posts[0].id}"]`)
    await person.tap(due.getByRole('button', { name: 'Toujours valable' }))
    await due.waitFor({ state: 'detached' })
  }
  await page.locator('.nothing').waitFor()
  await page.goto(`/post/${card}`)
  await page.locator('.card-state', { hasText: 'pas encore confirmée' }).waitFor()
  assert.equal(await person.key('Toujours valable').count(), 0, 'one’s own card is for others to confirm')
  await done(person, 'what has aged is confirmed')
  await colleagueConfirms(card)
}

/** A colleague confirms it, takes that back within five seconds, and says it again. */
async function colleagueConfirms(card) {
  const person = await at('manager', 'desktop', `/post/${card}`)
  const { page } = person
  const entry = page.locator('.timeline li.confirmed')
  await person.tap(person.key('Toujours valable'))
  await entry.waitFor()
  await person.tap(person.key('Annuler'))
  await entry.waitFor({ state: 'detached' })
  await page.locator('.card-state', { hasText: 'pas encore confirmée' }).waitFor()
  await person.tap(person.key('Toujours valable'))
  await page.locator('.card-state', { hasText: 'par Sofia Costa' }).waitFor()
  await done(person, 'a colleague confirms a card')
}

/** Retired with a reason, it is offered no more; one may change one's mind. */
async function retires(server, card, again) {
  const person = await at('operator', 'desktop', `/post/${card}`)
  const { page } = person
  const offers = async () => (await server.read(`/posts/${again}`)).practices.map(({ id }) => id).includes(card)
  await person.tap(person.key('Ne plus proposer'))
  await person.tap(page.locator('dialog .chip', { hasText: 'Machine changée' }))
  await page.locator('.card-state', { hasText: 'N’est plus proposée' }).waitFor()
  assert.equal(await offers(), false)
  await person.tap(person.key('Proposer à nouveau'))
  await page.locator('.card-state strong').waitFor({ state: 'detached' })
  assert.equal(await offers(), true)
  await person.tap(person.key('Ne plus proposer'))
  await person.tap(page.locator('dialog .chip', { hasText: 'En double' }))
  await page.locator('.card-state', { hasText: 'En double' }).waitFor()
  await page.goto('/practices')
  await person.tap(page.getByRole('button', { name: 'Retirées' }))
  await page.locator('.practices .item', { hasText: action }).waitFor()
  await done(person, 'a card is retired')
}

/** Retired or not, the search finds it. */
async function isFound() {
  const person = await at('operator', 'phone', `/search/${encodeURIComponent(action)}`)
  await person.page.locator('.hit', { hasText: 'Bonne pratique' }).waitFor()
  await done(person, 'the search finds it')
}

async function staysOut(card) {
  const staff = await Server.as(browser, url, 'staff')
  const { posts } = await staff.read('/practices?state=all')
  assert.ok(posts.every(({ id }) => id !== card), 'a card of a line is not told in a store')
  const person = await at('staff', 'phone', `/post/${card}`)
  await person.page.locator('.unavailable').waitFor()
  await person.page.context().close()
  console.log('nobody elsewhere meets it')
}

async function readsInEnglish(server, card) {
  const person = await at('manager', 'desktop', '/practices', { lang: 'en' })
  const { page } = person
  await page.getByRole('heading', { name: 'Good practices', exact: true }).waitFor()
  await person.tap(page.getByRole('button', { name: 'Retired' }))
  await page.locator('.practices-body .item', { hasText: action }).waitFor()
  await page.goto(`/post/${card}`)
  await page.locator('.card-state', { hasText: 'No longer offered: Duplicate' }).waitFor()
  await person.tap(person.key('Offer again'))
  await page.locator('.card-state strong').waitFor({ state: 'detached' })
  assert.equal((await server.read(`/posts/${card}`)).talk.card.retired, false)
  await done(person, 'it is all there in English')
}
