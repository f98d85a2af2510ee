/** The mark as part of a wire that crosses the whole page. */
export function LongMark() {
  return (
    <svg class="long-mark" viewBox="0 0 40 40" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      <path d="M-4000 34H13c5 0 5-6 5-10v-8c0-7 4-11 12-11H4000M12 20h14" />
    </svg>
  )
}

/** The same wire, cut: there is no way to the server, or nothing there. */
export function BrokenWire() {
  return (
    <svg class="long-mark" viewBox="0 0 40 40" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      <path d="M-4000 24H6l7-7M17 26l3-4M27 24l7-4H4000" />
    </svg>
  )
}
