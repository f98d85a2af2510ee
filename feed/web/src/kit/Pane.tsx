import type { ComponentChildren } from 'preact'

type Props = { title: string; density?: 'hand' | 'glove'; children: (theme: string) => ComponentChildren }

/** The same things in light and in dark, side by side. */
export function Pane({ title, density = 'hand', children }: Props) {
  return (
    <section class="kit-pane">
      <h2>
        {title} {density === 'glove' && <small>gants</small>}
      </h2>
      <div class="kit-both">
        {['light', 'dark'].map((theme) => (
          <div key={theme} class="kit-theme" data-theme={theme} data-density={density}>
            {children(theme)}
          </div>
        ))}
      </div>
    </section>
  )
}
