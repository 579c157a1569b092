import type { Sent } from './statement.ts'

/**
 * A part of a statement that the Worker builds at run time, with its values: the filtered list of customers has too many forms to be
 * compiled. Drizzle's `sql` could do it, but adds 5 KiB to the bundle and takes twice the time.
 */
export class Fragment {
  readonly texts: readonly string[]
  /** The parts between two texts, one less than texts: a fragment, or a value that becomes a parameter. */
  readonly parts: readonly unknown[]
  constructor(texts: readonly string[], parts: readonly unknown[]) {
    this.texts = texts
    this.parts = parts
  }
}

/** A fragment written as a template. */
export const sqlFragment = (texts: TemplateStringsArray, ...parts: unknown[]): Fragment =>
  new Fragment(texts, parts)

/** A fixed text; it may not come from a caller. */
export const rawFragment = (text: string): Fragment => new Fragment([text], [])

export const joinFragments = (list: readonly Fragment[], separator: string): Fragment =>
  new Fragment(['', ...list.slice(1).map(() => separator), ''], list)

/** A fragment as it is sent, with its values as parameters in their order. */
export function toTextAndValues(fragment: Fragment): Sent {
  const values: unknown[] = []
  return { text: write(fragment, values), values }
}

function write({ texts, parts }: Fragment, values: unknown[]): string {
  let text = texts[0] ?? ''
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    text += part instanceof Fragment ? write(part, values) : `$${values.push(part)}`
    text += texts[i + 1] ?? ''
  }
  return text
}

/** A fragment as a template of PostgreSQL's `format`, for a function that carries it out. Its values are appended to `values`. */
export function toFormatTemplate({ texts, parts }: Fragment, values: unknown[]): string {
  let text = escaped(texts[0] ?? '')
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    text += part instanceof Fragment ? toFormatTemplate(part, values) : `%${values.push(part)}$L`
    text += escaped(texts[i + 1] ?? '')
  }
  return text
}

/** Doubles `%`. It looks first, because hardly any text has one. */
const escaped = (text: string): string => (text.includes('%') ? text.replaceAll('%', '%%') : text)

/** A value as PostgreSQL reads it from a text. */
export const valueToUnquotedSqlText = (value: unknown): string =>
  Array.isArray(value) ? `{${value.map(toItem).join()}}` : String(value)

const toItem = (value: unknown): string =>
  value === null ? 'null' : `"${valueToUnquotedSqlText(value).replace(/["\\]/g, '\\$&')}"`
