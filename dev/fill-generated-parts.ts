/** A document with its generated parts, each between `<!-- name -->` and `<!-- /name -->`. Throws for a part that the document has no place for. */
export function fillGeneratedParts(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((whole, [name, part]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`)
    if (!place.test(whole)) throw new Error(`there is no place for <!-- ${name} -->`)
    return whole.replace(place, (_, open: string, close: string) => `${open}${part}\n${close}`)
  }, text)
}

/** A table of Markdown. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
