/** Where something is on the screen. */
export type Box = { left: number; top: number; width: number; height: number }
export type Size = { width: number; height: number }

const gap = 16

/**
 * Where a sheet stands beside what it speaks of: below, above, right or left,
 * wherever it is whole and covers nothing of it. Where there is no such place
 * it stands in the corner that is farthest away.
 */
export function placeBeside(target: Box, sheet: Size, view: Size): { left: number; top: number } {
  const middle = (at: number, size: number, own: number, most: number): number => clamp(at + size / 2 - own / 2, most - own)
  const across = middle(target.left, target.width, sheet.width, view.width)
  const along = middle(target.top, target.height, sheet.height, view.height)
  const places = [
    { left: across, top: target.top + target.height + gap },
    { left: across, top: target.top - sheet.height - gap },
    { left: target.left - sheet.width - gap, top: along },
    { left: target.left + target.width + gap, top: along },
  ]
  const fits = places.find(({ left, top }) => left >= 0 && top >= 0 && left + sheet.width <= view.width && top + sheet.height <= view.height)
  return fits ?? farCorner(target, sheet, view)
}

function farCorner(target: Box, sheet: Size, view: Size): { left: number; top: number } {
  const onTheRight = target.left + target.width / 2 > view.width / 2
  const atTheBottom = target.top + target.height / 2 > view.height / 2
  return {
    left: onTheRight ? gap : clamp(view.width - sheet.width - gap, view.width - sheet.width),
    top: atTheBottom ? gap : clamp(view.height - sheet.height - gap, view.height - sheet.height),
  }
}

const clamp = (at: number, most: number): number => Math.max(Math.min(at, most - gap), Math.min(gap, most))
