// How much slower than it may be this machine is just now. The budgets hold for
// a machine that is idle; one that has other work too would fail them for
// nothing. So the same piece of work is timed on a bare page, in the same
// browser and under the same throttling: a screen may take its budget times as
// much as the bare page takes longer than it did on an idle machine of two
// cores, and never less than its budget. What the screens themselves cost is no
// part of it, so a screen that became slower fails all the same.

// ms that the work takes on the bare page, four times slowed, on an idle machine of
// two cores: 59 to 74 were measured. A little less leaves room for what differs
// between two timings.
const idle = 50
const rounds = 15

/** At least 1. Of its rounds the better quarter counts, as of the screens the best tries do: a pause is no slow machine. */
export async function slownessOf(browser, rate = 4) {
  const page = await browser.newPage()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate })
  const times = []
  for (let i = 0; i < rounds; i++) times.push(await page.evaluate(work))
  await page.close()
  const usual = times.sort((a, b) => a - b)[Math.floor(rounds / 4)]
  return Math.max(1, usual / idle)
}

/** Runs in the page: what screens do, script, elements and layout, until it is on the glass. */
async function work() {
  const began = performance.now()
  const list = document.createElement('ol')
  for (let i = 0; i < 300; i++) {
    const row = list.appendChild(document.createElement('li'))
    row.textContent = [...`Ligne ${i} : pression basse`].reverse().join('')
  }
  document.body.append(list)
  list.getBoundingClientRect()
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  list.remove()
  return performance.now() - began
}
