import { and, eq, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { CustomerEventType } from '#core/event'
import { jsonbOf } from '#db/document'
import { membershipTable } from '#db/schema'
import { db, insertFrom, pick } from '#db/statement-builders'
import { groupKeysAfterAdding } from '#query/group'
import { appendManyEvents } from '#query/outbox'
import { isRowOfVerdicts, type VerdictParams, verdictTable } from './verdict.ts'

/** Ends the memberships that only the rule held, and begins those that it holds now, each with an event. */
export function changeMemberships(p: VerdictParams) {
  const { v, customer, membership, fresh } = verdictTable(p)
  const left = db.$with('left_by_rule').as(
    db
      .delete(membershipTable)
      .where(
        isRowOfVerdicts(
          membership.place,
          fresh(and(sql`${membership.source} = 'rule'`, sql`not ${v.fits}`)),
        ),
      )
      .returning(pick(membershipTable, 'customerId', 'groupKey')),
  )
  const joined = db.$with('joined_by_rule').as(
    insertFrom(
      membershipTable,
      {
        tenant: p.tenant,
        groupKey: v.groupKey,
        customerId: v.customerId,
        source: 'rule',
        byRule: true,
        addedAt: p.now,
      },
      fresh(and(v.fits, eq(customer.listed, true), sql`${membership.place} is null`)),
    )
      .onConflictDoNothing()
      .returning(pick(membershipTable, 'customerId', 'groupKey')),
  )
  const changeOf = (part: typeof left | typeof joined, type: CustomerEventType, more: string) =>
    db
      .select({
        customerId: part.customerId,
        groupKey: part.groupKey,
        type: sql<CustomerEventType>`${type}`.as('change_type'),
        news: sql<
          Readonly<Record<string, unknown>>
        >`${jsonbOf({ group: part.groupKey })} || ${more}::jsonb`.as('change_news'),
      })
      .from(part)
  const change = db
    .$with('change_by_rule')
    .as(
      unionAll(
        changeOf(left, 'customer.group_removed', '{"source":"rule","reason":"rule"}'),
        changeOf(joined, 'customer.group_added', '{"source":"rule","expiresAt":null}'),
      ),
    )
  const isAdded = sql`${change.type} = 'customer.group_added'`
  const keysIf = (is: SQL) => sql`array_agg(${change.groupKey}) filter (where ${is})`
  return appendManyEvents(p, {
    before: [left, joined],
    rows: change,
    customerId: change.customerId,
    order: change.groupKey,
    type: change.type,
    fields: ['groups'],
    data: change.news,
    collect: jsonbOf({ added: keysIf(isAdded), removed: keysIf(sql`not ${isAdded}`) }),
    set: (keys) => ({
      groupKeys: withoutKeys(
        groupKeysAfterAdding(textsIn(keys, 'added')),
        textsIn(keys, 'removed'),
      ),
    }),
  })
}

/** A list in a document, as an array; empty for null. */
const textsIn = (document: SQL, name: string) =>
  sql`array(select jsonb_array_elements_text(nullif(${document} -> ${name}, 'null')))`

const withoutKeys = (keys: SQL, removed: SQL) =>
  sql`array(select key from unnest(${keys}) key where key <> all(${removed}))`
