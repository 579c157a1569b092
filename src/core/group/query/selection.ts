import { and, eq, type SQL, sql } from 'drizzle-orm'
import { selectionOf } from '#db/field'
import { type groupTable, groupTaskTable, type membershipTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { type ColumnsOf, db } from '#db/statement-builders'
import { groupFields, memberFields, membershipFields } from '../field-list.ts'

type Group = ColumnsOf<typeof groupTable>
type Membership = ColumnsOf<typeof membershipTable>

/** Selects the fields of a group. The progress comes from its running tasks, or from the last task if none is running. */
export function groupSelection<C extends Group>(c: C) {
  const { done, total, startedAt, id } = groupTaskTable
  const runs = sql`${groupTaskTable.finishedAt} is null`
  const lastOf = (figure: typeof done | typeof total) =>
    sql`(array_agg(${figure} order by ${startedAt} desc, ${id} desc))[1]`
  const task = (value: SQL) =>
    sql`(${db
      .select({ value })
      .from(groupTaskTable)
      .where(and(eq(groupTaskTable.tenant, c.tenant), eq(groupTaskTable.groupKey, c.key)))})`
  return selectionOf(groupFields, c, {
    state: sqlType.textOf<'ready' | 'running' | 'stopped'>()(
      sql`case when ${task(sql`bool_or(${runs})`)} then 'running' else 'ready' end`,
    ),
    done: sqlType.int(
      task(sql`coalesce(sum(${done}) filter (where ${runs}), ${lastOf(done)}, 0)::int`),
    ),
    total: sqlType.orNull(sqlType.int)(
      task(
        sql`case when bool_or(${total} is null) then null else coalesce(sum(${total}) filter (where ${runs}), ${lastOf(total)}, 0)::int end`,
      ),
    ),
  })
}

/** A membership in the list of its customer. */
export const membershipSelection = <C extends Membership>(c: C) =>
  selectionOf(membershipFields, c, {})

/** A membership in the list of its group. */
export const memberSelection = <C extends Membership>(c: C) => selectionOf(memberFields, c, {})
