/** Where a text names a function: the head of its own text, or a call. */
type Reference = { readonly name: string; readonly start: number; readonly end: number }

const pieces = [
  String.raw`(?<space>\s+|--[^\n]*)`,
  String.raw`(?<comment>\/\*)`,
  String.raw`(?<string>e'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*')`,
  String.raw`(?<dollar>\$(?:[a-z_]\w*)?\$)`,
  String.raw`(?<word>[a-z_\u0080-\uffff][\w$\u0080-\uffff]*|"(?:[^"]|"")*")`,
  String.raw`(?<other>\$\d+|\d+(?:\.\d+)?|\.\.|.)`,
].join('|')

/**
 * After one of these a name and a parenthesis are no call but a table or an alias and its columns. A name behind a dot belongs to
 * another schema.
 */
const beforeColumns = new Set(['as', 'into', 'with', ')', '.'])

/**
 * The names that stand before an opening parenthesis, without those in comments and strings. The body of a function is code,
 * though PostgreSQL takes it as a string; a string within the body is none.
 */
export function findFunctionReferences(text: string): Reference[] {
  const found: Reference[] = []
  const piece = new RegExp(pieces, 'gis')
  let body: string | undefined
  let last = ''
  let word: Reference | undefined
  for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
    const { space, comment, string, dollar, word: name } = match.groups ?? {}
    if (comment !== undefined) piece.lastIndex = endOfComment(text, match.index)
    if (space !== undefined || comment !== undefined) continue
    const [token] = match
    if (string !== undefined && last === 'as') throw new Error('its body must stand between $$')
    if (token === '(' && word !== undefined) found.push(word)
    word = undefined
    if (dollar !== undefined) {
      if (body === dollar) body = undefined
      else if (body === undefined && last === 'as') body = dollar
      else piece.lastIndex = endOfString(text, piece.lastIndex, dollar)
    }
    if (name !== undefined && !beforeColumns.has(last)) {
      word = { name: plain(name), start: match.index, end: piece.lastIndex }
    }
    last = token.toLowerCase()
  }
  return found
}

const plain = (word: string) =>
  word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase()

/** Comments stand within comments. */
function endOfComment(text: string, start: number): number {
  let depth = 0
  for (const { 0: edge, index } of text.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += edge === '/*' ? 1 : -1
    if (depth === 0) return start + index + edge.length
  }
  throw new Error('a comment does not end')
}

function endOfString(text: string, from: number, quote: string): number {
  const end = text.indexOf(quote, from)
  if (end < 0) throw new Error(`a string does not end: ${quote}`)
  return end + quote.length
}
