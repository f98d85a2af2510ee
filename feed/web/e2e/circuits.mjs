// A question and an idea from a phone to their decision, as people live it: who
// was asked answers and one answer is kept; a lead is away and a colleague
// decides for her, then two of three agree; nobody answers in time and everybody
// sees it; two ideas become one; an idea remembers the alert that it came from.
//
//   node circuits.mjs URL      (a demo; it is left with what was posted)
import assert from 'node:assert/strict'
import { cookiesOf, launch } from './browser.mjs'
import { Person } from './person.mjs'
import { Server } from './server.mjs'

const line = 'lyon/bottling/line-3'
const words = {
  fr: {
    report: 'Question à…', whom: 'Maintenance', send: 'Envoyer', answer: 'Votre réponse', publish: 'Publier', keep: 'Je retiens', keptBecause: 'Elle répond', kept: 'Réponse retenue',
    accept: 'J’accepte', because: 'Plus sûr', accepted: 'Acceptée', insteadOf: 'Inès Moreau, pour Julie Lambert', votes: '1 voix sur 2', more: 'Plus', merge: 'Je fusionne', same: 'Même idée', took: 'A reçu', into: 'Réunie avec',
    late: /En retard/, lateTab: 2, idea: 'Idée', propose: 'J’ai une idée', born: 'A fait naître', from: 'Née de', done: 'C’est fait', helped: 'A-t-elle aidé ?', partly: 'En partie', effect: 'Elle a aidé en partie',
  },
  en: {
    report: 'Question to…', whom: 'Maintenance', send: 'Send', answer: 'Your reply', publish: 'Post', keep: 'Accept', keptBecause: 'It answers', kept: 'Accepted answer',
    accept: 'Accept', because: 'Safer', accepted: 'Accepted', insteadOf: 'Inès Moreau, for Julie Lambert', votes: '1 of 2 votes', more: 'More', merge: 'Merge', same: 'Same idea', took: 'Took in', into: 'Merged into',
    late: /Overdue/, lateTab: 2, idea: 'Idea', propose: 'I have an idea', born: 'Gave rise to', from: 'Born of', done: 'It is done', helped: 'Did it help?', partly: 'Partly', effect: 'It helped in part',
  },
}

const url = process.argv[2]
const browser = await launch()
const people = []
const run = crypto.randomUUID().slice(0, 4) // the story may be told again
try {
  for (const lang of ['fr', 'en']) {
    await asksAndKeeps(lang)
    await decidesForWhoIsAway(lang)
    await isLateForAll(lang)
    await makesOneOfTwo(lang)
    await remembersItsAlert(lang)
  }
  for (const { faults } of people) assert.deepEqual(faults, [])
} finally {
  await browser.close()
}
process.exit()

/** Somebody of the demo at a screen of their own. */
async function at(member, device, lang) {
  const person = await Person.at(browser, url, device, { lang, cookies: await cookiesOf(browser, url, member) })
  people.push(person)
  return person
}

async function leave(...those) {
  await Promise.all(those.map(({ page }) => page.context().close()))
}

async function goTo(person, id) {
  await person.page.goto(`/post/${id}`)
  await person.page.locator('.page .timeline').waitFor()
}
/** Waits for the one decision that says all of these; the home lies under the page. */
async function listed(person, ...texts) {
  const found = texts.reduce((all, hasText) => all.filter({ hasText }), person.page.locator('.decisions article.item'))
  await found.first().waitFor()
  assert.equal(await found.count(), 1, `decisions that say ${texts}`)
  return found
}

async function choose(person, name) {
  await person.tap(person.page.locator('dialog').getByRole('button', { name, exact: true }))
}

/** From a phone: to whom, until when, what; the answer that is kept ends it. */
async function asksAndKeeps(lang) {
  const w = words[lang]
  const text = `Faut-il retendre la courroie ? ${lang} ${run}`
  const asker = await at('operator', 'phone', lang)
  await asker.page.goto('/report')
  await asker.tap(asker.page.locator('.tile', { hasText: w.report }))
  await asker.tap(asker.key(w.whom))
  await asker.page.locator('textarea[name=text]').fill(text)
  await asker.tap(asker.key(w.send))
  await asker.page.locator('.notice').waitFor()

  const fitter = await at('bruno', 'phone', lang)
  await fitter.page.goto('/decisions')
  await fitter.open(await listed(fitter, text))
  await fitter.page.locator('.comment-form textarea').fill(`Oui, d’un demi-tour. ${lang} ${run}`)
  await fitter.tap(fitter.key(w.publish))
  await fitter.page.locator('.comment', { hasText: 'demi-tour' }).first().waitFor()

  await asker.page.goto('/decisions')
  await asker.open(await listed(asker, text))
  await asker.page.locator('.way .here', { hasText: w.kept }).waitFor()
  await asker.tap(asker.key(w.keep))
  await asker.tap(asker.page.locator('dialog .chip', { hasText: 'demi-tour' }))
  await choose(asker, w.keptBecause)
  await asker.page.locator('.course .ending', { hasText: `${w.kept}` }).waitFor()
  await fitter.page.locator('.course .ending', { hasText: w.keptBecause }).waitFor()
  await leave(asker, fitter)
  console.log(`${lang}: a question is asked on a phone, answered, and its answer kept`)
}

/** The lead is away: her delegate gives the opinion, and her vote; then it is done, and helps. */
async function decidesForWhoIsAway(lang) {
  const w = words[lang]
  const text = `Un palan au-dessus de la presse 3, ${lang} ${run}`
  const author = await at('tomas', 'phone', lang)
  await author.page.goto('/report')
  await author.tap(author.page.locator('.tile', { hasText: w.idea }))
  await author.page.locator('textarea[name=text]').fill(text)
  await author.tap(author.key(w.send))
  await author.page.locator('.notice').waitFor()

  const delegate = await at('ines', 'phone', lang)
  await delegate.page.goto('/decisions')
  await delegate.open(await listed(delegate, text))
  const id = decodeURIComponent(delegate.page.url().split('/post/')[1])
  await delegate.page.locator('.step-waits', { hasText: w.insteadOf }).waitFor()
  await delegate.tap(delegate.key(w.accept))
  await choose(delegate, w.because)
  await delegate.page.locator('.way .here').nth(0).waitFor()
  await delegate.page.locator('.way li.passed').first().waitFor()

  const manager = await at('manager', 'desktop', lang)
  await goTo(manager, id)
  await manager.tap(manager.key(w.accept))
  await choose(manager, w.because)
  await manager.page.locator('.votes', { hasText: w.votes }).waitFor()

  await delegate.page.locator('.votes', { hasText: w.votes }).waitFor()
  await delegate.tap(delegate.key(w.accept))
  await choose(delegate, w.because)
  await goTo(author, id)
  await author.page.locator('.course .ending', { hasText: w.accepted }).filter({ hasText: w.insteadOf }).waitFor()

  await delegate.tap(delegate.key(w.done))
  await delegate.tap(delegate.key(w.partly))
  await author.page.locator('.task .effect', { hasText: w.effect }).waitFor()
  await leave(author, delegate, manager)
  console.log(`${lang}: an idea is decided by two of three, one of them for who is away, done, and its effect told`)
}

/** Nobody answers in time: the list of what is late says so by itself, to those who only look too. */
async function isLateForAll(lang) {
  const w = words[lang]
  const text = `Qui a la clé de l’armoire ? ${lang} ${run}`
  const operator = await Server.as(browser, url, 'operator')
  const seer = await at('animator', 'desktop', lang)
  await seer.page.goto('/decisions')
  await seer.tap(seer.page.locator('.decision-tabs button').nth(w.lateTab))
  const deadline = new Date(Date.now() + 3000).toISOString()
  const post = await operator.post('/posts', { kind: 'question', territory: line, text, for: { places: [line], roles: ['maintenance'] }, deadline })
  const late = await listed(seer, text, w.late)
  await seer.open(late)
  await seer.page.locator('.step-waits .late-sign').waitFor()
  const kept = await operator.read(`/posts/${post.id}`)
  assert.deepEqual([kept.talk.course.overdue, kept.talk.course.level], [true, 1])
  assert.equal(kept.timeline.filter((entry) => entry.kind === 'overdue').length, 1)
  await leave(seer)
  console.log(`${lang}: a deadline that is missed is seen by all concerned`)
}

/** Two ideas say the same: they become one, and each says so. */
async function makesOneOfTwo(lang) {
  const w = words[lang]
  const operator = await Server.as(browser, url, 'operator')
  const idea = (text) => operator.post('/posts', { kind: 'idea', territory: line, text })
  const [one, two] = [await idea(`Des bacs de couleur, ${lang} ${run}`), await idea(`Trier par bacs de couleur, ${lang} ${run}`)]
  const manager = await at('manager', 'desktop', lang)
  await goTo(manager, one.id)
  await manager.tap(manager.key(w.more))
  await manager.tap(manager.key(w.merge))
  await manager.tap(manager.page.locator('dialog .chip', { hasText: two.title }))
  await choose(manager, w.same)
  await manager.page.locator('.links', { hasText: w.into }).waitFor()
  await manager.tap(manager.page.locator('.links a', { hasText: two.title }))
  await manager.page.locator('.links', { hasText: w.took }).filter({ hasText: one.title }).waitFor()
  const kept = await operator.read(`/posts/${one.id}`)
  assert.deepEqual([kept.state, kept.talk.course.outcome, kept.talk.course.into], ['resolved', 'merged', two.id])
  await leave(manager)
  console.log(`${lang}: two ideas become one, and both say so`)
}

/** From the page of a problem: an idea that keeps the link, both ways. */
async function remembersItsAlert(lang) {
  const w = words[lang]
  const operator = await Server.as(browser, url, 'operator')
  const problem = await operator.post('/posts', { kind: 'stop-point', territory: line, text: `Bourrage à l’entrée, ${lang} ${run}` })
  const author = await at('operator', 'tablet', lang)
  await goTo(author, problem.id)
  await author.tap(author.key(w.more))
  await author.tap(author.key(w.propose))
  await author.page.locator('.about-seed', { hasText: problem.title }).waitFor()
  await author.page.locator('textarea[name=text]').fill(`Un guide à l’entrée, ${lang} ${run}`)
  await author.tap(author.key(w.send))
  await author.page.locator('.notice').waitFor()
  await goTo(author, problem.id)
  const born = author.page.locator('.links a', { hasText: w.born })
  await author.tap(born)
  await author.page.locator('.links a', { hasText: w.from }).filter({ hasText: problem.title }).waitFor()
  await leave(author)
  console.log(`${lang}: an idea remembers what it was born of, and is shown there`)
}
