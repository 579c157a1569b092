import { SQL } from 'drizzle-orm'

type Decode = (value: unknown) => unknown

/** An expression that says its type in PostgreSQL, as a column does. `T` is its type in TypeScript. */
export class Expression<T> extends SQL<T> {
  readonly pgType: string
  constructor(expression: SQL, pgType: string) {
    super(expression.queryChunks)
    this.pgType = pgType
    const decode = decoders[pgType]
    if (decode) this.mapWith({ mapFromDriverValue: decode })
  }
}

/** A driver or a JSON document gives these as text. Drizzle asks nobody about a null. */
const decoders: Readonly<Record<string, Decode>> = {
  'timestamp with time zone': (value) => (value instanceof Date ? value : new Date(String(value))),
  bigint: Number,
}
