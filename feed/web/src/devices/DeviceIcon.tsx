import type { Device } from '../api/types'

// A tablet on its stand, a display on its wall.
const icons: Record<Device['kind'], string> = {
  station: 'M6 10h36v24H6zM24 34v6M16 42h16M37 22h.1',
  wall: 'M4 8h40v26H4zM4 40h40M14 25l6-7 5 4 9-9',
}

/** What a device is for, drawn with the wire. */
export function DeviceIcon({ kind }: { kind: Device['kind'] }) {
  return (
    <svg class="device-icon" viewBox="0 0 48 48" aria-hidden="true">
      <path d={icons[kind]} />
    </svg>
  )
}
