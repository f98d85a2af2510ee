// People among themselves: a group is made, asked for and spoken in, and nobody
// outside meets anything of it; a notice is put to a line in four clicks and
// read on a phone and on the shared tablet; a poll is answered.
//
//   node groups.mjs URL      (a demo; it is left with what was posted)
import assert from 'node:assert/strict'
import { launch, open } from './browser.mjs'
import { comers, done, Person } from './person.mjs'
import { Server } from './server.mjs'

const patience = 60_000
const line = 'lyon/bottling/line-3'
const badge = 'KARIM-0001'
const stamp = Date.now()

const url = process.argv[2]
const browser = await launch()
const at = comers(browser, url)
try {
  const servers = {}
  for (const member of ['manager', 'operator', 'staff', 'admin', 'animator']) servers[member] = await Server.as(browser, url, member)
  const id = await makes(servers)
  await asks(id)
  await letsIn(id)
  await speaks(id, servers)
  await staysOut(id, servers)
  await publishes(servers)
  await votes(servers)
} finally {
  await browser.close()
}
process.exit()

/** A manager makes a group that one asks to join. */
async function makes({ manager }) {
  const person = await at('manager', 'desktop', '/groups')
  const { page } = person
  await person.tap(person.key('Nouveau groupe'))
  await page.locator('input[name=name]').fill(`Projet froid ${stamp}`)
  await person.tap(person.key('Sur demande'))
  await person.tap(person.key('Je crée'))
  await page.locator('.group-form textarea').waitFor()
  const { groups } = await manager.read('/groups')
  const made = groups.find((g) => g.name === `Projet froid ${stamp}`)
  assert.deepEqual([made.mine, made.join, made.home.id], ['keeper', 'asked', 'lyon'])
  await done(person, 'a group is made')
  return made.id
}

/** An operator finds it on a phone, and asks. */
async function asks(id) {
  const person = await at('operator', 'phone', '/groups')
  const { page } = person
  await person.tap(page.locator('.group a', { hasText: String(stamp) }))
  await page.locator('.group-keys .key', { hasText: 'Je demande' }).waitFor()
  assert.equal(await page.locator('.group-feed, .group-people').count(), 0, 'nothing of it is shown outside')
  await person.tap(person.key('Je demande'))
  await page.locator('.group-head .hint', { hasText: 'Demande envoyée' }).waitFor()
  assert.ok(page.url().endsWith(id))
  await done(person, 'somebody asks to join')
}

async function letsIn(id) {
  const person = await at('manager', 'desktop', `/groups/${id}`)
  await person.tap(person.key('J’accepte Karim Benali'))
  await person.page.locator('.group-people > ul li', { hasText: 'Karim Benali' }).waitFor()
  await done(person, 'a keeper lets them in')
}

/** Who is in it writes, in English too; the other reads it without loading anything. */
async function speaks(id, { manager }) {
  const keeper = await at('manager', 'desktop', `/groups/${id}`)
  const person = await at('operator', 'phone', `/groups/${id}`, { lang: 'en' })
  await person.page.locator('textarea[name=say]').fill(`Essai à froid ${stamp}`)
  await person.tap(person.key('Post'))
  await keeper.posts(`Essai à froid ${stamp}`).waitFor()
  await keeper.tap(keeper.key('Épingler'))
  await keeper.page.locator('.pinning[aria-pressed=true]').waitFor()
  const { pinned } = await manager.read(`/groups/${id}`)
  assert.ok(pinned)
  await person.page.goto('/')
  await person.page.locator('.feed-end').waitFor({ state: 'attached' })
  assert.equal(await person.posts(`Essai à froid ${stamp}`).count(), 0, 'what is said in a group is not on the line')
  await done(person, 'a member speaks, in English')
  await done(keeper, 'a keeper hears it, and pins it')
}

/** Whoever is outside meets nothing: on no screen, by no request, in no stream. Who keeps the machinery reads no posts at all. */
async function staysOut(id, servers) {
  const { posts } = await servers.operator.read(`/posts?territory=@${id}`)
  assert.equal(posts.length, 1)
  for (const member of ['staff', 'admin', 'animator']) {
    const { request } = servers[member]
    const refused = member === 'admin' ? 403 : 404
    for (const path of [`/posts/${posts[0].id}`, `/posts?territory=@${id}`, `/pulse?territory=@${id}`]) {
      assert.equal((await request.get(`/api/v1${path}`)).status(), refused, `${member} ${path}`)
    }
    if (member === 'admin') {
      assert.equal((await request.get('/api/v1/posts?limit=100')).status(), refused)
      continue
    }
    const all = await servers[member].read('/posts?limit=100')
    assert.ok(!JSON.stringify(all).includes(String(stamp)), `${member} reads nothing of it`)
  }
  const person = await at('staff', 'phone', `/groups/${id}`)
  await person.page.locator('.unavailable').waitFor()
  assert.ok(!(await person.page.content()).includes(String(stamp)))
  await done(person, 'nobody outside meets anything of it')
}

/** A must-read notice in four clicks and its text; read on a phone, then on the tablet of the line. */
async function publishes({ manager, admin, operator }) {
  const text = `Gants anticoupure à la palettisation ${stamp}`
  const author = await at('manager', 'desktop', '/')
  const { page } = author
  await page.locator('.column .row').first().waitFor()
  await author.tap(author.key('Menu'))
  await author.tap(page.getByRole('link', { name: 'Diffuser', exact: true }))
  await author.tap(author.key('Ligne 3'))
  await page.locator('textarea:focus').waitFor()
  await page.keyboard.type(text)
  await page.locator('#publish-needs', { hasText: /^Pour \d+ personnes/ }).waitFor()
  await author.tap(author.key('Publier'))
  await page.locator('.notice', { hasText: 'Publié pour' }).waitFor()
  console.log(`publish a must-read notice: ${author.taps} clicks and its text`)
  assert.equal(author.taps, 4)

  const { posts } = await manager.read('/posts?kind=must-read&state=open')
  const { id } = posts.find((p) => p.text === text)
  await page.goto(`/post/${id}`)
  await page.locator('.readers .count[data-read="0"]').waitFor()

  const tablet = await pairs(admin)
  await tablet.page.locator('.must-read .meta strong', { hasText: 'À lire par chacun' }).waitFor()
  await tablet.page.locator('.must-read', { hasText: text }).waitFor()

  const reader = await at('operator', 'phone', '/', { lang: 'en' })
  const top = reader.page.locator(`[data-must-read="${id}"]`)
  await top.waitFor()
  reader.taps = 0
  await reader.tap(top.getByRole('button'))
  await top.waitFor({ state: 'detached' })
  assert.equal(reader.taps, 1)
  await reader.page.locator('.notice', { hasText: 'Noted' }).waitFor()
  await page.locator('.readers .count[data-read="1"]').waitFor()
  assert.equal((await operator.read(`/posts/${id}`)).mine_read, 'read')
  assert.equal((await operator.request.get(`/api/v1/posts/${id}/readers`)).status(), 403, 'who has not read it is told to few')
  await done(reader, 'a person reads it on a phone in one touch, and its author sees the count rise')

  await readBadge(tablet.page, badge)
  await tablet.page.locator('.must-read', { hasText: text }).waitFor({ state: 'detached' })
  await done(tablet, 'on the shared tablet whoever has read it is asked no more')
  await author.tap(author.key('Je relance'))
  await page.locator('.notice', { hasText: 'Rappel envoyé' }).waitFor()
  await author.tap(author.key('Je termine'))
  await author.tap(page.locator('dialog').getByRole('button', { name: 'Je termine', exact: true }))
  await page.locator('.notice', { hasText: 'terminé' }).waitFor()
  assert.equal((await manager.read(`/posts/${id}`)).state, 'closed')
  await done(author, 'its author reminds the others, and ends it')
}

/** A tablet of the line that nobody is signed in on. */
async function pairs({ request }) {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const made = await request.post('/api/v1/devices', { headers, data: { name: 'Tablette des consignes', place: line, kind: 'station' } })
  const { code } = await made.json()
  const page = await open(browser, url, 'tablet')
  await page.goto(`/#pair=${code}`)
  await page.locator('.top .say-who').waitFor()
  return new Person(page, true)
}

/** Types as a badge reader does: faster than any hand, and Enter. */
async function readBadge(page, code) {
  const keyboard = await page.context().newCDPSession(page)
  const from = Date.now() / 1000
  const strokes = [...code, 'Enter'].flatMap((key, i) =>
    ['keyDown', 'keyUp'].map((type) => keyboard.send('Input.dispatchKeyEvent', { type, key, timestamp: from + i * 0.005, ...(type === 'keyDown' && { text: key === 'Enter' ? '\r' : key }) })),
  )
  await Promise.all(strokes)
  await keyboard.detach()
}

/** The result shows once one has answered; one changes one's mind and counts once. */
async function votes({ manager, operator }) {
  const draft = { kind: 'announcement', territory: line, text: `Quel jour pour l’essai ? ${stamp}`, poll: { choices: ['Lundi', 'Mardi'] } }
  const { id } = await manager.post('/posts', draft)
  const person = await at('operator', 'tablet', `/post/${id}`)
  const { page } = person
  page.setDefaultTimeout(patience)
  await page.locator('.poll .chip', { hasText: 'Lundi' }).waitFor()
  assert.equal(await page.locator('.poll progress').count(), 0, 'no result before an answer')
  await person.tap(page.locator('.poll .chip', { hasText: 'Lundi' }))
  await page.locator('.poll .chip[aria-pressed=true] b', { hasText: '1' }).waitFor()
  await person.tap(page.locator('.poll .chip', { hasText: 'Mardi' }))
  await page.locator('.poll .chip[aria-pressed=true] b', { hasText: '1' }).waitFor()
  const poll = (await operator.read(`/posts/${id}`)).talk.poll
  assert.deepEqual([poll.voters, poll.choices.map((c) => c.votes)], [1, [0, 1]])
  assert.equal((await manager.read(`/posts/${id}`)).talk.poll.choices[0].votes, undefined, 'who has not answered sees no result')
  await done(person, 'a poll counts each once, and shows its result to who answered')
}
