// Somebody comes in with the company's account, is told why when it does not
// let them in, shows again who they are before giving a right, and who has a PIN
// makes an account their own; in French, then in English.
//
//   node oidc.mjs URL [FOLDER for screenshots]
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { cookiesOf, launch, open } from './browser.mjs'

const [url, folder] = process.argv.slice(2)
const said = {
  fr: {
    title: 'Compte de l’entreprise',
    nobody: /aucun de ses groupes n’a de rôle ici/,
    taken: /déjà celui d’un autre membre.*demandez à un administrateur/,
    linked: /Compte relié, au nom de Léa Garnier/,
    by: { member: 'lea', account: 'Léa Garnier', device: 'phone' },
  },
  en: {
    title: 'Company account',
    nobody: /none of its groups has a role here/,
    taken: /another member’s already.*ask an administrator/,
    linked: /Account linked, in the name of Tom Petit/,
    by: { member: 'tom', account: 'Tom Petit', device: 'desktop' },
  },
}
const browser = await launch()
try {
  for (const lang of ['fr', 'en']) {
    await arrive(lang)
    await turnedAway(lang)
    await prove(lang)
    await link(lang)
    console.log(`${lang}: in, turned away, proved, and linked`)
  }
} finally {
  await browser.close()
}

/** Through the provider, back to the page that one wanted. */
async function arrive(lang) {
  const page = await open(browser, url, 'phone', { lang })
  await page.goto('/me')
  const key = page.locator('.signin .company')
  await key.waitFor()
  assert.equal(await key.innerText(), said[lang].title)
  assert.ok((await key.boundingBox()).height >= 48, 'the key is large enough to touch')
  await picture(page, `sign-in-${lang}`)
  await key.click()
  await choose(page, 'Zoé Garnier')
  await page.locator('.mine-keys').waitFor()
  assert.equal(new URL(page.url()).pathname, '/me')
  const me = await (await page.context().request.get('/api/v1/session')).json()
  assert.equal(me.name, 'Zoé Garnier')
  await page.context().close()
}

/** One sentence, once. */
async function turnedAway(lang) {
  const page = await open(browser, url, 'tablet', { lang })
  await page.goto('/')
  await page.locator('.signin .company').click()
  await choose(page, 'Paul Sans-Groupe')
  const banner = page.locator('.signin .banner[role=alert]')
  await banner.waitFor()
  assert.match(await banner.innerText(), said[lang].nobody)
  assert.equal(new URL(page.url()).hash, '')
  await picture(page, `turned-away-${lang}`)
  await page.reload()
  await page.locator('.signin .company').waitFor()
  assert.equal(await banner.count(), 0)
  await page.context().close()
}

/** Whose last proof is unknown shows again who they are: by their PIN, or by the account. */
async function prove(lang) {
  const page = await open(browser, url, 'desktop', { lang })
  await page.goto('/members')
  await page.locator('.signin .company').click()
  await choose(page, 'Ana Costa')
  await invite(page)
  const dialog = page.locator('dialog.proof')
  await dialog.waitFor()
  await picture(page, `proof-${lang}`)
  if (lang === 'fr') {
    await dialog.locator('input').fill('9999')
    await dialog.locator('.main').click()
    await dialog.locator('.error:not(:empty)').waitFor()
    await dialog.locator('input').fill('1234')
    await dialog.locator('.main').click()
  } else {
    await dialog.locator('.company').click()
    await choose(page, 'Ana Costa') // though there is a session with the provider
    await invite(page)
  }
  await page.locator('.invitation .qr').waitFor()
  assert.equal(await dialog.count(), 0)
  await page.context().close()
}

/** Another's account is refused; one's own enters the same member from then on. */
async function link(lang) {
  const { member, account, device } = said[lang].by
  const page = await open(browser, url, device, { lang, cookies: await cookiesOf(browser, url, member) })
  const mine = page.locator('section[aria-labelledby=my-account]')
  const key = mine.locator('button.key')
  await page.goto('/me')
  await key.waitFor()
  assert.ok((await key.boundingBox()).height >= 48, 'the key is large enough to touch')
  await key.scrollIntoViewIfNeeded()
  await picture(page, `link-${lang}`)
  await key.click()
  await choose(page, 'Zoé Garnier')
  const refusal = mine.locator('[role=alert]')
  await refusal.waitFor()
  assert.match(await refusal.innerText(), said[lang].taken)
  await inSight(page, refusal)
  assert.equal(await page.evaluate(() => location.pathname + location.hash), '/me')
  await picture(page, `link-taken-${lang}`)
  await key.click()
  await choose(page, account)
  const linked = mine.locator('[role=status]')
  await linked.waitFor()
  assert.match(await linked.innerText(), said[lang].linked)
  assert.equal(await key.count(), 0)
  await inSight(page, linked)
  await picture(page, `linked-${lang}`)
  await page.context().close()

  const other = await open(browser, url, 'desktop', { lang })
  await other.goto('/me')
  await other.locator('.signin .company').click()
  await choose(other, account)
  await other.locator('.mine-keys').waitFor()
  const me = await (await other.context().request.get('/api/v1/session')).json()
  assert.equal(me.id, member)
  await other.context().close()
}

/** What came of it stands where one looks, and so does the title. */
async function inSight(page, told) {
  await page.locator('.mine-keys').waitFor()
  const seen = (el) => el.getBoundingClientRect().top >= 0 && el.getBoundingClientRect().bottom <= innerHeight
  for (const part of [told, page.locator('.me-page h1')]) assert.ok(await part.evaluate(seen))
}

async function choose(page, name) {
  await page.getByRole('button', { name }).click()
}

async function invite(page) {
  await page.locator('.invite input').fill('Noé Petit')
  await page.locator('.invite select[name=place]').selectOption('lyon/line-3')
  await page.locator('.invite select[name=role]').selectOption('operator')
  await page.locator('.invite .main').click()
}

async function picture(page, name) {
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) })
}
