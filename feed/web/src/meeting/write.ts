import type { Meeting, MeetingChange } from '../api/balance'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'

/** Writes one thing on the sheet, and tells whether it is there. */
export type Write = (change: MeetingChange) => Promise<boolean>

/** Writes on a sheet in the name of who is here; what is refused is told. */
export function useWrite(sheet: Meeting | undefined, put: (sheet: Meeting) => void): Write {
  const { client, say } = useSession()
  return async (change) => {
    if (!sheet) return false
    try {
      put(await client.writeMeeting(sheet, change))
      say({ text: words.peek().balance.meeting.kept })
      return true
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
      return false
    }
  }
}
