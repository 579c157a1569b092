import type { Compiled } from './compiled.ts'
import { type Fragment, join, raw, sql, toSent } from './fragment.ts'
import { type Row, type Sent, Statement } from './statement.ts'

/** A handle, whose rows are wanted. */
type Rows<R> = {
  readonly compiled: () => Compiled
  readonly readMade: (made: unknown) => readonly R[]
}

/** Values of the parameters by their names, or expressions of the statement around the call. */
type Args = Readonly<Record<string, unknown>>

/** A use case that is called within a statement put together at run time, for its rows are of what that statement finds. */
export class EmbeddedCall<R, T> extends Statement<T, 'read'> {
  readonly compiled: Compiled
  readonly #args: Args
  readonly #embed: (call: Fragment) => Fragment

  /**
   * @param embed makes the statement; `call` gives one value.
   * @param result reads the statement's row; `made` is the value of the call.
   */
  constructor(
    { compiled, readMade }: Rows<R>,
    args: Args,
    embed: (call: Fragment) => Fragment,
    result: (rows: readonly R[], row: Row) => T,
  ) {
    const inner = compiled()
    const values = inner.params.map(({ name }) => sql`${args[name]}`)
    super(toSent(embed(sql`${raw(inner.name)}(${join(values, ', ')})`)), ([row = {}]) =>
      result(readMade(row.made), row),
    )
    this.compiled = inner
    this.#args = args
    this.#embed = embed
  }

  /** The statement with a list in place of the function. @param list the only statement of the use case, with `$(name)` for a parameter. */
  withList(list: string): Sent {
    const parts = list
      .split(/\$\((\w+)\)/)
      .map((part, i) => (i % 2 === 0 ? raw(part) : sql`${this.#args[part]}`))
    return toSent(this.#embed(sql`(${join(parts, '')})`))
  }
}
