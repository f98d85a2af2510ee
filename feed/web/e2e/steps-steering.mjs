// How one comes to what a manager steers by.

export async function earlier(page) {
  if (page.viewportSize().width < 1100) await page.locator('.tabs button').last().click()
  await page.locator('.earlier > .key').click()
  // A demo that has just begun has nothing earlier, and says so.
  await page.locator('.earlier .post-list li, .earlier > p').first().waitFor()
  await page.locator('.earlier').scrollIntoViewIfNeeded()
}

export async function balance(page) {
  await page.locator('.bigs').waitFor()
}

export async function behind(page) {
  await page.locator('.big button').first().click()
  await page.locator('.behind .post-list').waitFor()
}

export async function meeting(page) {
  await page.locator('.concern').nth(4).waitFor()
}

export async function correct(page) {
  await page.locator('.concern > .key').first().click()
  await page.locator('.correct').waitFor()
  await page.getByRole('button', { name: 'action' }).first().click()
  await page.locator('.add-task [name=task]').waitFor()
}

export async function running(page) {
  await page.locator('.handover-tabs button').last().click()
  await page.locator('.handover').waitFor()
}

export async function pulses(page) {
  await page.locator('.electro').first().waitFor()
}

/** A file of the tree with two faults. */
export async function wrongTree(page) {
  await page.locator('.bring').click()
  const buffer = Buffer.from('path;name;kind\nlyon/x/y;Y;line\nlyon/z;Z;garage\n')
  await page.locator('.import input[type=file]').setInputFiles({ name: 'arbre.csv', mimeType: 'text/csv', buffer })
  await page.locator('.import-faults').waitFor()
}

export async function neighbours(page) {
  await page.locator('.place-page .settings').first().waitFor()
}

export async function editPlace(page) {
  await neighbours(page)
  await page.locator('.place-keys .key').first().click()
  await page.locator('.place-form').waitFor()
}

export async function held(page) {
  await page.locator('.held > .plain').click()
  await page.locator('.held .menu').waitFor()
}

export async function sources(page) {
  await page.locator('.sources > .plain').click()
  await page.locator('.sources .menu').waitFor()
}
