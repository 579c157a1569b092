import { and, eq, isNull, ne, notExists, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { CustomerEventType } from '#core/event'
import { db, insertFrom, isAny, pick } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { recordsOf } from '#db/record'
import { customerTable, groupTable, jobTable, membershipTable, ruleMomentTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { isAmong, lockCustomers, withKeys } from '#query/group'
import { appendEach, appendingEach } from '#query/outbox'

const verdict = {
  groupKey: groupTable.key,
  /** The number of the rule and the sequence of the customer on which the verdict was found. */
  ruleNumber: groupTable.ruleNumber,
  sequence: customerTable.sequence,
  customerId: customerTable.id,
  fits: kind.flag,
  /** When this may change because time passes; null: never. */
  nextAt: kind.orNull(kind.moment),
}
export type Verdict = ValuesOf<typeof verdict>

const params = {
  ...appendingEach,
  verdicts: kind.json<readonly Verdict[]>(),
  groups: kind.texts,
  customers: kind.texts,
  /** The jobs that are done with these verdicts. */
  jobs: kind.texts,
}
type Params = ValuesOf<typeof params>

/**
 * Carries out verdicts about customers and rules: a verdict of an older rule is dropped, and one about a customer who has changed since is
 * left over. Events tell when the union of hand and rule changes. The jobs are deleted if nothing is left over. Answers the customers who
 * are to be judged again.
 */
export const applyVerdicts = useCase('apply_verdicts', params, (p) => [
  db
    .select({ key: groupTable.key })
    .from(groupTable)
    .where(and(eq(groupTable.tenant, p.tenant), isAny(groupTable.key, p.groups)))
    .orderBy(groupTable.key)
    .for('key share'),
  lockCustomers(p, isAmong(customerTable.id, p.customers)),
  keepMoments(p),
  dropMoments(p),
  markHeld(p),
  changeMemberships(p),
  db
    .delete(jobTable)
    .where(and(eq(jobTable.tenant, p.tenant), isAny(jobTable.id, p.jobs), notExists(leftOver(p)))),
  leftOver(p),
])

/** The verdicts of present rules, with the customers. */
function current(p: Params) {
  const { from, columns } = recordsOf('verdict', p.verdicts, verdict)
  return {
    columns,
    from: sql`${from} join ${groupTable} on ${and(
      eq(groupTable.tenant, p.tenant),
      sql`${groupTable.key} = ${columns.groupKey}`,
      sql`${groupTable.ruleNumber} = ${columns.ruleNumber}`,
      isNull(groupTable.dissolvedAt),
    )} join ${customerTable} on ${and(
      eq(customerTable.tenant, p.tenant),
      sql`${customerTable.id} = ${columns.customerId}`,
    )}`,
    isFresh: sql`${customerTable.sequence} = ${columns.sequence}`,
  }
}

type Columns = ReturnType<typeof current>['columns']

const isTheirs = (p: Params, columns: Columns) =>
  and(
    eq(membershipTable.tenant, p.tenant),
    sql`${membershipTable.groupKey} = ${columns.groupKey}`,
    sql`${membershipTable.customerId} = ${columns.customerId}`,
  )
const isMomentOf = (p: Params, columns: Columns) =>
  and(
    eq(ruleMomentTable.tenant, p.tenant),
    sql`${ruleMomentTable.groupKey} = ${columns.groupKey}`,
    sql`${ruleMomentTable.customerId} = ${columns.customerId}`,
  )

/** A verdict about a customer who has not changed since. @param when what it says. */
function freshVerdict(p: Params, of: (columns: Columns) => SQL | undefined) {
  const { columns, from, isFresh } = current(p)
  return sql`from ${from} where ${and(isFresh, of(columns))}`
}

const keepMoments = (p: Params) => {
  const { columns } = current(p)
  return insertFrom(
    ruleMomentTable,
    {
      tenant: p.tenant,
      groupKey: columns.groupKey,
      customerId: columns.customerId,
      nextAt: kind.moment(sql`${columns.nextAt}`),
    },
    freshVerdict(p, ({ nextAt }) => sql`${nextAt} is not null`),
  ).onConflictDoUpdate({
    target: [ruleMomentTable.tenant, ruleMomentTable.groupKey, ruleMomentTable.customerId],
    set: { nextAt: sql`excluded.next_at` },
  })
}

const dropMoments = (p: Params) =>
  db
    .delete(ruleMomentTable)
    .where(
      and(
        eq(ruleMomentTable.tenant, p.tenant),
        sql`exists (select ${freshVerdict(p, (v) => and(isMomentOf(p, v), sql`${v.nextAt} is null`))})`,
      ),
    )

/** A member by hand is one whether the rule holds it or not: no event. */
const markHeld = (p: Params) =>
  db
    .update(membershipTable)
    .set({ byRule: sql`not ${membershipTable.byRule}` })
    .where(
      and(
        eq(membershipTable.tenant, p.tenant),
        ne(membershipTable.source, 'rule'),
        sql`exists (select ${freshVerdict(p, (v) => and(isTheirs(p, v), sql`${v.fits} <> ${membershipTable.byRule}`))})`,
      ),
    )

/** Whoever only the rule held leaves, and whoever the rule holds joins, each with an event. */
function changeMemberships(p: Params) {
  const { columns } = current(p)
  const left = db.$with('left_by_rule').as(
    db
      .delete(membershipTable)
      .where(
        and(
          eq(membershipTable.tenant, p.tenant),
          eq(membershipTable.source, 'rule'),
          sql`exists (select ${freshVerdict(p, (v) => and(isTheirs(p, v), sql`not ${v.fits}`))})`,
        ),
      )
      .returning(pick(membershipTable, 'customerId', 'groupKey')),
  )
  const joined = db.$with('joined_by_rule').as(
    insertFrom(
      membershipTable,
      {
        tenant: p.tenant,
        groupKey: columns.groupKey,
        customerId: columns.customerId,
        source: 'rule',
        byRule: true,
        addedAt: p.now,
      },
      freshVerdict(p, ({ fits }) => and(fits, eq(customerTable.listed, true))),
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
  return appendEach(p, {
    before: [left, joined],
    rows: change,
    customerId: change.customerId,
    order: change.groupKey,
    type: change.type,
    fields: ['groups'],
    data: change.news,
    collect: jsonbOf({ added: keysIf(isAdded), removed: keysIf(sql`not ${isAdded}`) }),
    set: (keys) => ({
      groupKeys: withoutKeys(withKeys(textsIn(keys, 'added')), textsIn(keys, 'removed')),
    }),
  })
}

/** A list in a document, as an array; empty for null. */
const textsIn = (document: SQL, name: string) =>
  sql`array(select jsonb_array_elements_text(nullif(${document} -> ${name}, 'null')))`

const withoutKeys = (keys: SQL, removed: SQL) =>
  sql`array(select key from unnest(${keys}) key where key <> all(${removed}))`

/** The customers whose verdicts could not be carried out. */
function leftOver(p: Params) {
  const { columns, from } = current(p)
  return db
    .selectDistinct({ customerId: kind.text(sql`${columns.customerId}`) })
    .from(
      sql`${from} left join ${membershipTable} on ${isTheirs(p, columns)} left join ${ruleMomentTable} on ${isMomentOf(p, columns)}`,
    )
    .where(
      sql`coalesce(${membershipTable.byRule}, false) <> ${columns.fits} or ${ruleMomentTable.nextAt} is distinct from ${columns.nextAt}`,
    )
}
