// How one comes to what an administrator or auditor keeps.
import { line } from './place.mjs'

export async function devices(page) {
  await page.locator('.device-list, .none').first().waitFor()
}

export async function deviceCode(page) {
  await devices(page)
  await page.locator('.device-keys .key').first().click()
  await page.locator('.code-card').waitFor()
}

export async function deviceLost(page) {
  await devices(page)
  await page.locator('.device-keys .key').last().click()
  await page.locator('dialog').waitFor()
}

export async function badges(page) {
  await section(page, 1)
  await page.locator('.holder').first().waitFor()
}

export async function badge(page) {
  await badges(page)
  await page.locator('.device-keys .key').first().click()
  await page.locator('dialog').waitFor()
}

export async function colleagues(page) {
  await page.locator('.member').first().waitFor()
}

export async function roles(page) {
  await colleagues(page)
  await page.locator('.member-keys .key').first().click()
  await page.locator('dialog').waitFor()
}

/** Somebody is invited: their sheet, to be printed. */
export async function invite(page) {
  await colleagues(page)
  await page.locator('.invite input').fill('Zoé Garnier')
  await page.locator('.invite select[name=place]').selectOption(line)
  await page.locator('.invite select[name=role]').selectOption('operator')
  await page.locator('.invite .main').click()
  await page.locator('.invitation .code').waitFor()
}

/** A file of people with faults: each is told, with its place. */
export async function wrongPeople(page) {
  await colleagues(page)
  await page.locator('.bring').click()
  await peopleFile(page, 'id;name;territory;role\nawa;Awa Diop;lyon/nowhere;operator\nluc;;lyon;king\n')
  await page.locator('.import-faults').waitFor()
}

/** One that is right: whom it adds, and what it changes of others. */
export async function rightPeople(page) {
  await colleagues(page)
  await page.locator('.bring').click()
  await peopleFile(page, 'id;name;territory;role\nawa.diop;Awa Diop;lyon;operator\nluc.moreau;Luc Moreau;lyon;lead\nyanis;Yanis Morel-Dupont;lyon/bottling/line-3;operator\n')
  await page.locator('.planned li').nth(2).waitFor()
}

/** Who proved some time ago who they are does so again. */
async function peopleFile(page, text) {
  await page.locator('.import input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.locator('.proof input, .planned, .import-faults').first().waitFor()
  if (await page.locator('.proof').count()) {
    await page.locator('.proof input').fill('1234')
    await page.locator('.proof .key.main').click()
  }
}

export async function closed(page) {
  await page.locator('.closed-page p').waitFor()
}

export async function auditLines(page) {
  await page.locator('.audit-lines tbody tr').first().waitFor()
}

export const section = (page, which) => page.locator('.sections button').nth(which).click()

/** The rules that run, tried on the last hour. */
export async function trial(page) {
  await page.locator('.rule-table td .plain').first().click()
  await page.locator('.trial .chip').first().click()
  await page.locator('.trial .key.main').click()
  await page.locator('.trial-report').waitFor({ timeout: 120_000 })
}

export async function wrongRules(page) {
  await section(page, 1)
  await page.locator('.yaml textarea').fill('rules:\n- id: heavy\n  kind: nothing\n')
  await page.locator('.trial .key.main').click()
  await page.locator('.faults').waitFor()
}

/** The tree for who reads no posts: places without a pulse. */
export async function placesKept(page) {
  await page.locator('.places .place').first().waitFor()
}
