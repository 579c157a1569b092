import { and, eq, gt, isNotNull, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { jsonbOf } from '#db/document'
import { groupTable, groupTaskTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, refuseWhen } from '#db/statement-builders'
import { newJobParameter, type ValuesOf } from '#db/use-case'
import { isThisGroup } from '#lock/group'
import { enqueueJob } from '#query/outbox'
import { call } from '../generated/call.ts'

/** The most rules of a tenant: each change of a customer is judged by all of them. */
const MOST_RULES = 200
/** The most rules that read each other one after the other: each is a step of a judgement. */
const MOST_LAYERS = 10

/**
 * The number of a new rule. It distinguishes successive rules of one key, also after the group was deleted and created again. So the result of an old rule is never written for a new one.
 */
export const newRuleNumber = sqlType.int(sql`1 + floor(random() * 2147483646)::int`)

/** The parameters of a use case that may change the rule of a group. */
export const ruleParams = {
  tenant: groupTable.tenant,
  group: groupTable.key,
  now: groupTable.updatedAt,
  /** The job and the task that carry a new rule out. */
  taskJob: newJobParameter('carry_out'),
  task: groupTaskTable.id,
}
type Params = ValuesOf<typeof ruleParams>

const other = alias(groupTable, 'other')
type Of = { readonly tenant: string }
const isOther = (p: Of) => and(eq(other.tenant, p.tenant), isNull(other.dissolvedAt))
const others = (p: Of, is: SQL | undefined) =>
  db
    .select({ key: other.key })
    .from(other)
    .where(and(isOther(p), is))

/** A problem for each of an array of names. @param path and @param message have the name as `named`. */
const each = (names: SQL, path: SQL, code: string, message: SQL) =>
  sql`(select jsonb_agg(jsonb_build_object('path', ${path}, 'code', ${code}::text, 'message', ${message})
    order by named collate "C")::text from unnest(${names}) named)`

/** The filter of a rule that names a group; the whole rule for a group that it reads through others. */
const filterOf = (rule: unknown) =>
  sql`case when jsonb_exists(${rule} -> 'group', named) then 'rule.group'
    when jsonb_exists(${rule} -> 'groupNot', named) then 'rule.groupNot' else 'rule' end`

const shopperValues = (names: SQL) =>
  each(names, sql`'rule.' || named`, 'shopper_value', sql`'Shoppers can change this value.'`)
const shopperGroups = (keys: SQL, rule: unknown) =>
  each(
    keys,
    filterOf(rule),
    'shopper_group',
    sql`'Shoppers can put themselves into the group \`' || named || '\`.'`,
  )
const unknownGroups = (keys: SQL, rule: unknown) =>
  each(keys, filterOf(rule), 'unknown_group', sql`'There is no group \`' || named || '\`.'`)
const trustedReaders = (keys: SQL) =>
  each(
    keys,
    sql`'allowShopperValues'`,
    'reads_group',
    sql`'The rule of the group \`' || named || '\` reads this group, and does not allow values of shoppers.'`,
  )

/** The groups that a rule names and that do not exist, as an array. */
const unknownIn = (p: Of, named: unknown) =>
  sql`array(select named from unnest(${named}) named where named not in (${others(p, undefined)}))`
const isSome = (names: SQL) => sql`${names} <> '{}'`

/** The groups that a rule reads, directly or through others, and that may hold customers by what shoppers can change. */
const readable = (p: Of, named: Parameters<typeof call.groupsRead>[0]['named']) =>
  others(
    p,
    and(
      eq(other.mayHoldShoppers, true),
      sql`${other.key} = any(${call.groupsRead({ tenant: p.tenant, named })})`,
    ),
  )

/**
 * Checks a rule that was just written, under the lock of rules. It refuses:
 * - `invalid_input`: the rule names an unknown group.
 * - `rule_cycle`: the rule reads its own group, directly or through other groups.
 * - `rule_not_trusted`: the rule reads a value that shoppers can change, directly or through other groups, and the group does not allow
 *   that. Also: another group that does not allow it reads this one.
 * - `rule_limit_reached`: the tenant has too many rules.
 * - `rule_too_deep`: too many rules read each other in a chain.
 */
export function refuseInvalidRule(p: Params): SQL {
  const { key, ruleReads, rule, allowShopperValues, ruleUntrusted } = groupTable
  const count = db
    .select({ count: sql`count(*)` })
    .from(other)
    .where(and(isOther(p), isNotNull(other.rule)))
  const isTrusted = and(isNotNull(rule), eq(allowShopperValues, false))
  const readers = others(
    p,
    and(
      isNotNull(other.rule),
      eq(other.allowShopperValues, false),
      sql`${key} = any(${call.groupsRead({ tenant: p.tenant, named: other.ruleReads })})`,
    ),
  )
  const unknown = unknownIn(p, ruleReads)
  const isUnknown = isSome(unknown)
  const readsShoppers = and(isTrusted, gt(sql`cardinality(${ruleUntrusted})`, 0))
  const isReadableByShoppers = and(isTrusted, sql`exists (${readable(p, ruleReads)})`)
  const isReadByTrusted = and(eq(allowShopperValues, true), sql`exists (${readers})`)
  return refuseWhen(
    {
      invalid_input: { when: isUnknown, detail: unknownGroups(unknown, rule) },
      rule_cycle: sql`${key} = any(${call.groupsRead({ tenant: p.tenant, named: ruleReads })})`,
      rule_not_trusted: {
        when: sql`(${readsShoppers} or ${isReadableByShoppers} or ${isReadByTrusted})`,
        detail: sql`case
          when ${readsShoppers} then ${shopperValues(sql`${ruleUntrusted}`)}
          when ${isReadableByShoppers} then ${shopperGroups(sql`array(${readable(p, ruleReads)})`, rule)}
          else ${trustedReaders(sql`array(${readers})`)} end`,
      },
      rule_limit_reached: sql`(${count}) > ${MOST_RULES}`,
      rule_too_deep: sql`(cardinality(${ruleReads}) > 0 and ${call.ruleDepth({ tenant: p.tenant })} > ${MOST_LAYERS})`,
    },
    sql`from ${groupTable} where ${isThisGroup(p)}`,
  )
}

type Previewed = Of & {
  readonly rule: Readonly<Record<string, unknown>>
  readonly named: readonly string[]
  readonly allowShopperValues: boolean
}

/** Refuses a rule of no group, that is only previewed, by the groups that it names: `invalid_input`, `rule_not_trusted`. */
export function refuseInvalidPreviewedRule(p: Previewed): SQL {
  const named = sqlType.texts(sql`${p.named}`)
  const unknown = unknownIn(p, named)
  const keys = readable(p, named)
  return refuseWhen({
    invalid_input: { when: isSome(unknown), detail: unknownGroups(unknown, p.rule) },
    rule_not_trusted: {
      when: sql`(not ${p.allowShopperValues} and exists (${keys}))`,
      detail: shopperGroups(sql`array(${keys})`, p.rule),
    },
  })
}

const isOfGroup = (p: Params) =>
  and(eq(groupTaskTable.tenant, p.tenant), eq(groupTaskTable.groupKey, p.group))

/** Begins the task that carries out a new rule, and replaces the old rule's task. Does nothing if the rule has its task. */
export function beginRuleTask(p: Params) {
  const isPresent = sql`${groupTaskTable.ruleNumber} = (${db
    .select({ number: groupTable.ruleNumber })
    .from(groupTable)
    .where(isThisGroup(p))})`
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
      sql`from ${groupTable} where ${and(isThisGroup(p), gt(groupTable.ruleNumber, 0), notExists(present))}`,
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
