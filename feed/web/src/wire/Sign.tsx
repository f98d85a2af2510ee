import type { Mood } from '../feed/order'

const outlines: Partial<Record<Mood, string>> = {
  critical: 'M10 2h12l8 8v12l-8 8H10l-8-8V10z',
  major: 'M16 2.5 30.5 28h-29z',
  minor: 'M4 4h24v24H4z',
  good: 'm16 1.5 4.3 9.3 10.2 1.2-7.5 7 2 10-9-5-9 5 2-10-7.5-7 10.2-1.2z',
  idea: 'M16 2a14 14 0 1 0 0 28 14 14 0 1 0 0-28z',
  making: 'M9 5h14a7 7 0 0 1 7 7v8a7 7 0 0 1-7 7H9a7 7 0 0 1-7-7v-8a7 7 0 0 1 7-7z',
  relay: 'M6 2h14l6 6v22H6z',
  word: 'M6 3h20a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H15l-8 6.5V24H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z',
  asleep: 'M20 2.5A14 14 0 1 0 29.5 22 12.5 12.5 0 0 1 20 2.5z',
  done: 'M16 3a13 13 0 1 0 0 26 13 13 0 1 0 0-26z',
}

const inner: Partial<Record<Mood, string>> = {
  critical: 'M16 8.5v9.5M16 22.8v.2',
  major: 'M16 11.5v8M16 24v.2',
  minor: 'M16 9v8.5M16 22.3v.2',
  idea: 'M12.4 18.6a5.6 5.6 0 1 1 7.2 0c-.8.7-1.1 1.4-1.1 2.2h-5c0-.8-.3-1.5-1.1-2.2zM14 24.5h4',
  making: 'M8 16h9M22.5 10.5v11',
  word: 'M9 10.5h14M9 16.5h9',
  relay: 'M11 13h10M11 18.5h10M11 24h6',
  done: 'm10.5 16.5 4 4 7.5-8.5',
}

/** The sign of a mood: its shape alone tells it, without its colour. */
export function Sign({ mood }: { mood: Mood }) {
  const outline = outlines[mood]
  if (!outline) return null
  return (
    <svg class={`sign ${mood}`} viewBox="0 0 32 32" aria-hidden="true">
      <path class="out" d={outline} />
      {inner[mood] && <path class="in" d={inner[mood]} />}
    </svg>
  )
}
