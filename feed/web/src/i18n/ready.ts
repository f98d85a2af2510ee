import { words } from './lang'
import { readAs } from './offered'

/** A text that people or machines wrote, as this reader reads it. */
export const asRead = (text: string): string => readAs(text, words.value)
