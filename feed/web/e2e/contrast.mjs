// Whether what is written can be read in glare: contrast from computed styles.
// Runs in the page, and returns sentences.

/** Text below 7:1, signs on keys below 4.5:1, borders of fields below 3:1. */
export function faint() {
  const least = { text: 7, sign: 4.5, border: 3 }
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const known = new Map()
  const name = (e) => `${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className} "${(e.textContent || '').trim().slice(0, 24)}"`
  const dead = (e) => e.closest(':disabled, [aria-disabled=true], [inert], .spoken, svg[aria-hidden] text') !== null
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const found = new Set()
  texts()
  signs()
  borders()
  return [...found]

  function texts() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const e = walk.currentNode.parentElement
      if (!walk.currentNode.data.trim() || !seen(e) || dead(e)) continue
      const { color, fill } = getComputedStyle(e)
      judge(e, e.closest('svg') ? fill : color, groundsOf(e), least.text, 'text')
    }
    for (const e of document.querySelectorAll('input, textarea, select')) {
      if (!seen(e) || dead(e)) continue
      judge(e, getComputedStyle(e).color, groundsOf(e), least.text, 'text')
      if (e.placeholder) judge(e, getComputedStyle(e, '::placeholder').color, groundsOf(e), least.text, 'hint')
    }
  }

  function signs() {
    for (const e of document.querySelectorAll('button svg path, a.key svg path, a.plain svg path, .scanner svg path')) {
      const { stroke, fill } = getComputedStyle(e)
      const paint = stroke === 'none' ? fill : stroke
      if (paint === 'none' || !seen(e) || dead(e) || e.closest('.sign, .code, .qr')) continue
      judge(e, paint, groundsOf(e), least.sign, 'sign')
    }
  }

  function borders() {
    for (const e of document.querySelectorAll('input, textarea, select')) {
      const { borderTopColor, borderTopWidth } = getComputedStyle(e)
      if (parseFloat(borderTopWidth) > 0 && seen(e) && !dead(e) && e.type !== 'file') judge(e, borderTopColor, groundsOf(e.parentElement), least.border, 'border')
    }
  }

  function judge(e, paint, grounds, limit, what) {
    const ratio = Math.min(...grounds.map((ground) => contrast(over(rgba(paint), ground), ground)))
    if (ratio < limit - 0.005) found.add(`${what} of ${name(e)} is ${ratio.toFixed(2)}:1`)
  }

  /** Every colour that may lie behind an element: a hatch has several. */
  function groundsOf(e) {
    if (!e) return [rgba('white')]
    const { backgroundColor, backgroundImage } = getComputedStyle(e)
    const own = rgba(backgroundColor)
    const drawn = backgroundImage.match(/(rgba?|oklab|color)\([^)]*\)/g)
    if (drawn) return drawn.map(rgba)
    return own[3] >= 1 ? [own] : groundsOf(e.parentElement).map((ground) => over(own, ground))
  }

  function rgba(colour) {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1)
      brush.fillStyle = colour
      brush.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data
      known.set(colour, [r, g, b, a / 255])
    }
    return known.get(colour)
  }

  function over([r, g, b, a], ground) {
    return [r, g, b].map((part, i) => part * a + ground[i] * (1 - a)).concat(1)
  }

  function contrast(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
    return (light + 0.05) / (dark + 0.05)
  }

  function luminance(colour) {
    const [r, g, b] = colour.slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
}
