/** The fields of a PostgreSQL error. */
type Told = {
  readonly message: string
  readonly code?: string | undefined
  readonly hint?: string | undefined
  /** The calls that it was in, the innermost first, a line each. */
  readonly where?: string | undefined
}

const frame =
  /^(?:SQL function "(\w+)"(?: (statement \d+))?|PL\/pgSQL function (\w+)\(.*\) (line \d+))/

/**
 * A mistake of ours in PostgreSQL's own words, after the use case and the functions that it was in. For a developer only: the words
 * may hold values of the input. @param texts the statements that were sent, used when the error names no function.
 */
export function describePostgresError(
  { message, code, hint, where }: Told,
  texts: readonly string[],
): string {
  const frames = (where ?? '').split('\n').flatMap((line) => {
    const [, sql, statement = '', plpgsql, at = ''] = frame.exec(line) ?? []
    const name = sql ?? plpgsql
    return name === undefined ? [] : [`${plain(name)} ${statement}${at}`.trimEnd()]
  })
  const place = frames.length > 0 ? frames.toReversed().join(' → ') : calledIn(texts)
  return `${place}: ${message}${hint ? ` (${hint})` : ''} [${code}]`
}

/** The functions of use cases that the statements call. */
function calledIn(texts: readonly string[]): string {
  const names = texts.flatMap((text) => text.match(/\b\w+_[0-9a-f]{8}(?=\()/g) ?? [])
  return names.length > 0 ? [...new Set(names.map(plain))].join(', ') : 'a statement'
}

/** Without the hash of its text. */
const plain = (name: string): string => name.replace(/_[0-9a-f]{8}$/, '')
