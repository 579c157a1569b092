import { and, eq, isNull, ne, notExists, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { CustomerEventType } from '#core/event'
import { db, insertFrom, isAny, pick, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { recordsOf } from '#db/record'
import { customerTable, groupTable, jobTable, membershipTable, ruleMomentTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { isAmong, lockCustomers, withKeys } from '#query/group'
import { appendEach, appendingEach } from '#query/outbox'

const judgedRule = pick(groupTable, 'key', 'ruleNumber')

const verdict = {
  groupKey: groupTable.key,
  customerId: customerTable.id,
  /** Those of the customer when the verdict was found. A hand beside a rule comes and goes with a version only. */
  sequence: customerTable.sequence,
  version: customerTable.version,
  fits: kind.flag,
  /** When this may change because time passes; null: never. */
  nextAt: kind.orNull(kind.moment),
}
export type Verdict = ValuesOf<typeof verdict>

const params = {
  ...appendingEach,
  verdicts: kind.json<readonly Verdict[]>(),
  /** The rules by which they were found: those of their groups, and of the groups that these read. */
  rules: kind.json<readonly ValuesOf<typeof judgedRule>[]>(),
  customers: kind.texts,
  /** The jobs that are done with these verdicts. */
  jobs: kind.texts,
}
type Params = ValuesOf<typeof params>

/**
 * Carries out verdicts. A verdict about a customer who has changed since is left over. Events tell when the union of hand and rule changes.
 * The jobs are deleted if nothing is left over. Answers the customers who are to be judged again. Refuses `precondition_failed` if a rule
 * has changed.
 */
export const applyVerdicts = useCase('apply_verdicts', params, (p) => [
  ...holdRules(p),
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

/** Locks the groups of the rules against a change of their rules and against deletion. */
function holdRules(p: Params) {
  const { from, columns } = recordsOf('judged', p.rules, judgedRule)
  const isOfTenant = eq(groupTable.tenant, p.tenant)
  const present = db
    .select({ key: groupTable.key })
    .from(groupTable)
    .where(
      and(
        isOfTenant,
        sql`${groupTable.key} = ${columns.key}`,
        sql`${groupTable.ruleNumber} = ${columns.ruleNumber}`,
        isNull(groupTable.dissolvedAt),
      ),
    )
  return [
    db
      .select({ key: groupTable.key })
      .from(groupTable)
      .where(and(isOfTenant, sql`${groupTable.key} in (select ${columns.key} from ${from})`))
      .orderBy(groupTable.key)
      .for('key share'),
    refuseWhen({
      precondition_failed: sql`exists (select from ${from} where not exists (${present}))`,
    }),
  ]
}

/** The verdicts with their customers. */
function judged(p: Params) {
  const { from, columns } = recordsOf('verdict', p.verdicts, verdict)
  return {
    columns,
    from: sql`${from} join ${customerTable} on ${and(
      eq(customerTable.tenant, p.tenant),
      sql`${customerTable.id} = ${columns.customerId}`,
    )}`,
    isFresh: and(
      sql`${customerTable.sequence} = ${columns.sequence}`,
      sql`${customerTable.version} = ${columns.version}`,
    ),
  }
}

type Columns = ReturnType<typeof judged>['columns']

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
  const { columns, from, isFresh } = judged(p)
  return sql`from ${from} where ${and(isFresh, of(columns))}`
}

const keepMoments = (p: Params) => {
  const { columns } = judged(p)
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
  const { columns } = judged(p)
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
  const { columns, from } = judged(p)
  return db
    .selectDistinct({ customerId: kind.text(sql`${columns.customerId}`) })
    .from(
      sql`${from} left join ${membershipTable} on ${isTheirs(p, columns)} left join ${ruleMomentTable} on ${isMomentOf(p, columns)}`,
    )
    .where(
      sql`coalesce(${membershipTable.byRule}, false) <> ${columns.fits} or ${ruleMomentTable.nextAt} is distinct from ${columns.nextAt}`,
    )
}
