import { and, eq, gt, isNotNull, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, insertFrom, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { groupTable, groupTaskTable } from '#db/schema'
import { newJob, type ValuesOf } from '#db/use-case'
import { isGroup } from '#lock/group'
import { enqueueJob } from '#query/outbox'
import { call } from '../generated/call.ts'

/** The most rules of a tenant: each change of a customer is judged by all of them. */
const MOST_RULES = 200

/** The parameters of a use case that may change the rule of a group. */
export const ruleParams = {
  tenant: groupTable.tenant,
  group: groupTable.key,
  now: groupTable.updatedAt,
  /** The job and the task that carry a new rule out. */
  taskJob: newJob('carry_out'),
  task: groupTaskTable.id,
}
type Params = ValuesOf<typeof ruleParams>

const problem = (path: string, code: string, message: string) =>
  sql`jsonb_build_array(jsonb_build_object('path', ${path}::text, 'code', ${code}::text, 'message', ${message}::text))::text`

/**
 * Refuses a rule that was just written, under the lock of rules: `invalid_input` if it names an unknown group, `rule_cycle`,
 * `rule_not_trusted` if it reads what shoppers can change and the group does not allow that, itself or through other groups, or if a
 * trusted rule reads a group that allows it, and `rule_limit_reached`.
 */
export function refuseRule(p: Params): SQL {
  const { key, ruleReads, rule, allowShopperValues, ruleUntrusted } = groupTable
  const reads = call.groupsRead({ tenant: p.tenant, named: ruleReads })
  const other = alias(groupTable, 'other')
  const isOther = and(eq(other.tenant, p.tenant), isNull(other.dissolvedAt))
  const known = db.select({ key: other.key }).from(other).where(isOther)
  const count = db
    .select({ count: sql`count(*)` })
    .from(other)
    .where(and(isOther, isNotNull(other.rule)))
  const isTrusted = and(isNotNull(rule), eq(allowShopperValues, false))
  const readable = db
    .select({ key: other.key })
    .from(other)
    .where(and(isOther, eq(other.allowShopperValues, true), sql`${other.key} = any(${reads})`))
  const readers = db
    .select({ key: other.key })
    .from(other)
    .where(
      and(
        isOther,
        isNotNull(other.rule),
        eq(other.allowShopperValues, false),
        sql`${key} = any(${call.groupsRead({ tenant: p.tenant, named: other.ruleReads })})`,
      ),
    )
  const isUnknown = sql`exists (select from unnest(${ruleReads}) named where named not in (${known}))`
  const readsShoppers = and(isTrusted, gt(sql`cardinality(${ruleUntrusted})`, 0))
  const isReadableByShoppers = and(isTrusted, sql`exists (${readable})`)
  const isReadByTrusted = and(eq(allowShopperValues, true), sql`exists (${readers})`)
  const notTrusted = (path: SQL, keys: SQL) =>
    sql`(select jsonb_agg(jsonb_build_object('path', ${path} || named, 'code', 'rule_not_trusted',
      'message', 'Shoppers can change what this reads. Say allowShopperValues: true, or take it out.'))::text from unnest(${keys}) named)`
  return refuseWhen(
    {
      invalid_input: isUnknown,
      rule_cycle: sql`${key} = any(${reads})`,
      rule_not_trusted: sql`(${readsShoppers} or ${isReadableByShoppers} or ${isReadByTrusted})`,
      rule_limit_reached: sql`(${count}) > ${MOST_RULES}`,
    },
    sql`from ${groupTable} where ${isGroup(p)}`,
    sql`case
      when ${isUnknown} then ${problem('rule', 'unknown_group', 'Names a group that does not exist.')}
      when ${readsShoppers} then ${notTrusted(sql`'rule.'`, sql`${ruleUntrusted}`)}
      when ${isReadableByShoppers} then ${notTrusted(sql`'group/'`, sql`array(${readable})`)}
      when ${isReadByTrusted} then ${notTrusted(sql`'group/'`, sql`array(${readers})`)} end`,
  )
}

const isOfGroup = (p: Params) =>
  and(eq(groupTaskTable.tenant, p.tenant), eq(groupTaskTable.groupKey, p.group))

/** Begins the task that carries a new rule out, in place of that of the rule before; nothing if the rule has its task. */
export function beginRuleTask(p: Params) {
  const isPresent = sql`${groupTaskTable.ruleNumber} = (${db
    .select({ number: groupTable.ruleNumber })
    .from(groupTable)
    .where(isGroup(p))})`
  const present = db
    .select({ id: groupTaskTable.id })
    .from(groupTaskTable)
    .where(and(isOfGroup(p), eq(groupTaskTable.kind, 'rule'), isPresent))
  const begun = db.$with('begun').as(
    insertFrom(
      groupTaskTable,
      {
        tenant: p.tenant,
        groupKey: p.group,
        id: p.task,
        kind: 'rule',
        ruleNumber: groupTable.ruleNumber,
        startedAt: p.now,
      },
      sql`from ${groupTable} where ${and(isGroup(p), gt(groupTable.ruleNumber, 0), notExists(present))}`,
    ).returning({ id: groupTaskTable.id }),
  )
  return [
    db
      .delete(groupTaskTable)
      .where(
        and(
          isOfGroup(p),
          sql`case ${groupTaskTable.kind} when 'rule' then not ${isPresent} else ${groupTaskTable.finishedAt} is not null and ${notExists(present)} end`,
        ),
      ),
    enqueueJob(p, {
      id: p.taskJob,
      kind: 'carry_out',
      payload: jsonbOf({ group: sql`${p.group}`, task: begun.id }),
      from: sql`from ${begun}`,
      ctes: [begun],
    }),
  ]
}
