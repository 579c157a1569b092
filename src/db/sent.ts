import type { SQL } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import type { Sent } from './statement.ts'

const config = {
  casing: new CasingCache(),
  escapeName: (name: string) => `"${name.replaceAll('"', '""')}"`,
  escapeParam: (place: number) => `$${place + 1}`,
  escapeString: (text: string) => `'${text.replaceAll("'", "''")}'`,
}

/** An expression that was put together in the Worker, as it is sent. */
export function toSent(query: SQL): Sent {
  const { sql, params } = query.toQuery(config)
  return { text: sql, values: params }
}
