// Ready usages: each of the seven is installed at a place in one act, with its
// group, checklist, welcome and poster, and taken out of use again; a place is
// brought to Fildefer step by step; a charter is asked for and accepted. In
// French, and once in English.
//
//   node usages.mjs URL [FOLDER]      (a demo; pictures of posters go into the folder)
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { launch } from './browser.mjs'
import { comers, done } from './person.mjs'
import { Server } from './server.mjs'

const url = process.argv[2]
const folder = process.argv[3]
const patience = 60_000
const line = 'lyon/bottling/line-3'
const presses = 'lyon/presses'
const shelves = 'villeurbanne/epicerie-sucree'
const said = {
  fr: { install: 'J’installe', uninstall: 'Désinstaller', accept: 'J’accepte', once: 'Une charte', tick: /Cocher : Première équipe/, done: /Décocher : Première équipe/ },
  en: { install: 'Install', uninstall: 'Uninstall', accept: 'I accept', once: 'A charter', tick: /Tick: First team/, done: /Untick: First team/ },
}

const browser = await launch()
const at = comers(browser, url)
try {
  const manager = await Server.as(browser, url, 'manager')
  const { usages } = await manager.read('/usages')
  assert.equal(usages.length, 7)
  const where = { 'press-shop': presses, 'store-aisle': shelves }
  for (const { name } of usages) await installs(manager, name, where[name] ?? line, name === 'watch' ? 'en' : 'fr')
  await ticks(manager)
  for (const lang of ['fr', 'en']) await launches(manager, lang)
  for (const lang of ['fr', 'en']) await agrees(manager, lang)
} finally {
  await browser.close()
}
process.exit()

async function groupsNamed(server, id) {
  return (await server.read('/groups')).groups.filter((g) => g.id === id)
}

/** One act installs all of it, once more changes nothing, and out of use the group is archived. */
async function installs(manager, name, place, lang) {
  const w = said[lang]
  const person = await at('manager', 'desktop', '/usages', { lang })
  const { page } = person
  const card = page.locator(`[data-usage=${name}]`)
  await card.locator('.usage-keys .key').first().click()
  await card.locator('.preview').waitFor()
  await card.locator('.usage-keys .key.main').click()
  await card.locator('select[name=place]').selectOption(place)
  await person.key(w.install, card).click()
  await card.locator('.in-use').waitFor()

  const { usages } = await manager.read('/usages')
  const usage = usages.find((u) => u.name === name)
  const [made] = usage.installed
  assert.equal(made.place.path, place)
  const again = await (await manager.request.put(`/api/v1/usages/${name}?territory=${encodeURIComponent(place)}`)).json()
  assert.equal(again.group, made.group, 'once more is the same')
  const { checklists } = await manager.read(`/groups/${made.group}/checklists`)
  assert.ok(checklists.length > 0 && checklists.every((list) => list.items.length > 0))

  await card.locator('.in-use a').nth(2).click()
  await page.locator('.poster .qr').waitFor()
  assert.ok((await page.locator('.poster-address').textContent()).endsWith(`/groups/${made.group}`))
  if (folder) await page.locator('.poster').screenshot({ path: join(folder, `poster-${name}.png`) })
  await page.goto(`/groups/${made.group}`)
  await page.locator('.checklist input').first().waitFor()
  const { pinned } = await manager.read(`/groups/${made.group}`)
  assert.equal(pinned, made.post)
  await page.locator('.group-feed .item').first().waitFor()

  const brought = usage.rules.map(({ pack }) => `fildefer/${pack}.yaml`)
  await listening(manager, place, brought)

  await page.goto('/usages')
  await card.locator('.in-use button').click()
  await page.locator('dialog .key.main').click()
  await card.locator('.in-use').waitFor({ state: 'detached' })
  const [left] = await groupsNamed(manager, made.group)
  assert.ok(left.archived, 'its group is archived')
  const post = await manager.read(`/posts/${made.post}`)
  assert.equal(post.state, 'resolved', 'a welcome that nobody answered goes')
  await listening(manager, place, [])
  await done(person, `${lang}: ${name} is installed in one act, seen and taken out of use`)
}

/** Waits until the rule files that came with a usage, and no others, listen at a place. */
async function listening(manager, place, files) {
  for (const until = Date.now() + patience; ; await setTimeout(200)) {
    const { rules } = await manager.read('/rules')
    const brought = rules.filter((r) => r.file.startsWith('fildefer/') && r.match.endsWith(` · ${place}`)).map((r) => r.file)
    if (isDeepStrictEqual([...new Set(brought)], files)) return
    assert.ok(Date.now() < until, `${place} hears ${brought}, not ${files}`)
  }
}

/** What a colleague ticks is seen by all, with the name; put in use again, the usage has its group back. */
async function ticks(manager) {
  const made = await (await manager.request.put(`/api/v1/usages/aic?territory=${encodeURIComponent(line)}`)).json()
  const before = await groupsNamed(manager, made.group)
  assert.ok(before.length === 1 && !before[0].archived, 'the same group lives again')
  const person = await at('operator', 'phone', `/groups/${made.group}`)
  await person.tap(person.key('Je rejoins'))
  await person.tap(person.page.locator('.checklist label').first())
  await person.page.locator('.checklist .done small', { hasText: 'Karim' }).waitFor()
  const { checklists } = await manager.read(`/groups/${made.group}/checklists`)
  assert.equal(checklists[0].items[0].by, 'Karim Benali')
  await person.tap(person.page.locator('.checklist label').first())
  await person.page.locator('.checklist .done').waitFor({ state: 'detached' })
  await done(person, 'a member ticks on a phone, and takes it back')
}

/** A place that is a ghost goes on step by step: the next one has one key, and a team is ticked by hand. */
async function launches(manager, lang) {
  const w = said[lang]
  const made = await manager.post('/place', { parent: 'lyon', name: `Ligne neuve ${lang} ${Date.now()}`, kind: 'line' })
  await manager.request.put(`/api/v1/rollout?territory=${encodeURIComponent(made.path)}`, { data: { rollout: 'ghost' } })
  const person = await at('manager', 'desktop', `/territories/${encodeURIComponent(made.path)}`, { lang })
  const { page } = person
  await page.locator('.next-step[data-step=sources] .key.main').waitFor()
  assert.equal(await page.locator('.next-step .key').count(), 1)
  assert.equal(await page.locator('.launch li').count(), 10)
  await page.getByRole('button', { name: w.tick }).click()
  await page.getByRole('button', { name: w.done }).waitFor()
  await page.locator('.launch li.done small', { hasText: 'Sofia Costa' }).waitFor()
  const { steps } = await manager.read(`/launch?territory=${encodeURIComponent(made.path)}`)
  const of = Object.fromEntries(steps.map((step) => [step.step, step]))
  assert.ok(of.animator.done && of.charter.done && of.team.done && !of.open.done && !of.baseline.done)
  await page.locator('.next-step .key.main').click()
  await page.waitForURL((address) => address.pathname === '/')
  await done(person, `${lang}: a place goes on step by step`)
}

/** A charter that changed is asked for on top of the home, in nobody's way, and accepted with one touch. */
async function agrees(manager, lang) {
  const w = said[lang]
  const text = `${w.once} ${Date.now()}`
  await manager.request.put(`/api/v1/place?territory=${encodeURIComponent(shelves)}`, { data: { charter: { fr: text, en: text } } })
  const person = await at('staff', 'phone', '/', { lang })
  const card = person.page.locator('.charter-card', { hasText: text })
  await card.waitFor()
  await person.tap(card.locator('.key.main'))
  await card.waitFor({ state: 'detached' })
  const staff = await Server.as(browser, url, 'staff')
  assert.deepEqual((await staff.read('/me/charters')).charters.filter((c) => c.place.path === shelves), [])
  const figures = await manager.read(`/charter/figures?territory=${encodeURIComponent(shelves)}`)
  assert.ok(figures.accepted >= 1 && figures.asked >= figures.accepted)
  await done(person, `${lang}: a charter is asked for, and accepted with one touch`)
}
