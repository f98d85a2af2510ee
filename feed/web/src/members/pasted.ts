/** A text that somebody pasted, as the file that it would be: YAML begins with a list or with its key. */
export function pasted(text: string): File {
  const yaml = /^\s*(#.*\n\s*)*(-\s|members\s*:)/.test(text)
  return new File([text], yaml ? 'pasted.yaml' : 'pasted.csv')
}
