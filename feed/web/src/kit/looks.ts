// States that only a hand brings about, shown without one: every rule for
// :hover, :active and :focus-visible holds for data-look too.
const states = /:(hover|active|focus-visible)/g
const looked = (selector: string): string => selector.replace(states, (_, state: string) => `[data-look='${state}']`)

export function showLooks(): () => void {
  const sheet = new CSSStyleSheet()
  for (const rule of [...document.styleSheets].flatMap((s) => flat(s.cssRules))) {
    if (rule.selectorText.match(states)) sheet.insertRule(`${looked(rule.selectorText)} { ${rule.style.cssText} }`, sheet.cssRules.length)
  }
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet))
}

/** The rules of a sheet, those of devices with a mouse included. */
function flat(rules: CSSRuleList): CSSStyleRule[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSStyleRule) return [rule]
    return rule instanceof CSSMediaRule && rule.conditionText.includes('hover') ? flat(rule.cssRules) : []
  })
}
