// Somebody comes in with the company's account, is told why when it does not
// let them in, and shows again who they are before giving a right; in French,
// then in English.
//
//   node oidc.mjs URL [FOLDER for screenshots]
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { launch, open } from './browser.mjs'

const [url, folder] = process.argv.slice(2)
const said = {
  fr: { title: 'Compte de l’entreprise', nobody: /aucun de ses groupes n’a de rôle ici/ },
  en: { title: 'Company account', nobody: /none of its groups has a role here/ },
}
const browser = await launch()
try {
  for (const lang of ['fr', 'en']) {
    await arrive(lang)
    await turnedAway(lang)
    await prove(lang)
    console.log(`${lang}: in, turned away, and proved`)
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
