type Props<T extends string> = { name: string; now: T; among: readonly T[]; words: Record<T, string>; onChoose: (choice: T) => void }

/** One of a few, each of which is one touch away. */
export function Chosen<T extends string>({ name, now, among, words, onChoose }: Props<T>) {
  return (
    <fieldset class="choice chosen">
      <legend>{name}</legend>
      {among.map((one) => (
        <button key={one} type="button" aria-pressed={one === now} onClick={() => one !== now && onChoose(one)}>
          {words[one]}
        </button>
      ))}
    </fieldset>
  )
}
