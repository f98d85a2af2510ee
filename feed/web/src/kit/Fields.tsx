import { Pane } from './Pane'

/** All that is typed in or chosen from. */
export function Fields({ density }: { density: 'hand' | 'glove' }) {
  return (
    <Pane title="Champs" density={density}>
      {(theme) => (
        <div class="kit-row">
          <label>
            Code-barres
            <input placeholder="Les chiffres sous le code" />
          </label>
          <label>
            Au clavier
            <input data-look="focus-visible" value="3017620422003" />
          </label>
          <label>
            Faux
            <input aria-invalid="true" aria-describedby={`wrong-${theme}`} value="3017620422004" />
            <span class="error" id={`wrong-${theme}`}>
              Relisez les chiffres, l’un d’eux est faux.
            </span>
          </label>
          <label>
            Votre réponse
            <textarea rows={2} placeholder="En quelques mots" />
          </label>
          <label>
            Où ?
            <select>
              <option>Ligne 3</option>
              <option>Presses</option>
            </select>
          </label>
          <fieldset class="choice">
            <legend>Apparence</legend>
            <button type="button" aria-pressed="true">
              Claire
            </button>
            <button type="button" aria-pressed="false">
              Sombre
            </button>
          </fieldset>
        </div>
      )}
    </Pane>
  )
}
