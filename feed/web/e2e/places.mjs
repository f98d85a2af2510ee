// What people do with the tree of places, in French and in English: a manager
// brings a file with faults, then the right one; edits a place; an operator
// follows it and reads what it has from above; a store that lost its animator
// gets another.
//
//   node places.mjs URL      (a demo; it is left with the places that were brought)
import assert from 'node:assert/strict'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'

const patience = 60_000
const line = 'lyon/bottling/line-3'
const said = {
  fr: { bring: 'J’importe', fault: 'Ligne 3, colonne 3', nothing: 'rien n’a changé', summary: '2 nouveaux, 0 modifié, 1 inchangé', brought: '2 nouveaux', edit: 'Je modifie', save: 'J’enregistre', from: 'repris de Usine de Lyon', own: 'propre à ce lieu', follow: 'Suivre', following: 'Suivi', undo: 'Annuler', add: 'J’ajoute', close: 'Je ferme', unled: 'Sans animateur', name: 'Je nomme', ask: 'Je demande' },
  en: { bring: 'Import', fault: 'Line 3, column 3', nothing: 'nothing has changed', summary: '2 new, 0 changed, 1 unchanged', brought: '2 new', edit: 'Edit', save: 'Save', from: 'from Usine de Lyon', own: 'its own', follow: 'Follow', following: 'Following', undo: 'Cancel', add: 'Add', close: 'Close', unled: 'No community lead', name: 'Name one', ask: 'Ask for one' },
}

const url = process.argv[2]
const browser = await launch()
try {
  for (const lang of ['fr', 'en']) {
    await brings(lang)
    await arranges(lang)
    await follows(lang)
    await succeeds(lang)
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
  return { page, faults, key: (name) => page.getByRole('button', { name, exact: true }) }
}

async function leave({ page, faults }, told) {
  await page.context().close()
  assert.deepEqual(faults, [])
  console.log(told)
}

/** The tree as French Excel writes it: faults first, and nothing changes; then right. */
async function brings(lang) {
  const w = said[lang]
  const person = await at('manager', '/territories', lang)
  const { page, key } = person
  const file = (kind) => ({
    name: 'arbre.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Chemin;Nom;Type\r\nlyon/quai-${lang};Quai d\u2019exp\u00e9dition ${lang};atelier\r\nlyon/quai-${lang}/porte-1;Porte 1;${kind}\r\nlyon;Usine de Lyon;site\r\n`.replaceAll('\u2019', "'"), 'latin1'),
  })
  await key(w.bring).click()
  await page.locator('.import input[type=file]').setInputFiles(file('garage'))
  await page.locator('.import-faults', { hasText: w.nothing }).waitFor()
  await page.locator('.import-faults li', { hasText: w.fault }).waitFor()
  const manager = await Server.as(browser, url, 'manager')
  const paths = async () => (await manager.read('/territories')).territories.map((t) => t.path)
  assert.ok(!(await paths()).includes(`lyon/quai-${lang}`), 'a file with a fault changes nothing')
  await page.locator('.import input[type=file]').setInputFiles(file('ligne'))
  await page.locator('.import .summary', { hasText: w.summary }).waitFor()
  assert.ok(!(await paths()).includes(`lyon/quai-${lang}`), 'to look changes nothing')
  await page.locator('.import .key.main').click()
  await page.locator('.notice', { hasText: w.brought }).waitFor()
  assert.ok((await paths()).includes(`lyon/quai-${lang}/porte-1`))
  await page.locator('.place', { hasText: `Quai d'expédition ${lang}` }).first().waitFor()
  await leave(person, `${lang}: a file with a fault changes nothing, the right one is brought`)
}

/** A place has its own charter and calendar, and what lies below has them too. */
async function arranges(lang) {
  const w = said[lang]
  const person = await at('manager', '/territories/lyon', lang)
  const { page, key } = person
  await key(w.edit).click()
  await page.locator('input[name=calendar]').fill(`3x8 ${lang}`)
  await page.locator(`textarea[name=charter-${lang}]`).fill(`Nous répondons dans l’équipe (${lang}).`)
  await page.locator('select[name=animator]').selectOption('animator')
  await key(w.save).click()
  await page.locator('.settings div', { hasText: `3x8 ${lang}` }).filter({ hasText: w.own }).waitFor()
  await page.goto(`/territories/${encodeURIComponent(line)}`)
  await page.locator('.settings div', { hasText: `3x8 ${lang}` }).filter({ hasText: w.from }).waitFor()
  await page.locator('.charter', { hasText: `(${lang})` }).waitFor()
  await page.locator('.settings', { hasText: 'Camille Roux' }).first().waitFor()

  await page.goto(`/territories/${encodeURIComponent(`lyon/quai-${lang}`)}`)
  await key(w.add).click()
  await page.locator('.place-form input[name=name]').fill('Zone froide')
  await page.locator('.place-form .key.main').click()
  await page.waitForURL('**/territories/*zone-froide')
  await key(w.edit).click()
  await page.locator('select[name=before]').selectOption(line)
  await key(w.save).click()
  await page.locator('.neighbours h3', { hasText: 'Ligne 3' }).waitFor()
  await key(w.close).click()
  await page.locator('dialog .key.main').click()
  await page.waitForURL(`**/territories/lyon%2Fquai-${lang}`)
  await leave(person, `${lang}: a place says what it has from above; another is added, linked and closed`)
}

/** One touch follows, one takes it back. */
async function follows(lang) {
  const w = said[lang]
  const person = await at('operator', `/territories/${encodeURIComponent(line)}`, lang, 'tablet')
  const { page } = person
  const operator = await Server.as(browser, url, 'operator') // what can be undone is so for five seconds
  const follow = page.locator('.page-top .follow')
  await follow.click()
  await page.locator('.follow[aria-pressed=true]', { hasText: w.following }).waitFor()
  await page.locator('.notice').waitFor()
  assert.deepEqual((await operator.read('/follows')).follows, [{ kind: 'place', target: line, name: 'Ligne 3' }])
  assert.ok((await operator.read('/posts?followed=true')).posts.length > 0)
  await page.locator('.notice').getByRole('button', { name: w.undo }).click()
  await page.locator('.follow[aria-pressed=false]', { hasText: w.follow }).waitFor()
  await page.waitForFunction(async () => (await (await fetch('/api/v1/follows')).json()).follows.length === 0)
  assert.equal(await page.locator('.arrange').count(), 0, 'an operator arranges nothing')
  await leave(person, `${lang}: one touch follows, one takes it back`)
}

/** Who animated a store leaves: its page says so, begins the words that ask who would, and names another. */
async function succeeds(lang) {
  const w = said[lang]
  const office = await Server.as(browser, url, 'admin')
  const camille = (on) => office.put('/members/animator/roles', { territory: 'villeurbanne', role: 'animator', on })
  await camille(false)
  const person = await at('manager', '/territories/villeurbanne', lang)
  const { page, key } = person
  await key(w.edit).click()
  await page.locator('select[name=animator]').selectOption('')
  await key(w.save).click()
  await page.locator('.unled h2', { hasText: w.unled }).waitFor()
  await page.locator('.settings', { hasText: w.unled }).waitFor()
  await key(w.ask).click()
  await page.waitForFunction(() => document.querySelector('textarea[name=text]')?.value.includes('Villeurbanne'))
  await page.locator('textarea[name=text]').fill('')
  await page.goBack()
  await key(w.name).click()
  await page.locator('select[name=animator]').selectOption('marc')
  await key(w.save).click()
  await page.locator('.unled').waitFor({ state: 'detached' })
  await page.locator('.settings', { hasText: 'Marc' }).first().waitFor()
  await camille(true)
  await leave(person, `${lang}: a store that lost its animator has another`)
}
