import type { peopleFR } from './people.fr'

export const peopleEN: typeof peopleFR = {}
