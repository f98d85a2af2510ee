// One thread through the whole house, as three people see it: the operator's
// tablet at the line, a phone in the aisle and the manager's desktop. What the
// machines and the ERP do comes from real parts that the test holds; see
// cmd/fildefer/thread_test.go.
//
//   node thread.mjs URL FOLDER      (FOLDER takes pictures of a failure)
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { launch } from './browser.mjs'
import { floor, step } from './floor.mjs'
import { Person } from './person.mjs'

const [url, folder] = process.argv.slice(2)
const syrup = { ean: '3760124500004', label: 'Sirop <b>menthe</b> 70 cl', stock: 24 }
const flour = { ean: '3017620422003', label: 'Farine de blé', stock: 12 }
const slowest = 5000 // ms from a comment on one screen to its place on another; the aim is 1000

const browser = await launch()
const karim = await Person.at(browser, url, 'tablet')
const lea = await Person.at(browser, url, 'phone')
const sofia = await Person.at(browser, url, 'desktop')
const everyone = { karim, lea, sofia }
try {
  await signIn()
  await machinesPost()
  await erpPosts()
  await operatorHandles()
  await peopleAnswer()
  await conditionsEnd()
  await serverRestarts()
  await strangersSeeNothing()
  for (const [name, { faults }] of Object.entries(everyone)) assert.deepEqual(faults, [], `in the browser of ${name}`)
} catch (err) {
  for (const [name, { page }] of Object.entries(everyone)) await page.screenshot({ path: join(folder, `${name}.png`) })
  throw err
} finally {
  await browser.close()
}
process.exit()

async function signIn() {
  await step('a wrong PIN is refused in one sentence, and the right one opens Ma ligne', async () => {
    await karim.signIn('karim', '9999')
    await karim.sees(/incorrect/)
    await karim.typePin('1234')
    await karim.sees('Rien à traiter. Le fil est droit.')
  })
  await step('each person comes to the screen of their work', async () => {
    await lea.signIn('lea', '1234')
    await lea.sees('Rien à faire dans le rayon.')
    await sofia.signIn('sofia', '1234')
    await sofia.sees('À prendre')
  })
}

async function machinesPost() {
  await step('a value below its limit becomes one post on the tablet and on the desktop', async () => {
    await floor.publish('filler-1', { weight: 496.2 })
    const post = await karim.seesOne('Remplisseuse 1')
    await karim.sees('496,2', post.locator('.value'))
    await sofia.seesOne('Remplisseuse 1', '496,2 g pour 498,0 g')
    assert.equal(await lea.posts().count(), 0, 'posts of the line in the aisle')
  })
  await step('the same value again is the same post', async () => {
    await floor.publish('filler-1', { weight: 495.8 })
    await karim.sees('495,8', (await karim.seesOne('Remplisseuse 1')).locator('.value'))
  })
  await step('its provenance names the source and the topic', () =>
    provenance(sofia, ['Remplisseuse 1'], ['machines', 'Sujet MQTT', 'plant/filler-1/telemetry']))
  await step('a state on the OPC UA server becomes one post that names its node', async () => {
    await floor.press('stopped')
    await karim.seesOne('Presse 1 à l’arrêt')
    await sofia.seesOne('Presse 1 à l’arrêt')
    await provenance(sofia, ['Presse 1'], ['Nœud OPC UA', 'Press.State', 'presses'])
  })
}

async function erpPosts() {
  await step('the first export is a baseline: it makes no post', async () => {
    await floor.export('stock_1.csv', [flour, syrup])
    assert.equal(await lea.posts().count(), 0)
  })
  await step('an article at 0 becomes one post in Mon rayon, its name shown as text', async () => {
    await floor.export('stock_2.csv', [flour, { ...syrup, stock: 0 }])
    await lea.seesOne('Sirop <b>menthe</b> 70 cl : rupture')
    await sofia.seesOne('Sirop <b>menthe</b> 70 cl : rupture')
  })
  await step('its provenance names the file and the row', () =>
    provenance(sofia, ['rupture'], ['Fichier', 'stock_2.csv', 'Ligne du fichier', '3', syrup.ean]))
}

async function operatorHandles() {
  await step('the operator takes it with one tap, and the manager sees who has it', async () => {
    karim.taps = 0
    await karim.tap(karim.key(/^Je prends/, karim.posts('Remplisseuse 1')))
    assert.equal(karim.taps, 1)
    await sofia.seesOne('Remplisseuse 1', 'Pris par Karim')
  })
  await step('and closes it with its cause in three', async () => {
    karim.taps = 0
    await karim.tap(karim.key(/^J’y suis/, karim.posts('Remplisseuse 1')))
    await sofia.seesOne('Remplisseuse 1', 'Karim sur place')
    await karim.tap(karim.key(/^Résolu/, karim.posts('Remplisseuse 1')))
    await karim.tap(karim.key('Réglage fait'))
    assert.equal(karim.taps, 3)
    await sofia.seesOne('Remplisseuse 1', 'Résolu, pas encore revenu à la normale · Réglage fait')
    await karim.seesOne('Remplisseuse 1', 'pas encore revenu à la normale')
  })
}

async function peopleAnswer() {
  await step('a comment on the phone shows on the desktop within a second, as text', async () => {
    const words = 'Rien en réserve <script>alert(1)</script>'
    const panel = await sofia.open(await sofia.seesOne('rupture'))
    const page = await lea.open(await lea.seesOne('rupture'))
    await page.locator('textarea').fill(words)
    const sent = performance.now()
    await lea.tap(lea.key('Publier', page))
    await sofia.sees(words, panel.locator('.conversation'))
    const took = Math.round(performance.now() - sent)
    await floor.tell(`${String(took).padStart(6)} ms  from the tap on the phone to the words on the desktop`)
    assert.ok(took <= slowest, `${took} ms`)
    await lea.leave()
  })
  await step('a report on an article that has a post joins it', async () => {
    await lea.tap(lea.page.getByRole('link', { name: 'Code' }))
    await lea.page.locator('input[name=sku]').fill(syrup.ean)
    await lea.tap(lea.key('Voir l’article'))
    await lea.sees('Déjà signalé')
    await lea.tap(lea.key('Moi aussi'))
    await lea.sees('Moi aussi : c’est signalé.')
    await lea.seesOne('rupture')
    await sofia.sees('Signalé aussi', sofia.page.locator('.timeline'))
    await sofia.leave()
    await sofia.seesOne('rupture')
  })
}

async function conditionsEnd() {
  await step('the press runs again and its post closes on both screens', async () => {
    await floor.press('running')
    await sofia.seesOne('Presse 1', 'Revenu à la normale')
    await karim.seesNoMore('Presse 1')
    await karim.sees('1 revenu à la normale en 8 h')
  })
  await step('the article is back and its post closes on both screens', async () => {
    await floor.export('stock_3.csv', [flour, { ...syrup, stock: 18 }])
    await sofia.seesOne('rupture', 'Revenu à la normale')
    await lea.seesNoMore('rupture')
    await lea.sees('1 revenu à la normale en 8 h')
  })
}

async function serverRestarts() {
  await step('what happens while the server restarts is shown without a reload', async () => {
    await karim.page.evaluate(() => (window.sameDocument = true))
    await floor.stop()
    await karim.page.locator('.connection:not(.live)').waitFor()
    await floor.publish('filler-2', { weight: 490.4 })
    await floor.start()
    await karim.seesOne('<img src=x onerror=alert(1)> Remplisseuse 2', '490,4')
    await sofia.seesOne('<img src=x onerror=alert(1)> Remplisseuse 2')
    await karim.sees('En direct')
    assert.ok(await karim.page.evaluate(() => window.sameDocument), 'the page was loaded anew')
  })
  await step('the value within its limit again closes it', async () => {
    await floor.publish('filler-2', { weight: 500.1 })
    await sofia.seesOne('Remplisseuse 2', 'Revenu à la normale')
    await karim.seesNoMore('Remplisseuse 2')
  })
  await step('the same screen speaks English', async () => {
    await sofia.tap(sofia.page.getByRole('button', { name: /^Mon compte/ }))
    await sofia.tap(sofia.key('English'))
    await sofia.sees('To take')
    await sofia.seesOne('490.4 g, limit 498.0 g', 'Back to normal')
  })
}

async function strangersSeeNothing() {
  await step('a post outside of one’s scope is not to be found', async () => {
    const id = await sofia.posts('Remplisseuse 1').getAttribute('data-post')
    await lea.page.goto(`/post/${id}`)
    await lea.sees('Cette publication n’existe pas, ou n’est pas dans votre périmètre.')
  })
}

async function provenance(person, post, words) {
  const page = await person.open(await person.seesOne(...post))
  for (const word of words) await person.sees(word, page.locator('.provenance'))
  await person.leave()
}
