// Bringing people in on a screen, in French and in English: a file with faults
// changes nothing, the right one is looked at and then imported, those who came
// get their invitations on paper, and one of them comes in by it; the same by
// pasting, from the keyboard.
//
//   node people-import.mjs URL      (a demo; it is left with the people who came)
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'

const patience = 60_000
const line = 'lyon/bottling/line-3'
const said = {
  fr: { open: 'J’importe', faults: ['Ligne 2, colonne 3', 'Ligne 3, colonne 4'], nothing: 'rien n’a changé', summary: '2 nouvelles personnes, 0 modifiée, 0 inchangée', bring: 'J’applique', wayIn: '2 nouvelles personnes n’ont', invite: 'J’invite tous', role: 'opérateur', loses: 'Perd', look: 'Je vérifie', already: 'Tout est déjà ainsi', file: 'personnes.csv' },
  en: { open: 'Import', faults: ['Line 2, column 3', 'Line 3, column 4'], nothing: 'nothing has changed', summary: '2 new people, 0 changed, 0 unchanged', bring: 'Apply', wayIn: '2 new people have', invite: 'Invite all', role: 'operator', loses: 'Loses', look: 'Check', already: 'All of it is so already', file: 'people.csv' },
}

const url = process.argv[2]
const browser = await launch()
try {
  for (const lang of ['fr', 'en']) await comes(lang)
} finally {
  await browser.close()
}
process.exit()

async function comes(lang) {
  const w = said[lang]
  const round = Date.now()
  const office = await open(browser, url, 'desktop', { lang, cookies: await cookiesOf(browser, url, 'manager') })
  office.setDefaultTimeout(patience)
  const broken = []
  office.on('pageerror', (err) => broken.push(String(err)))
  await office.goto('/members')
  await template(office, w)
  const codes = await brings(office, w, lang, round)
  await enters(codes[0], lang, `awa.${round}`)
  await changes(office, w, lang, round)
  assert.deepEqual(broken, [])
  await office.context().close()
  console.log(`${lang}: people came from a file, were handed their paper, and one came in by it`)
}

/** What is there to be filled in is right as it is. */
async function template(page, w) {
  await page.locator('.bring').click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.import .take a').first().click()])
  assert.equal(download.suggestedFilename(), w.file)
  const bytes = await readFile(await download.path())
  await page.locator('.import input[type=file]').setInputFiles({ name: w.file, mimeType: 'text/csv', buffer: bytes })
  await page.locator('.planned li').first().waitFor()
}

/** As French Excel writes it: faults first, and nothing changes; then right. */
async function brings(page, w, lang, round) {
  const rows = (place, role) => `Identifiant;Nom;Territoire;R\u00f4le\r\nawa.${round};A\u00efssa Diop ${lang};${place};${w.role}\r\nluc.${round};Luc Moreau ${lang};lyon;${role}\r\n`
  const choose = (text) => page.locator('.import input[type=file]').setInputFiles({ name: 'équipe.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') })
  const manager = await Server.as(browser, url, 'manager')
  const there = async () => (await manager.read('/members')).members.some((m) => m.id === `luc.${round}`)
  await choose(rows('lyon/nulle-part', 'admin'))
  await page.locator('.import-faults', { hasText: w.nothing }).waitFor()
  for (const place of w.faults) await page.locator('.import-faults li', { hasText: place }).waitFor()
  assert.ok(!(await there()), 'a file with a fault changes nothing')
  await choose(rows(line, w.role))
  await page.locator('.import .summary', { hasText: w.summary }).waitFor()
  assert.ok(!(await there()), 'to look changes nothing')
  await page.locator('.import .key.main', { hasText: w.bring }).click()
  await page.locator('.arrivals', { hasText: w.wayIn }).waitFor()
  assert.ok(await there())
  await page.locator('.arrivals').getByRole('button', { name: w.invite, exact: true }).click()
  const codes = page.locator('.invitation.many .code')
  await codes.nth(1).waitFor()
  assert.equal(await page.locator('.invitation.many .qr').count(), 2)
  await page.emulateMedia({ media: 'print' })
  assert.ok(!(await page.locator('.member-list').isVisible()), 'on paper there are the invitations alone')
  assert.ok(await page.locator('.invitation.many .on-paper').nth(1).isVisible())
  await page.emulateMedia({ media: null })
  return codes.allInnerTexts()
}

/** Whoever holds the paper is the member whom the file named. */
async function enters(code, lang, id) {
  const phone = await open(browser, url, 'phone', { lang })
  phone.setDefaultTimeout(patience)
  await phone.goto(`/welcome#${code}`)
  for (const field of ['pin', 'again']) await phone.locator(`.newcomer input[name=${field}]`).fill('2718')
  await phone.locator('.newcomer .main').click()
  assert.ok((await phone.locator('.sign-in-name').innerText()).includes(id))
  await phone.locator('.newcomer .main').click()
  await phone.locator('.home.line').waitFor()
  await phone.context().close()
}

/** Pasted, and from the keyboard alone: what changes is told before it does. */
async function changes(page, w, lang, round) {
  await page.locator('.invitation-keys .key').first().click()
  await page.locator('.members-page .bring').focus()
  await page.keyboard.press('Enter')
  await page.locator('.paste summary').focus()
  await page.keyboard.press('Enter')
  const paste = async (text) => {
    await page.locator('textarea[name=pasted]').fill(text)
    await page.getByRole('button', { name: w.look, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  const yaml = `- id: luc.${round}\n  name: Luc Moreau ${lang}\n  territory: ${line}\n  role: lead\n`
  await paste(yaml)
  await page.locator('.planned li', { hasText: `luc.${round}` }).filter({ hasText: w.loses }).waitFor()
  await page.locator('.import > .key.main').focus()
  await page.keyboard.press('Enter')
  await page.locator('.import').waitFor({ state: 'detached' })
  await page.locator('.member', { hasText: `Luc Moreau ${lang}` }).filter({ hasText: 'Ligne 3' }).first().waitFor()
  await page.locator('.bring').click()
  await page.locator('.paste summary').click()
  await paste(yaml)
  await page.locator('.import', { hasText: w.already }).waitFor()
}
