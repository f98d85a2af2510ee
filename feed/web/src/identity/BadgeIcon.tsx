/** A badge held to its reader, drawn with the wire. */
export function BadgeIcon() {
  return (
    <svg class="badge-icon" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M14 4v7M12 11h18v30H6V11h6zM12 34h12M18 19a4 4 0 1 1 0 8 4 4 0 1 1 0-8zM36 20a9 9 0 0 1 0 12M41 15a16 16 0 0 1 0 22" />
    </svg>
  )
}
