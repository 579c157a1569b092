import type { Sent } from './statement.ts'

/**
 * A piece of a statement that the Worker puts together itself, with its values: the filtered list of customers has too many forms to
 * be compiled before. Drizzle's `sql` would do the same; it adds 5 KiB to the bundle and takes twice the time.
 */
export class Fragment {
  readonly texts: readonly string[]
  /** One less than texts, each between two of them: a fragment, or a value that becomes a parameter. */
  readonly parts: readonly unknown[]
  constructor(texts: readonly string[], parts: readonly unknown[]) {
    this.texts = texts
    this.parts = parts
  }
}

/** A fragment written as a template. */
export const sql = (texts: TemplateStringsArray, ...parts: unknown[]): Fragment =>
  new Fragment(texts, parts)

/** Text of ours, never of a caller. */
export const raw = (text: string): Fragment => new Fragment([text], [])

export const join = (list: readonly Fragment[], separator: string): Fragment =>
  new Fragment(['', ...list.slice(1).map(() => separator), ''], list)

/** A fragment as it is sent, its values as parameters in their order. */
export function toSent(fragment: Fragment): Sent {
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
