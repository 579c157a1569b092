import { and, eq, exists, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { groupTable } from '#db/schema'
import { db, refuseWhen } from '#db/statement-builders'

type Which = { readonly tenant: string; readonly group: string }

/** The most groups that a refusal names. */
const NAMED = 100

/** Refuses `group_in_use` for a group that the rules of other groups read, and names these. The rules are locked. */
export function refuseGroupInUse(p: Which): SQL {
  const reading = db
    .select({ key: groupTable.key })
    .from(groupTable)
    .where(
      and(
        eq(groupTable.tenant, p.tenant),
        isNotNull(groupTable.rule),
        isNull(groupTable.dissolvedAt),
        sql`${p.group} = any(${groupTable.ruleReads})`,
      ),
    )
    .orderBy(groupTable.key)
    .limit(NAMED)
  const problem = jsonbOf({
    path: sql`reading.key`,
    code: sql`'reads_group'`,
    message: sql`'The rule of this group reads it.'`,
  })
  return refuseWhen({
    group_in_use: {
      when: exists(reading),
      detail: sql`(select jsonb_agg(${problem} order by reading.key)::text from (${reading}) reading)`,
    },
  })
}
