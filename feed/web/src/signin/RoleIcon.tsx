import type { Role } from '../api/types'

// A line with its machines, a shelf, a curve that is followed, a key.
const line = 'M4 32h40M10 32V18h10v14M28 32V12h10v20M13 18v-6h4v6M31 12V6h4v6M10 38h.1M24 38h.1M38 38h.1'
const shelf = 'M6 8v34M42 8v34M6 22h36M6 38h36M13 22v-9h7v9M24 22V10h8v12M12 38v-8h10v8M27 38V27h8v11'
const board = 'M6 8h36v26H6zM16 42h16M24 34v8M12 27l7-8 6 5 11-11'
const key = 'M31 6a11 11 0 1 1 0 22 11 11 0 1 1 0-22zM23 25 7 41M12 36l5 5M18 30l4 4M34 14h.1'

const icons: Record<Role, string> = {
  operator: line,
  staff: shelf,
  lead: board,
  manager: board,
  animator: board,
  admin: key,
  auditor: key,
  ambassador: board,
  member: board,
  keeper: board,
  station: board,
  wall: board,
}

/** What a role is about, drawn with the wire. */
export function RoleIcon({ role }: { role: Role }) {
  return (
    <svg class="role-icon" viewBox="0 0 48 48" aria-hidden="true">
      <path d={icons[role]} />
    </svg>
  )
}
