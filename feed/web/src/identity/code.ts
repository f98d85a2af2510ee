/** How many characters a pairing code has. */
export const codeLength = 8

const alphabet = /[0-9A-HJKMNP-TV-Z]/g

/** The code in what somebody typed: Crockford's letters, whose look-alikes are the digits meant. */
export function readPairing(typed: string): string {
  const plain = typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  return (plain.match(alphabet) ?? []).join('').slice(0, codeLength)
}

/** A code as it is read aloud, in two halves. */
export const inHalves = (code: string): string => (code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code)

/** The code in a pairing link, which is in no log of any server: it stands behind the #. */
export const codeOfLink = (hash: string): string | undefined => {
  const code = readPairing(/^#pair=([0-9A-Za-z-]+)$/.exec(hash)?.[1] ?? '')
  return code.length === codeLength ? code : undefined
}

export const pairingLink = (origin: string, code: string): string => `${origin}/#pair=${inHalves(readPairing(code))}`
