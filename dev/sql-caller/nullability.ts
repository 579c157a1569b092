/** What the first comment of a function's file says beside what the function is for. */
export type Nullability = {
  readonly comment: string
  /** Arguments that may be null; undefined when nothing is said of any. */
  readonly mayBeNull: readonly string[] | undefined
  /** Columns of the result that never are; `true` for the result itself and for all columns. */
  readonly neverNull: readonly string[] | boolean
}

const mayBe = /^-- May be null: (.+)\.$/m
const never = /^-- Never null(?:: (.+))?\.$/m

export function readNullability(text: string): Nullability {
  const comment = /^(--.*\n)*/.exec(text)?.[0] ?? ''
  const arguments_ = mayBe.exec(comment)?.[1]
  const results = never.exec(comment)
  return {
    comment: comment
      .replace(mayBe, '')
      .replace(never, '')
      .replace(/^--\s?/gm, '')
      .trim(),
    mayBeNull: arguments_ === 'nothing' ? [] : arguments_?.split(', '),
    neverNull: results ? (results[1]?.split(', ') ?? true) : false,
  }
}
