import { useEffect, useState } from 'preact/hooks'
import type { Audience } from '../api/group'
import { useSession } from '../shell/session'

/** How many people an audience is now; undefined while that is asked, or cannot be. */
export function useReach(audience: Audience): number | undefined {
  const { client } = useSession()
  const [people, setPeople] = useState<number>()
  const asked = JSON.stringify(audience)
  useEffect(() => {
    let left = false
    setPeople(undefined)
    if (audience.places?.length) {
      client.reach(audience).then(
        (count) => !left && setPeople(count),
        () => undefined,
      )
    }
    return () => (left = true, undefined)
  }, [asked])
  return people
}
