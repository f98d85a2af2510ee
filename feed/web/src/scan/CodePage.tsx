import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { formatNumber } from '../i18n/number'
import { NoteForm } from '../article/NoteForm'
import { useReport } from '../article/send'
import { readCode } from '../report/ean'
import { useFocus } from '../shell/focus'
import { PageTop } from '../shell/PageTop'
import { articlePath, go } from '../shell/route'
import { codeIn, mistakeIn } from './code'
import { useFound } from './found'
import { onHeard } from './heard'
import './scan.css'

/** An article by its typed code or its name, or without any code at all. */
export function CodePage() {
  const [without, setWithout] = useState(false)
  const w = words.value
  return (
    <main class="page code" aria-label={w.shop.codeTitle}>
      <PageTop title={without ? w.shop.noCodeTitle : w.shop.codeTitle} />
      {without ? <WithoutCode /> : <TypedCode onNone={() => setWithout(true)} />}
    </main>
  )
}

function TypedCode({ onNone }: { onNone: () => void }) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState('')
  const field = useFocus<HTMLInputElement>()
  const found = useFound(typed)
  const w = words.value
  const code = readCode(typed)
  const show = (sku: string): void => go(articlePath(sku))
  useEffect(() => onHeard(show), [])
  const submit = (event: Event): void => {
    event.preventDefault()
    const sku = codeIn(typed) ?? (found?.length === 1 ? found[0]!.sku : undefined)
    if (sku) return show(sku)
    setError(code.kind === 'reference' ? w.shop.notFound : mistakeIn(code, w))
    field.current?.focus()
  }
  return (
    <form class="typed-code" onSubmit={submit}>
      <div class="page-body column">
        <label>
          {w.shop.codeLabel}
          <input
            ref={field}
            name="sku"
            autocomplete="off"
            maxLength={64}
            enterkeyhint="go"
            aria-invalid={error !== ''}
            aria-describedby="code-says"
            value={typed}
            onInput={(e) => {
              setTyped(e.currentTarget.value)
              setError('')
            }}
          />
        </label>
        <p id="code-says" class={error ? 'error' : 'hint'} role={error ? 'alert' : 'status'}>
          {error || (code.kind === 'ean' ? `✓ ${w.eanGood}` : w.articleCodeHint)}
        </p>
        {found && found.length > 0 && (
          <ul class="found" aria-label={w.shop.found}>
            {found.map((article) => (
              <li key={article.sku}>
                <a href={articlePath(article.sku)}>
                  <b>{article.label}</b>
                  <span>
                    {article.sku}
                    {article.on_hand !== undefined && ` · ${w.shop.stock} ${formatNumber(w.locale, article.on_hand)}`}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )}
        {found?.length === 0 && code.kind === 'reference' && <p class="quiet">{w.shop.notFound}</p>}
        <p class="ways">
          <button type="button" class="plain" onClick={onNone}>
            {w.shop.noCode}
          </button>
          <a class="plain" href="/report">
            {w.shop.somethingElse}
          </a>
        </p>
      </div>
      <footer class="page-keys">
        <button type="submit" class="key main" data-guide="open-article">
          {w.shop.openArticle}
        </button>
      </footer>
    </form>
  )
}

/** A shelf whose label is gone: a photo or a word is enough. */
function WithoutCode() {
  const { send } = useReport()
  const w = words.value.shop
  return <NoteForm onSend={(text, photos) => send({ kind: 'other-point', text: text || w.noCodeText, photos }, w.noCode)} />
}
