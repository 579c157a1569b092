import { read } from '#core/context'
import { type CustomerFilter, judgement } from '#core/customer'
import { layersOfRules } from '../../../src/core/rule/group-rule.ts'
import { systemContext } from '../../../src/runtime.ts'
import { query } from '../../support/rows.ts'
import { brokenPromises, same } from '../invariant.ts'
import { isListed, type Snapshot } from '../snapshot.ts'
import { MAX_ADDRESSES } from '../world.ts'
import type { RuleWorld } from './world.ts'

type Group = {
  readonly key: string
  readonly rule: CustomerFilter | null
  readonly allowShopperValues: boolean
  readonly state: string
  readonly done: number
  readonly total: number | null
}

/** What groups promise when no work is left, and is not so. */
export async function brokenAtRest(world: RuleWorld): Promise<string[]> {
  const { seen } = world
  const answer = await world.ask('GET', '/group?limit=100')
  if (answer.status !== 200) return [`groups are answered with ${answer.text}`]
  const groups: readonly Group[] = answer.body.data
  const shown = groups[world.counts.looks++ % groups.length]
  const lists = await Promise.all(
    groups.map((group) => wrongMembers(world, group, group === shown)),
  )
  world.counts.held += seen.memberships.filter(({ byRule }) => byRule).length
  return [
    ...brokenPromises(seen, MAX_ADDRESSES),
    ...groups.flatMap(unfinished),
    ...lists.flat(),
    ...(await wrongMoments(world, groups)),
    ...(await wrongKeys(world)),
    ...wrongStories(seen),
    ...seen.customers.flatMap((customer) => lateHands(world, customer.id)),
  ]
}

const unfinished = ({ key, state, done, total }: Group): string[] =>
  state === 'ready' && done === total ? [] : [`${key} is ${state}, ${done} of ${total}`]

/** Whom the rule holds is whom the list of customers answers, and whom a preview counts. @param isShown whether it is previewed. */
async function wrongMembers(
  world: RuleWorld,
  { key, rule, ...group }: Group,
  isShown: boolean,
): Promise<string[]> {
  const { seen } = world
  const held = seen.memberships
    .filter((one) => one.key === key && one.byRule)
    .map(({ customerId }) => customerId)
    .sort()
  if (rule === null) return held.length === 0 ? [] : [`${key} has no rule, and holds ${held}`]
  const listed = await drained(world, rule)
  if (!same(held, listed)) {
    return [`${key} holds ${held}, the list of ${JSON.stringify(rule)} has ${listed}`]
  }
  if (!isShown) return []
  const { allowShopperValues } = group
  const { status, text, body } = await world.ask('POST', '/group-preview', {
    body: { rule, allowShopperValues },
  })
  if (status !== 200) return [`the preview of ${key} is answered with ${text}`]
  const { count, countIsExact, customers } = body
  const shown = customers.map(({ id }: { id: string }) => id)
  return count === listed.length && countIsExact && same(shown, listed.slice(0, 10))
    ? []
    : [`the preview of ${key} counts ${count} and shows ${shown}, the list has ${listed}`]
}

/** All pages of the list. */
async function drained(world: RuleWorld, rule: CustomerFilter): Promise<string[]> {
  const params = queryOf(rule)
  params.set('limit', '4')
  const ids: string[] = []
  for (;;) {
    const { status, body } = await world.ask('GET', `/customer?${params}`)
    if (status !== 200) {
      world.problems.push(`the list of ${params} is answered with ${status} ${body?.code}`)
      return ids.sort()
    }
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    if (body.pagination.nextCursor === null) return ids.sort()
    params.set('cursor', body.pagination.nextCursor)
  }
}

function queryOf({ metadata = {}, ...rule }: CustomerFilter): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(rule)) {
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one))
  }
  for (const [name, value] of Object.entries(metadata)) params.append(`metadata.${name}`, value)
  return params
}

/** Moments lie in the future, belong to rules, and are what judging would write. */
async function wrongMoments({ app }: RuleWorld, groups: readonly Group[]): Promise<string[]> {
  const now = app.runtime.now()
  const rules = groups
    .filter(({ rule }) => rule !== null)
    .map(({ key, rule: filter }) => ({ key, number: 0, filter }))
  const rows = await query<{ what: string }>(
    `select t.group_key || ' ' || t.customer_id || ' ' || t.next_at as what
      from rule_moment t join customer c using (tenant) where t.tenant = $1 and c.id = t.customer_id
        and (t.next_at <= $2 or t.group_key <> all($3) or not c.listed)`,
    [app.tenant, now.toISOString(), rules.map(({ key }) => key)],
    app.wire.connectionString,
  )
  const wrong = rows.map(({ what }) => `a moment is past or nobody's: ${what}`)
  if (rules.length === 0) return wrong
  const asked = { tenant: app.tenant, now, layers: layersOfRules(rules) }
  const ctx = systemContext(app.runtime, app.tenant, 'look')
  const { judged } = await read(ctx, {
    judged: judgement(asked, { after: '', last: '~', heldBy: null }),
  })
  return [...wrong, ...judged.map((one) => `judging differs: ${JSON.stringify(one)}`)]
}

async function wrongKeys({ app, seen }: RuleWorld): Promise<string[]> {
  const rows = await query<{ id: string; keys: string[] }>(
    `select id, group_keys as keys from customer where tenant = $1`,
    [app.tenant],
    app.wire.connectionString,
  )
  return rows.flatMap(({ id, keys }) => {
    const held = seen.memberships.filter((one) => one.customerId === id).map(({ key }) => key)
    return same(keys, held.sort()) ? [] : [`${id} has the keys ${keys}, and is in ${held}`]
  })
}

/** What was told of a customer and a group is a coming and going that ends with what is so, since when it is so. */
function wrongStories(at: Snapshot): string[] {
  return at.customers.flatMap((customer) => {
    const told = at.events.filter(
      ({ customerId, group, type }) =>
        customerId === customer.id && group !== null && type.startsWith('customer.group_'),
    )
    const held = at.memberships.filter(({ customerId }) => customerId === customer.id)
    if (!isListed(customer)) {
      return held.length === 0 ? [] : [`${customer.id} is ${customer.status} and in ${held.length}`]
    }
    return [...new Set(told.map(({ group }) => group))].flatMap((key) => {
      const types = told.filter(({ group }) => group === key)
      const alternates = types.every(
        ({ type }, n) => type === `customer.group_${n % 2 === 0 ? 'added' : 'removed'}`,
      )
      const membership = held.find((one) => one.key === key)
      const since = types.findLast(({ type }) => type === 'customer.group_added')?.at
      const isSince = membership === undefined || membership.addedAt === since
      const story = types.map(({ type, at }) => `${type.slice(15)} ${at}`)
      return alternates && isSince
        ? []
        : [`of ${customer.id} and ${key} was told ${story}; it is ${JSON.stringify(membership)}`]
    })
  })
}

const lateHands = ({ app, seen }: RuleWorld, id: string): string[] =>
  seen.memberships
    .filter(({ customerId, expiresAt }) => customerId === id && expiresAt !== null)
    .filter(({ expiresAt }) => (expiresAt ?? '') <= app.runtime.now().toISOString())
    .map(({ key }) => `${id} is in ${key} beyond its end`)
