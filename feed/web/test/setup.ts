// Every test speaks both languages.
import { bring } from '../src/i18n/catalogs'

await bring('fr')
await bring('en')
