// What a finger meets on a page: how large it is, how far from its neighbour,
// whether anything lies over it, and whether the page is wider than the screen.
// These run in the page; each returns sentences.

/** What must be moved sideways to be read. Only the row of machines and the text of rules may. */
export function tooWide() {
  const moves = (e) => e === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
  return [...document.querySelectorAll('*')]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && moves(e) && !e.matches('.strip ul, .yaml textarea'))
    .map((e) => `${e.tagName} ${e.className} is ${e.scrollWidth} px wide`)
}

/** What is offered to the finger and is too small for it, or too near to another. */
export function hardToTouch() {
  const least = { hand: { size: 48, main: 48, gap: 8 }, glove: { size: 48, main: 104, gap: 16 } }
  const mains = '.keys > .main, .keys > .next, .dock > .key, .page-keys > .key, .send > .main, .tiles:not(.chosen) > .tile, .pad > button'
  const gloved = document.documentElement.dataset.density === 'glove' && innerWidth >= 720
  const { size, main, gap } = gloved ? least.glove : least.hand
  const name = (e) => `${e.tagName.toLowerCase()}.${e.className} "${(e.ariaLabel || e.innerText || e.name || '').slice(0, 24)}"`
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflow) || /fixed|sticky/.test(getComputedStyle(e).position) || e.matches('dialog, .menu')
  const layer = (e) => (!e.parentElement || scrolls(e) ? e : layer(e.parentElement))
  const offered = [...document.querySelectorAll('button, a, input, textarea, select, summary')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]') && !e.matches('.spoken, .spoken *'))
    .map((e) => {
      // The link of a title covers its whole sheet.
      const covers = getComputedStyle(e, '::after').position === 'absolute'
      const box = (covers ? e.offsetParent : e).getBoundingClientRect()
      return { e, covers, box, layer: layer(e.parentElement), main: e.matches(mains) }
    })
    .filter(({ box }) => box.width > 1 && box.height > 1)
  const small = offered
    .filter(({ box, main: isMain }) => box.height < (isMain ? main : size) - 0.5 || box.width < size - 0.5)
    .map(({ e, box }) => `${name(e)} is ${Math.round(box.width)}×${Math.round(box.height)}`)
  const near = []
  for (const [i, a] of offered.entries()) {
    for (const b of offered.slice(i + 1)) {
      // Keys on a sheet are within what its title covers.
      if (a.layer !== b.layer || within(a, b) || within(b, a)) continue
      const across = Math.max(a.box.left - b.box.right, b.box.left - a.box.right)
      const along = Math.max(a.box.top - b.box.bottom, b.box.top - a.box.bottom)
      const between = Math.max(across, along)
      const needed = a.main && b.main ? gap : 8
      if (between < needed - 0.5) near.push(`${Math.round(between)} px between ${name(a.e)} and ${name(b.e)}`)
    }
  }
  return [...small, ...near]

  function within(inner, outer) {
    const [a, b] = [inner.box, outer.box]
    return outer.covers && a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1
  }
}

/** What cannot be brought to the finger: cut off, or under something else. */
export function outOfReach() {
  const modal = document.querySelector('dialog[open]')
  const offered = [...(modal ?? document).querySelectorAll('button, a, input, textarea, select')]
  const found = offered
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]') && !e.matches('.spoken, .spoken *, input[type=file]') && !e.disabled)
    .filter((e) => {
      e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      const { left, top, width, height } = e.getBoundingClientRect()
      if (width <= 1 || height <= 1) return false
      const hit = document.elementFromPoint(left + width / 2, top + height / 2)
      return !hit || !(e.contains(hit) || hit.contains(e) || hit.closest('label')?.contains(e) || layered(hit, e))
    })
    .map((e) => `${e.tagName.toLowerCase()}.${e.className} "${(e.ariaLabel || e.innerText || e.name || '').slice(0, 24)}" cannot be reached${under(e)}`)
  document.querySelectorAll('*').forEach((e) => e.scrollTop && (e.scrollTop = 0))
  return found

  function under(e) {
    const { left, top, width, height } = e.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    return hit ? `: ${hit.tagName.toLowerCase()}.${hit.className?.baseVal ?? hit.className} is over it` : `: it is at ${Math.round(left)}, ${Math.round(top)}`
  }

  // A panel that one has opened, or a notice that goes, lies over what was there before.
  function layered(hit, e) {
    const over = hit.closest('.who-panel, .panel, .menu, .notice, .guide, .idle')
    return over !== null && !over.contains(e)
  }
}
