// What whoever steers a place does with its figures: read last week's report (1
// click), open the posts behind a figure, take the tables along, hold the short
// meeting on one printed page, and print the handover on one.
//
//   node balance.mjs URL      (a demo; a sheet of it is written on)
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'
import { slownessOf } from './slowness.mjs'

const patience = 30_000
const serverShare = 300 // ms
const rendered = 2000 // ms
const line = 'lyon/bottling/line-3'
const workshop = 'lyon/bottling'

const url = process.argv[2]
const browser = await launch()
try {
  const cookies = await cookiesOf(browser, url, 'manager')
  const manager = await Server.as(browser, url, 'manager')
  for (const lang of ['fr', 'en']) {
    await readsTheReport(cookies, lang)
    await takesItAlong(await at('/balance', lang, cookies), lang)
    await opensEveryFigure(lang, cookies, manager)
  }
  await saysWhatALossCosts(await at('/balance', 'fr', cookies), manager)
  await holdsTheMeeting(await at(`/meeting/${encodeURIComponent(line)}`, 'fr', cookies), manager)
  await holdsTheMeetingAbove(await at(`/meeting/${encodeURIComponent(workshop)}`, 'en', cookies))
  await printsTheHandover(await at('/handover', 'fr', await cookiesOf(browser, url, 'operator')))
} finally {
  await browser.close()
}
process.exit()

async function at(path, lang, cookies) {
  const page = await open(browser, url, 'desktop', { lang, cookies })
  page.setDefaultTimeout(patience)
  page.faults = []
  page.on('pageerror', (err) => page.faults.push(String(err)))
  await page.goto(path)
  await page.locator('h1').first().waitFor()
  return page
}

async function leave(page, told) {
  assert.deepEqual(page.faults, [])
  await page.context().close()
  console.log(told)
}

function number(text) {
  return Number(text.replace(/[^\d]/g, ''))
}

/** One click from the board; what a figure counts is what it opens. The best of a few tries counts, by the budget of a machine that has other work too. */
async function readsTheReport(cookies, lang) {
  const tries = []
  for (let i = 0; i < 3; i++) {
    const slow = await slownessOf(browser)
    const { took, share } = await opensTheReport(await at('/', lang, cookies), lang)
    tries.push({ took, share, slow, fits: took <= rendered * slow && share <= serverShare * slow })
    if (tries.at(-1).fits) break
  }
  const { took, share, slow, fits } = tries.at(-1)
  assert.ok(fits, `the report is late: ${JSON.stringify(tries)}`)
  console.log(`${lang}: last week's report is there after 1 click and ${took} ms, the server took ${Math.round(share)} ms; the machine is ${slow.toFixed(1)} times slower than idle`)
}

async function opensTheReport(page, lang) {
  const link = page.locator('.tools .pages a[href="/balance"]')
  await link.waitFor()
  let share = 0
  page.on('requestfinished', (request) => {
    if (request.url().includes('/reports/')) share = Math.max(share, request.timing().responseStart - request.timing().requestStart)
  })
  const began = Date.now()
  await link.click()
  await page.locator('.bigs .value').first().waitFor()
  const took = Date.now() - began
  await page.locator('.trend circle').first().waitFor()
  await page.locator('.pareto .line path').first().waitFor()
  const alerts = page.locator('.bigs [data-figure=alerts]')
  const count = number(await alerts.innerText())
  assert.ok(count > 0, 'last week had alerts')
  await alerts.click()
  await page.locator('.behind .post-list li').first().waitFor()
  assert.equal(await page.locator('.behind .post-list li').count(), count, 'the posts behind the figure')
  await page.locator('.behind .post-list a').first().click()
  await page.locator('.panel .timeline').waitFor()
  await leave(page, `${lang}: ${count} alerts open as ${count} posts`)
  return { took, share }
}

/** Every figure of the page opens exactly the posts that it counts, and says how they make it. */
async function opensEveryFigure(lang, cookies, manager) {
  const reports = lang === 'fr' ? [['lyon', 'week'], ['villeurbanne', 'month']] : [[line, 'month']]
  for (const [place, period] of reports) {
    const page = await at(`/balance/${encodeURIComponent(`${place}~${period}`)}`, lang, cookies)
    await page.locator('.bigs .value').first().waitFor()
    const keys = page.locator('.balance-body button[data-figure]')
    const figures = await keys.evaluateAll((all) => all.map((key) => key.dataset.figure))
    assert.ok(figures.length > 10, `${place} ${period} has figures: ${figures}`)
    for (const [i, figure] of figures.entries()) {
      const [reply] = await Promise.all([page.waitForResponse((r) => /reports\/[^/]+\/posts/.test(r.url())), keys.nth(i).click()])
      const behind = await reply.json()
      const dialog = page.locator('dialog.behind')
      await dialog.locator('.found-posts p').first().waitFor()
      const said = await dialog.locator('.found-posts > p').allInnerTexts()
      assert.equal(said.length, 1, `${figure} of ${place} in ${period} opens what it shows, all of it to be seen: ${said}`)
      if (behind.all > 0) assert.ok(number(said[0]) > 0, said[0])
      while (await dialog.getByRole('button', { name: lang === 'fr' ? /suite/ : /rest/ }).count()) {
        const before = await dialog.locator('.post-list li').count()
        await dialog.getByRole('button', { name: lang === 'fr' ? /suite/ : /rest/ }).click()
        await dialog.locator('.post-list li').nth(before).waitFor()
      }
      assert.equal(await dialog.locator('.post-list li').count(), behind.all, `${figure} of ${place} in ${period}: as many as it counts`)
      if (behind.unit !== 'posts' && behind.unit !== 'percent') assert.equal(await dialog.locator('.added').count(), behind.all, `${figure}: what each adds`)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    await leave(page, `${lang}: ${figures.length} figures of ${place} in the ${period} open their posts`)
  }
  const { causes } = await manager.read('/reports/month?territory=lyon')
  const stuck = causes.find((bar) => bar.name === 'Préforme coincée')
  assert.equal(stuck.english, 'Preform stuck')
  const page = await at('/balance/lyon~month', lang, cookies)
  await page.locator('.pareto .name', { hasText: lang === 'fr' ? 'Préforme coincée' : 'Preform stuck' }).first().waitFor()
  assert.equal(await page.locator('.pareto', { hasText: lang === 'fr' ? 'Preform stuck' : 'Préforme coincée' }).count(), 0)
  await leave(page, `${lang}: causes are read in the language of the reader`)
}

/** On paper, and as the two kinds of tables. */
async function takesItAlong(page, lang) {
  const alerts = number(await page.locator('.bigs [data-figure=alerts]').innerText())
  const file = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.takeaway a', { hasText: name }).click()])
    return { name: download.suggestedFilename(), body: await readFile(await download.path()) }
  }
  const csv = await file('CSV')
  const separator = lang === 'fr' ? ';' : ','
  const row = csv.body.toString('utf8').split('\r\n').find((line) => line.startsWith((lang === 'fr' ? 'Alertes' : 'Alerts') + separator))
  assert.equal(Number(row?.split(separator)[2]), alerts, `the table says what the screen says: ${row}`)
  const xlsx = await file('XLSX')
  assert.match(xlsx.name, /^(bilan|report)-lyon-\d{4}-W\d\d\.xlsx$/)
  assert.equal(xlsx.body.subarray(0, 2).toString(), 'PK', 'a workbook')
  assert.ok((await pagesOf(page)) <= 2, 'the report is two pages at most')
  await leave(page, `${lang}: the report as ${csv.name}, ${xlsx.name} and on paper`)
}

async function saysWhatALossCosts(page, manager) {
  await page.locator('.costs summary').click()
  await page.locator('.costs [name=minute]').fill('20')
  await page.locator('.costs .key').click()
  await page.locator('.notice', { hasText: 'Coûts enregistrés' }).waitFor()
  assert.equal((await manager.read('/reports/week?territory=lyon')).cost.minute, 20)
  await leave(page, 'a cost was changed, and the report counts with it')
}

/** Corrected in few touches, and on one page. */
async function holdsTheMeeting(page, manager) {
  const began = Date.now()
  const people = page.locator('.concern[data-concern=people]')
  await people.getByRole('button').click()
  await people.locator('[name=value]').fill('7')
  await people.getByRole('button', { name: 'Compté à la main' }).click()
  await people.locator('.figure', { hasText: '7' }).waitFor()
  await page.getByRole('button', { name: 'J’ajoute une action' }).click()
  await page.locator('[name=task]').fill('Régler la peseuse')
  await page.locator('.add-task .main').click()
  await page.locator('.tasks li', { hasText: 'Régler la peseuse' }).waitFor()
  await page.getByRole('button', { name: 'Je remonte' }).click()
  await page.locator('[name=raise]').fill('Il manque une buse au magasin')
  await page.locator('.add-task .main').click()
  await page.locator('.tasks li', { hasText: 'Il manque une buse' }).waitFor()
  const took = Math.round((Date.now() - began) / 1000)
  assert.ok(took <= 60, 'corrected in a minute')
  const sheet = await manager.read(`/meeting?territory=${line}`)
  assert.equal(sheet.cells.find((c) => c.concern === 'people').corrected.value, 7)
  assert.equal(sheet.tasks[0].text, 'Régler la peseuse')
  assert.equal(await pagesOf(page), 1, 'the sheet is one page')
  await leave(page, `the short meeting was counted, given an action and raised in ${took} s, and prints on one page`)
}

/** What was raised stands on the sheet above. */
async function holdsTheMeetingAbove(page) {
  await page.locator('.tasks li', { hasText: 'Il manque une buse au magasin' }).waitFor()
  assert.equal(await pagesOf(page), 1)
  await leave(page, 'what the line raised stands on the sheet of its workshop, in English too')
}

async function printsTheHandover(page) {
  const tabs = page.locator('.handover-tabs button')
  if ((await tabs.count()) > 0) await tabs.last().click()
  await page.locator('.handover').waitFor()
  assert.equal(await pagesOf(page), 1, 'the handover is one page')
  await leave(page, 'the handover prints on one page')
}

/** How many pages it prints on. */
async function pagesOf(page) {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length
}
