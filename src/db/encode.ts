import { makePgArray } from 'drizzle-orm/pg-core'

type Encode = (value: unknown) => unknown

/** Encodes a value. Drizzle would write an array of an `sql` template as a list of values, and a moment without milliseconds. */
export function encodePgValue(value: unknown, pgType: string): unknown {
  if (value === null) return null
  if (pgType.endsWith('[]') && Array.isArray(value)) {
    return makePgArray(value.map((item) => encodePgValue(item, pgType.slice(0, -2))))
  }
  return encoders[pgType]?.(value) ?? value
}

const encoders: Readonly<Record<string, Encode>> = {
  json: JSON.stringify,
  jsonb: JSON.stringify,
  'timestamp with time zone': (value) => (value instanceof Date ? value.toISOString() : value),
}
