/** The mark: a wire bent into an f. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" aria-hidden="true">
      <path d="M4 34h9c5 0 5-6 5-10v-8c0-7 4-11 12-11M12 20h14" />
    </svg>
  )
}
