// A conversation as people have it: one calls another by name, an answer is
// kept, words are changed, taken back, removed with a reason; a guest reads one
// thread; hostile words stay words. Karim reads French on his phone, Sofia
// English on her desktop.
//
//   node talk.mjs URL FOLDER      (a demo; FOLDER takes pictures of a failure)
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { cookiesOf, launch, open } from './browser.mjs'
import { Server } from './server.mjs'

const patience = 20_000
const place = 'lyon/bottling/line-3'
const [url, folder] = process.argv.slice(2)
const browser = await launch()
const server = await Server.as(browser, url, 'operator')
const boss = await Server.as(browser, url, 'manager')
const karim = await person('operator', 'phone', 'fr')
const sofia = await person('manager', 'desktop', 'en')
try {
  const { id } = await server.post('/posts', { kind: 'idea', territory: place, text: 'Marquer les réglages au sol #propreté' })
  for (const { page } of [karim, sofia]) {
    await page.goto(`/post/${id}`)
    await page.locator('.conversation').waitFor()
  }
  await mentions(id)
  await accepts(id)
  await edits(id)
  await removes(id)
  await moderates(id)
  await recommends(id)
  await invites(id)
  await shares(id)
  await staysHarmless()
  await folds(id)
  for (const { faults } of [karim, sofia]) assert.deepEqual(faults, [])
} catch (err) {
  for (const { name, page } of [karim, sofia]) if (folder) await page.screenshot({ path: join(folder, `talk-${name}.png`) })
  throw err
} finally {
  await browser.close()
}
process.exit()

/** A comment as long as one may write is folded; all of it is there for who listens or searches. */
async function folds(id) {
  const text = `${'Réglage du guide, pas à pas. '.repeat(135)}Fin zébrée.`
  await server.post(`/posts/${id}/comments`, { text })
  const { page, said, key } = karim
  await page.goto(`/post/${id}`)
  const words = said('Fin zébrée').locator('.text')
  await words.waitFor()
  const height = async () => (await words.boundingBox()).height
  const more = key('Lire la suite', said('Fin zébrée'))
  await more.waitFor()
  assert.ok((await height()) < 500, `${await height()} px are shown`)
  assert.equal((await words.textContent()).length, text.length)
  assert.equal(await more.getAttribute('aria-expanded'), 'false')
  await more.focus()
  await page.keyboard.press('Enter')
  const less = key('Replier', said('Fin zébrée'))
  await less.waitFor()
  assert.ok((await height()) > 1000)
  await less.click()
  await more.waitFor()
  assert.ok((await height()) < 500)
  await words.evaluate((p) => (p.scrollTop = p.scrollHeight)) // as a browser does that found a word
  await less.waitFor()
  assert.equal(await key('Lire la suite').count(), 0, 'short words are not folded')
}

async function person(name, device, lang) {
  const page = await open(browser, url, device, { lang, cookies: await cookiesOf(browser, url, name) })
  page.setDefaultTimeout(patience)
  const faults = []
  page.on('pageerror', (err) => faults.push(String(err)))
  page.on('dialog', (dialog) => {
    faults.push(`a dialog opened: ${dialog.message()}`)
    void dialog.dismiss()
  })
  const key = (label, within = page) => within.getByRole('button', { name: label, exact: true })
  const said = (text) => page.locator('.comment').filter({ hasText: text })
  /** Opens what else can be done to a comment, and does it. */
  const does = async (text, label) => {
    await said(text).locator('.said-menu > button').click()
    await key(label, said(text)).click()
  }
  return { name, page, faults, key, said, does }
}

async function write({ page, key }, text, publish) {
  await page.locator('.comment-form textarea').fill(text)
  await key(publish).click()
}

async function mentions(id) {
  const field = karim.page.locator('.comment-form textarea')
  await field.pressSequentially('Bonjour @sof')
  await karim.page.getByRole('option', { name: '@Sofia Costa' }).waitFor()
  await field.press('Enter')
  assert.equal(await field.inputValue(), 'Bonjour @Sofia Costa ')
  await field.pressSequentially('et @maint')
  const team = karim.page.getByRole('option', { name: /@maintenance/ })
  await team.waitFor()
  assert.match(await team.innerText(), /présent/)
  await team.tap()
  await field.pressSequentially('et @Inconnu : ça vous va ?')
  await karim.key('Publier').click()
  await karim.said('Bonjour').getByText('Sofia Costa : notification envoyée').waitFor()
  await karim.said('Bonjour').getByText('@Inconnu : personne de ce nom ne lit cette publication').waitFor()
  await sofia.said('Bonjour').locator('b.mention', { hasText: '@Sofia Costa' }).waitFor() // live, without a reload
  assert.equal(await sofia.said('Bonjour').getByText('nobody of that name').count(), 0, 'others need not know whom it missed')
  const { thread } = await server.read(`/posts/${id}`)
  const [first, team2] = thread[0].mentions
  assert.equal(first.member, 'manager')
  assert.equal(first.told, 1)
  assert.equal(team2.role, 'maintenance')
  assert.ok(team2.told >= 1)
}

async function accepts(id) {
  await write(sofia, 'Yes, with yellow tape', 'Post')
  await karim.said('yellow tape').waitFor()
  await karim.does('yellow tape', 'Je retiens')
  await karim.page.locator('.kept-answer').getByText('Réponse retenue').waitFor()
  await sofia.page.locator('.kept-answer').getByText('Accepted answer').waitFor()
  const { talk, thread } = await boss.read(`/posts/${id}`)
  assert.equal(talk.accepted, thread.find(({ text }) => text.includes('yellow')).id)
}

async function edits() {
  await sofia.does('yellow tape', 'Edit')
  const field = sofia.page.getByLabel('Edit your text')
  await field.fill('Yes, with green tape')
  await sofia.key('Save').click()
  await karim.said('green tape').waitFor()
  assert.equal(await karim.said('yellow tape').count(), 0)
}

async function removes() {
  await sofia.does('green tape', 'Delete')
  const dialog = sofia.page.locator('dialog[open]')
  await sofia.key('Delete', dialog).click()
  await karim.said('Message retiré par son auteur').waitFor()
  await sofia.said('Message removed by its author').waitFor()
  await karim.page.locator('.kept-answer').waitFor({ state: 'detached' }) // what is taken back no longer holds
}

async function moderates(id) {
  const rude = `Paul dort au poste ${Date.now()}`
  await write(karim, rude, 'Publier')
  await sofia.said(rude).waitFor()
  await sofia.does(rude, 'Remove')
  await sofia.page.locator('dialog[open]').getByRole('button', { name: 'About a person' }).click()
  await karim.said('Retiré par la modération : Vise une personne').waitFor()
  assert.ok(!(await karim.page.content()).includes(rude), 'hidden words are on the screen of who may not moderate')
  assert.ok(!JSON.stringify(await server.read(`/posts/${id}`)).includes(rude))
  await sofia.said('Removed by moderation: About a person').getByText(rude).waitFor()
  await karim.does('Retiré par la modération', 'Je réponds')
  const dialog = karim.page.locator('dialog[open]')
  await dialog.getByRole('textbox').fill('C’était une blague')
  await dialog.getByRole('button', { name: 'Je confirme' }).or(dialog.locator('button[type=submit]')).first().click()
  await sofia.said('About a person').getByText('The author answers: C’était une blague').waitFor()
  await sofia.does('About a person', 'Put back')
  await karim.said(rude).waitFor()
}

async function recommends() {
  await karim.page.getByRole('button', { name: /^Je recommande/ }).click()
  await karim.page.getByLabel('Chercher un nom').fill('sof')
  await karim.page.locator('dialog[open]').getByRole('button', { name: /^Sofia Costa/ }).click()
  await karim.page.getByText('Recommandé à 1 personne.').waitFor()
}

async function invites(id) {
  await sofia.key('Invite').click()
  const dialog = sofia.page.locator('dialog[open]')
  await dialog.getByLabel('Name of the guest').fill('Jean Dupont')
  await sofia.key('Create', dialog).click()
  const link = await dialog.locator('input[name=link]').inputValue()
  const guest = await open(browser, url, 'phone', { lang: 'fr' })
  await guest.goto(link)
  await guest.getByText('Lecture réservée à Jean Dupont').waitFor()
  await guest.getByText('Bonjour @Sofia Costa').waitFor()
  assert.equal(await guest.locator('button, textarea, input').count(), 0, 'a guest only reads')
  for (const path of ['/posts', `/posts/${id}`, '/session', '/territories', '/stream']) {
    assert.equal((await guest.request.get(`/api/v1${path}`)).status(), 401, path)
  }
  await sofia.key('Take back : Jean Dupont', dialog).click()
  await dialog.getByText('Jean Dupont: over').waitFor()
  await guest.reload()
  await guest.getByText('Ce lien n’est plus valable').waitFor()
  await sofia.key('Close', dialog).click()
  await guest.context().close()
}

async function shares(id) {
  await sofia.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url })
  await sofia.key('Share').click()
  await sofia.page.getByText('Address copied.').waitFor()
  const address = await sofia.page.evaluate(() => navigator.clipboard.readText())
  assert.equal(new URL(address).pathname, `/post/${id}`)
  const other = await open(browser, url, 'desktop', { lang: 'fr' })
  other.setDefaultTimeout(patience)
  await other.goto(address)
  await other.locator('.person').filter({ hasText: 'Karim' }).click()
  for (const digit of '1234') await other.getByRole('button', { name: digit, exact: true }).click()
  await other.locator(`[data-post="${id}"]`).first().waitFor()
  await other.context().close()
}

/** Strings that break pages: each is shown as it is, and nothing runs or overflows. */
async function staysHarmless() {
  const hostile = [
    '<script>window.ran = 1</script><img src=x onerror="window.ran = 1">',
    '"><svg onload=window.ran=1> {{7*7}} ${7*7} javascript:alert(1)',
    'https://exemple.fr/"onmouseover="window.ran=1 http://[ https://',
    'a'.repeat(3000),
    'Z' + '\u0301'.repeat(800) + ' \u202egnp.exe\u202c \u200b\u200b\u2066x',
    '\n\n\n\n\n\n\n\n\n\n\nfin\n\n\n\n',
    '#' + 'é'.repeat(400) + ' #<b> @<i>' + '@'.repeat(500),
    '﷽'.repeat(200),
    '👩‍👩‍👧‍👦'.repeat(100) + '\u200d'.repeat(300),
  ]
  const { id } = await server.post('/posts', { kind: 'idea', territory: place, text: hostile[0] })
  for (const text of hostile) await server.post(`/posts/${id}/comments`, { text })
  for (const { page, faults } of [karim, sofia]) {
    await page.goto(`/post/${id}`)
    await page.locator('.comment').nth(hostile.length - 1).waitFor()
    assert.equal(await page.evaluate(() => window.ran), undefined, 'a script ran')
    assert.equal(await page.locator('.comment script, .comment img, .comment svg[onload]').count(), 0)
    const links = await page.locator('.comment .text a').evaluateAll((all) => all.map((a) => [a.protocol, a.rel, a.target]))
    for (const [protocol, rel, target] of links.filter(([, rel]) => rel)) {
      assert.match(protocol, /^https?:$/)
      assert.match(rel, /noopener/)
      assert.equal(target, '_blank')
    }
    assert.ok(links.length > 0)
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth)
    assert.ok(wide <= 0, `the page is ${wide} px too wide`)
    const out = await page.locator('.comment').evaluateAll((all) => all.filter((c) => c.scrollWidth > c.clientWidth + 1 || c.getBoundingClientRect().right > innerWidth).map((c) => c.textContent.slice(0, 40)))
    assert.deepEqual(out, [], 'comments that overflow')
    assert.deepEqual(faults, [])
  }
}
