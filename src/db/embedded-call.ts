import type { CompiledUseCase } from './compiled-use-case.ts'
import {
  type Fragment,
  joinFragments,
  rawFragment,
  sqlFragment,
  toTextAndValues,
} from './fragment.ts'
import { type Row, type Sent, Statement } from './statement.ts'

/** A handle that reads rows. */
type Rows<R> = {
  readonly compiled: () => CompiledUseCase
  readonly readMade: (made: unknown) => readonly R[]
}

/** Values of the parameters by their names, or expressions of the statement around the call. */
type Args = Readonly<Record<string, unknown>>

/** The call of a use case inside a statement that is built at run time. Its arguments are rows of that statement. */
export class EmbeddedCall<R, T> extends Statement<T, 'read'> {
  readonly compiled: CompiledUseCase
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
    const values = inner.params.map(({ name }) => sqlFragment`${args[name]}`)
    super(
      toTextAndValues(
        embed(sqlFragment`${rawFragment(inner.name)}(${joinFragments(values, ', ')})`),
      ),
      ([row = {}]) => result(readMade(row.made), row),
    )
    this.compiled = inner
    this.#args = args
    this.#embed = embed
  }

  /** The statement with a list in place of the function. @param list the only statement of the use case, with `$(name)` for a parameter. */
  withList(list: string): Sent {
    const parts = list
      .split(/\$\((\w+)\)/)
      .map((part, i) => (i % 2 === 0 ? rawFragment(part) : sqlFragment`${this.#args[part]}`))
    return toTextAndValues(this.#embed(sqlFragment`(${joinFragments(parts, '')})`))
  }
}
