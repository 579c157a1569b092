import type { TestApp } from './app.ts'
import { sql } from './sql.ts'

type Stored = { readonly type: string; readonly data: Readonly<Record<string, unknown>> }

/** The events of a shop in their order. The feed would leave out those that a transaction of another test holds back. */
export async function eventsIn({ db, tenant }: TestApp): Promise<readonly Stored[]> {
  const [rows = []] = await db.run([
    sql`select type, data from event where tenant = ${tenant} order by place`,
  ])
  return rows.map(({ type, data }) => ({
    type: String(type),
    data: JSON.parse(JSON.stringify(data)),
  }))
}
