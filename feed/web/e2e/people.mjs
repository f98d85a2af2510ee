// The people of a plant find each other: who can what and who is here, one's own
// card, a call for a hand that the first to come has, and who stands in.
//
//   node people.mjs PROGRAM | URL
//
// PROGRAM is started as a demo of its own; at URL a demo runs already.
import assert from 'node:assert/strict'
import { cookiesOf, launch, open, unfold } from './browser.mjs'
import { startDemo } from './demo.mjs'

const patience = 30_000
const [where] = process.argv.slice(2)
const demo = where.startsWith('http') ? { url: where, stop: async () => {} } : await startDemo(where)
const browser = await launch()
const faults = []
const key = (page, name) => page.getByRole('button', { name, exact: true })

try {
  await beginsAfresh()
  await findsWhoKnows()
  await findsByAnotherWord()
  await keepsOwnCard()
  await callsForAHand()
  await isAway()
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



/** What an earlier story may have left: Awa goes home, Paul is back. */
async function beginsAfresh() {
  for (const [member, path] of [['awa', '/api/v1/presence'], ['paul', '/api/v1/absence']]) {
    const context = await browser.newContext({ baseURL: demo.url })
    await context.addCookies(await cookiesOf(browser, demo.url, member))
    const reply = await context.request.delete(path)
    assert.ok(reply.ok(), `${path} of ${member}: ${reply.status()}`)
    await context.close()
  }
}

/** Who can set the labeller, of those who are here: a word, and one touch. */
async function findsWhoKnows() {
  const page = await as('operator', 'tablet', '/people')
  await page.locator('.colleague').first().waitFor()
  await page.getByLabel('Nom, fonction, compétence').fill('etiqueteuse')
  await page.locator('.colleague', { hasText: 'Bruno Picard' }).waitFor()
  await page.locator('.colleague', { hasText: 'Sofia Costa' }).waitFor({ state: 'detached' })
  await page.locator('.colleague', { hasText: 'Bruno Picard' }).locator('.chip', { hasText: 'Réglage étiqueteuse' }).tap()
  await key(page, 'En poste').tap()
  await page.locator('.colleague', { hasText: 'Awa Diallo' }).waitFor({ state: 'detached' }) // she learns it, and is not here
  const bruno = page.locator('.colleague', { hasText: 'Bruno Picard' })
  await bruno.getByText('En poste').waitFor()
  assert.doesNotMatch(await bruno.innerText(), /\d\d:\d\d|il y a/, 'nobody is told since when somebody is here')
  await bruno.getByRole('link', { name: 'Bruno Picard' }).tap()
  await page.getByRole('heading', { name: 'Compétences' }).waitFor()
  await page.getByText('sait former').waitFor()
  await page.context().close()
}

/** People call things otherwise than the card does; where nobody has it, what there is stands in its place. */
async function findsByAnotherWord() {
  const page = await as('operator', 'phone', '/people')
  const field = page.getByLabel('Nom, fonction, compétence')
  await field.fill('cariste')
  await page.locator('.colleague', { hasText: 'Awa Diallo' }).waitFor() // her card says CACES
  await page.locator('.colleague', { hasText: 'Sofia Costa' }).waitFor({ state: 'detached' })
  await field.fill('plongeur')
  await page.getByText(/Rien pour «\s?plongeur\s?»/).waitFor()
  const instead = page.locator('.instead .chip')
  const skill = await instead.first().innerText()
  await instead.first().tap()
  await page.locator('.people-search .chip', { hasText: skill }).waitFor()
  await page.locator('.colleague').first().waitFor()
  assert.equal(await field.inputValue(), '')
  await page.context().close()
}

/** One adds what one can do, and a lead confirms it. */
async function keepsOwnCard() {
  const page = await as('operator', 'phone', '/people')
  await page.getByRole('link', { name: 'Ma fiche' }).tap()
  await page.getByLabel('Ajouter une compétence').fill('soud')
  await page.locator('.known').getByRole('button', { name: 'Soudure', exact: true }).tap()
  const skill = page.locator('.skill', { hasText: 'Soudure' })
  await skill.getByText('pas encore validée').waitFor()
  await skill.getByRole('button', { name: 'apprend' }).tap()
  await skill.locator('[aria-pressed=true]', { hasText: 'apprend' }).waitFor()

  const lead = await as('manager', 'desktop', '/people/operator')
  await key(lead, 'Je valide Soudure pour Karim Benali').click()
  await lead.locator('.skill', { hasText: 'Soudure' }).getByText('validée par Sofia Costa').waitFor()
  await lead.context().close()

  await page.reload()
  await skill.getByText('validée par Sofia Costa').waitFor()
  await key(page, 'Retirer Soudure').tap()
  await skill.waitFor({ state: 'detached' })
  await page.context().close()
}

/** The line asks for a hand; two are asked, the first has it, the other hears who. */
async function callsForAHand() {
  const what = `Porter la bobine ${Date.now()}`
  const paul = await as('paul', 'phone', '/people')
  const awa = await as('awa', 'tablet', '/people')
  const line = await as('operator', 'tablet', '/report')
  await line.getByRole('button', { name: /^Coup de main/ }).tap()
  await line.getByLabel('Avec vos mots').fill(what)
  await key(line, 'Envoyer').tap()
  await line.locator('.dock').waitFor()
  await unfold(line) // alerts come first, and keep a call folded
  await line.locator('article.item', { hasText: what }).waitFor()

  const asked = (page) => page.locator('.call', { hasText: what })
  for (const page of [paul, awa]) {
    await page.reload()
    await asked(page).getByRole('button').waitFor()
  }
  await asked(paul).getByRole('button', { name: /^Je viens/ }).tap()
  await asked(paul).getByText('Vous y allez').waitFor()
  await asked(awa).getByRole('button', { name: /^Je viens/ }).tap()
  await awa.getByText('Paul Girard y va déjà').first().waitFor()
  const item = line.locator('article.item', { hasText: what })
  await item.getByText('Pris par Paul Girard').waitFor()
  await item.getByRole('button', { name: /^C’est fait/ }).tap()
  await item.getByRole('button').waitFor({ state: 'detached' })
  await paul.reload()
  await paul.locator('.colleague').first().waitFor()
  assert.equal(await asked(paul).count(), 0, 'what is done asks nobody any more')
  for (const page of [paul, awa, line]) await page.context().close()
}

/** Whoever is away says so, and who decides meanwhile: colleagues read it. */
async function isAway() {
  const page = await as('paul', 'phone', '/me')
  await page.getByLabel('Qui décide à ma place').selectOption({ label: 'Awa Diallo' })
  await key(page, 'Je m’absente').tap()
  await page.locator('.announced', { hasText: 'relais : Awa Diallo' }).waitFor()
  const colleague = await as('operator', 'tablet', '/people/paul')
  await colleague.getByText(/Absence jusqu’au .*relais.*Awa Diallo/).waitFor()
  await key(page, 'Je suis là').tap()
  await key(page, 'Je m’absente').waitFor()
  for (const one of [page, colleague]) await one.context().close()
}

/** The same in English, from an aisle: a colleague who stocks, and a hand wanted. */
async function readsInEnglish() {
  const page = await as('staff', 'phone', '/people', { lang: 'en' })
  await page.getByLabel('Name, function, skill').fill('fatou')
  const fatou = page.locator('.colleague', { hasText: 'Fatou Ndiaye' })
  await fatou.getByText('Present').waitFor()
  await fatou.getByText('replenishment').waitFor()
  await page.goto('/report')
  await page.getByRole('button', { name: /^Help wanted/ }).tap()
  await key(page, 'Carry, move').tap()
  await key(page, 'Send').tap()
  await page.locator('article.item', { hasText: 'Carry, move' }).first().waitFor()
  await page.context().close()
}
