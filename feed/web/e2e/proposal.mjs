// A place of people's own: one proposes it, another agrees on their own device,
// it opens, and both talk in it. Who said nothing is invited, who is not
// concerned meets nothing of it; one may decline, and take a proposal back.
//
//   node proposal.mjs URL      (a demo; it is left with what was proposed)
import assert from 'node:assert/strict'
import { launch } from './browser.mjs'
import { comers, done } from './person.mjs'
import { Server } from './server.mjs'

const stamp = Date.now()
const name = `Bouchons ${stamp}`

const url = process.argv[2]
const browser = await launch()
const at = comers(browser, url)
try {
  const servers = {}
  for (const member of ['operator', 'tomas', 'julie', 'staff', 'manager', 'animator']) servers[member] = await Server.as(browser, url, member)
  const proposer = await proposes(servers)
  await staysOut(servers)
  await agrees(proposer, servers)
  await isInvited()
  await isSuggested()
  await declines(servers)
  await withdraws(servers)
} finally {
  await browser.close()
}
process.exit()

function row({ page }, named) {
  return page.locator('.proposal', { hasText: named })
}

async function idOf(server, named) {
  return (await server.read('/proposals')).proposals.find((p) => p.name === named)?.id
}

/** An operator names two colleagues of another workshop on a phone: a name is all they type. */
async function proposes({ operator, tomas }) {
  const person = await at('operator', 'phone', '/groups')
  const { page } = person
  await person.tap(person.key('Proposer un territoire'))
  const send = person.key('Je propose')
  assert.ok(await send.isDisabled())
  await page.locator('#propose-needs', { hasText: 'Donnez-lui un nom' }).waitFor()
  await page.locator('.propose input[name=name]').fill(name)
  await page.locator('#propose-needs', { hasText: 'un lieu ou un collègue' }).waitFor()
  const people = page.getByRole('group', { name: 'Avec qui' })
  await person.tap(people.locator('.chip[aria-expanded]'))
  for (const colleague of ['Tomas Novak', 'Julie Lambert']) await person.tap(person.key(colleague, people))
  await page.locator('#propose-needs', { hasText: 'Choisissez un motif' }).waitFor()
  await person.tap(person.key('Nous en parlons déjà souvent'))
  await page.locator('#propose-needs', { hasText: '2 personnes répondront : Julie Lambert, Tomas Novak.' }).waitFor()
  await person.tap(send)
  await row(person, name).locator('.counts', { hasText: '1 sur 3 d’accord' }).waitFor()
  await row(person, name).getByText('2 sans réponse').waitFor()
  const { proposals } = await tomas.read('/proposals')
  const made = proposals.find((p) => p.name === name)
  assert.deepEqual([made.state, made.by, made.words, made.agreed, made.own], ['asked', 'Karim Benali', 'Nous en parlons déjà souvent', 1, false])
  const refused = await operator.request.post('/api/v1/proposals', { data: { name: 'Ailleurs', why: 'x', people: ['staff'] } })
  assert.equal(refused.status(), 422)
  assert.equal((await refused.json()).detail, 'Personne ne s’identifie sous « staff ».', 'nobody learns who signs in on another site')
  console.log('a place is proposed on a phone')
  return person
}

/** Whom it does not concern meets nothing of it: on no screen, by no request. */
async function staysOut({ operator, staff, manager }) {
  const id = await idOf(operator, name)
  for (const other of [staff, manager]) {
    assert.ok(!JSON.stringify(await other.read('/proposals')).includes(String(stamp)))
    const answered = await other.request.put(`/api/v1/proposals/${id}/answer`, { data: { yes: true } })
    assert.equal(answered.status(), 404)
    assert.equal((await other.request.delete(`/api/v1/proposals/${id}`)).status(), 404)
  }
  const person = await at('staff', 'phone', '/groups')
  await person.key('Proposer un territoire').waitFor()
  await person.page.locator('.group-list .group').first().waitFor()
  assert.ok(!(await person.page.content()).includes(String(stamp)))
  await done(person, 'whom it does not concern sees nothing of it')
}

/** A colleague agrees at a desk, in English: the place opens, and both talk in it. */
async function agrees(proposer, { tomas }) {
  assert.ok(JSON.stringify(await tomas.read('/notifications?limit=50')).includes(name), 'those concerned are told')
  const person = await at('tomas', 'desktop', '/groups', { lang: 'en' })
  const { page } = person
  await row(person, name).getByText('Proposed by Karim Benali: We often talk about it already').waitFor()
  await person.tap(person.key(`I agree: ${name}`))
  await page.locator('.notice', { hasText: `“${name}” is open.` }).waitFor()
  await person.tap(person.key('Go there'))
  await page.locator('textarea[name=say]').fill(`Joint de la presse ${stamp}`)
  await person.tap(person.key('Post'))
  await person.posts(`Joint de la presse ${stamp}`).waitFor()

  await proposer.tap(proposer.page.getByRole('link', { name: `Ouvert, entrer : ${name}` }))
  await proposer.page.locator('textarea[name=say]').waitFor()
  await proposer.posts(`Joint de la presse ${stamp}`).waitFor()
  await proposer.page.locator('textarea[name=say]').fill(`Même joint à la ligne 3 ${stamp}`)
  await proposer.tap(proposer.key('Publier'))
  await person.posts(`Même joint à la ligne 3 ${stamp}`).waitFor()
  await proposer.page.locator('.group-people li', { hasText: 'Karim Benali' }).getByText('Responsable').waitFor()
  await done(person, 'another agrees, and the place opens')
  await done(proposer, 'both talk in it')
}

/** Who had said nothing is asked again by the place itself, and is not in it before they say yes. */
async function isInvited() {
  const person = await at('julie', 'phone', '/groups')
  const group = person.page.locator('.group.invited', { hasText: name })
  await group.getByText('Vous êtes invité').waitFor()
  await person.tap(group.getByRole('link'))
  await person.tap(person.key('J’accepte'))
  await person.page.locator('textarea[name=say]').waitFor()
  await person.posts(`Joint de la presse ${stamp}`).waitFor()
  await done(person, 'who said nothing is invited, and comes in')
}

/** Three of two workshops kept answering each other: each sees why a place is suggested, and two agree. */
async function isSuggested() {
  const named = 'Embouteillage · Presses'
  const first = await at('tomas', 'phone', '/groups')
  const page = first.page
  await row(first, named).getByText(/5 conversations.*Embouteillage, Presses/).waitFor()
  await first.tap(first.key(`J’accepte : ${named}`))
  await row(first, named).locator('.counts', { hasText: '1 sur 3 d’accord' }).waitFor()
  const second = await at('bruno', 'desktop', '/groups', { lang: 'en' })
  await row(second, named).getByText(/5 conversations.*Embouteillage, Presses/).waitFor()
  await second.tap(second.key(`I agree: ${named}`))
  await second.page.locator('.notice', { hasText: `“${named}” is open.` }).waitFor()
  await page.getByRole('link', { name: `Ouvert, entrer : ${named}` }).waitFor()
  await done(second, 'a place is suggested to who keep answering each other, with the reason, and opens')
  await done(first, 'who agreed first sees it open')
}

/** The "no" that ends it is asked for twice, since it ends it for all. */
async function declines({ operator, tomas }) {
  const named = `Étiquettes ${stamp}`
  await operator.post('/proposals', { name: named, why: 'Un chantier commun démarre', people: ['tomas'] })
  const person = await at('tomas', 'phone', '/groups', { lang: 'en' })
  await row(person, named).getByText('A common project begins').waitFor()
  await person.tap(person.key(`I decline: ${named}`))
  await person.tap(person.key('I decline', person.page.locator('dialog')))
  await row(person, named).getByText('Declined: too few people agreed.').waitFor()
  assert.equal((await operator.read('/proposals')).proposals.find((p) => p.name === named).state, 'declined')
  const late = await tomas.request.put(`/api/v1/proposals/${await idOf(tomas, named)}/answer`, { data: { yes: true } })
  assert.equal(late.status(), 409)
  await done(person, 'one may decline, and it ends there')
}

/** Who proposes thinks again: nobody is asked any more. */
async function withdraws({ manager, animator }) {
  const named = `Accueil ${stamp}`
  await manager.post('/proposals', { name: named, why: 'x', places: ['lyon/presses'], people: ['animator'] })
  const asked = (await animator.read('/proposals')).proposals.find((p) => p.name === named)
  assert.deepEqual([asked.places, asked.people.map((p) => p.id).sort()], [['Presses'], ['animator', 'julie', 'manager', 'tomas']])
  const person = await at('manager', 'desktop', '/groups')
  await person.tap(person.key(`Je retire ma proposition : ${named}`))
  await person.tap(person.key('Je retire', person.page.locator('dialog')))
  await row(person, named).getByText('Vous l’avez retirée.').waitFor()
  const other = await at('animator', 'phone', '/groups')
  await row(other, named).getByText('Retirée par Sofia Costa.').waitFor()
  assert.equal(await other.key(`J’accepte : ${named}`).count(), 0)
  await done(other, 'those concerned see that it is withdrawn')
  await done(person, 'who proposes may withdraw')
}
