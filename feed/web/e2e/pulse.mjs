// What keeps a place alive, in French and in English: who animates it sees whether
// it needs a hand, asks somebody to be its ambassador; that person accepts, reminds
// those present of a post that waits, and stops.
//
//   node pulse.mjs URL      (a demo; it is left with a post that people were reminded of)
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'

const patience = 60_000
const place = 'lyon/presses'
const problem = 'Bavures sur le flanc'
const postPath = (id) => `/post/${encodeURIComponent(id)}`
const said = {
  fr: { propose: 'Je propose', accept: 'J’accepte', stop: 'J’arrête', more: 'Plus', nudge: 'Je relance', thanks: 'Vous êtes ambassadeur', after: 'sont prévenues' },
  en: { propose: 'Ask', accept: 'I accept', stop: 'I stop', more: 'More', nudge: 'Remind them', thanks: 'You are an ambassador', after: 'have been told' },
}

const url = process.argv[2]
const browser = await launch()
try {
  for (const lang of ['fr', 'en']) {
    await sees(lang)
    await proposes(lang)
    await accepts(lang)
    await reminds(lang, await raised(lang))
    await stops(lang)
  }
} finally {
  await browser.close()
}
process.exit()

async function at(member, path, lang, device = 'desktop') {
  const page = await open(browser, url, device, { cookies: await cookiesOf(browser, url, member), lang })
  page.setDefaultTimeout(patience)
  const faults = []
  page.on('pageerror', (err) => faults.push(String(err)))
  await page.goto(path)
  return { page, faults }
}

async function leave({ page, faults }, told) {
  await page.context().close()
  assert.deepEqual(faults, [])
  console.log(told)
}

/** The list of places says why each is on it, or that none is. */
async function sees(lang) {
  const person = await at('animator', '/territories', lang)
  const list = person.page.locator('.needs')
  await list.locator('.need-place', { hasText: 'Frais' }).locator('.need.unanswered').waitFor()
  await leave(person, `${lang}: the aisle that waits for answers is among the places that need a hand`)
}

/** A point that the manager raised on their way, and that waits. */
async function raised(lang) {
  const sofia = await Server.as(browser, url, 'manager')
  const { id } = await sofia.post('/posts', { kind: 'quality-point', territory: place, text: `${problem} ${lang}` })
  return postPath(id)
}

/** Names alone, and one touch to ask. */
async function proposes(lang) {
  const person = await at('animator', `/territories/${encodeURIComponent(place)}`, lang)
  const box = person.page.locator('.embassy')
  await box.locator('select, li').first().waitFor()
  const suggested = box.locator('li', { hasText: 'Tomas Novak' }).getByRole('button', { name: said[lang].propose })
  if (await suggested.count()) await suggested.click()
  else await box.locator('select[name=ambassador]').selectOption('tomas')
  await person.page.locator('.notice', { hasText: 'Tomas Novak' }).waitFor()
  const tomas = await Server.as(browser, url, 'tomas')
  assert.ok((await tomas.read('/notifications')).notifications.some((n) => n.why === 'invited' && n.page === '/me'), 'the person is told')
  assert.ok(!(await tomas.read('/session')).grants.some((g) => g.role === 'ambassador'), 'to be asked gives nothing')
  await leave(person, `${lang}: somebody is asked`)
}

async function accepts(lang) {
  const person = await at('tomas', '/me', lang, 'phone')
  await person.page.locator('.embassy').getByRole('button', { name: said[lang].accept }).click()
  await person.page.locator('.notice', { hasText: said[lang].thanks }).waitFor()
  const tomas = await Server.as(browser, url, 'tomas')
  assert.ok((await tomas.read('/session')).grants.some((g) => g.role === 'ambassador' && g.territory === place))
  await leave(person, `${lang}: they accept`)
}

/** Once a day: the second time says so. */
async function reminds(lang, post) {
  const person = await at('tomas', post, lang)
  await person.page.locator('.more').getByRole('button', { name: said[lang].more, exact: true }).click()
  await person.page.locator('.menu').getByRole('button', { name: said[lang].nudge }).click()
  await person.page.locator('.notice', { hasText: said[lang].after }).waitFor()
  const julie = await Server.as(browser, url, 'julie')
  const told = (await julie.read('/notifications')).notifications.filter((n) => n.text.includes(`${problem} ${lang}`) && n.why === 'asked')
  assert.equal(told.length, 1, 'those who may take it are told, once')
  await leave(person, `${lang}: those who may answer are reminded once a day`)
}

async function stops(lang) {
  const person = await at('tomas', '/me', lang)
  await person.page.locator('.embassy').getByRole('button', { name: said[lang].stop }).click()
  await person.page.locator('.embassy').waitFor({ state: 'detached' })
  const tomas = await Server.as(browser, url, 'tomas')
  assert.ok(!(await tomas.read('/session')).grants.some((g) => g.role === 'ambassador'))
  await leave(person, `${lang}: they stop when they like`)
}
