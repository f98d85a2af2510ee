type Choice = { id: string; name: string }
type Props = { legend: string; all: Choice[]; chosen: readonly string[]; onPick: (id: string) => void }

/** A row of chips under its question. */
export function Chips({ legend, all, chosen, onPick }: Props) {
  return (
    <fieldset class="chips">
      <legend>{legend}</legend>
      {all.map(({ id, name }) => (
        <button type="button" class="chip" key={id} aria-pressed={chosen.includes(id)} onClick={() => onPick(id)}>
          {name}
        </button>
      ))}
    </fieldset>
  )
}
