import {
  type Fragment,
  joinFragments,
  rawFragment,
  sqlFragment,
  toTextAndValues,
} from '#db/fragment'
import { membershipColumns } from '#db/generated/column'
import { type Row, Statement } from '#db/statement'
import type { CustomerFilter } from '../filter.ts'
import { filterConditions } from './filter-conditions.ts'
import { nextMoment, withoutRelativeTimes } from './next-moment.ts'
import { columnFragment, every, textArrayParameter } from './sql.ts'

/** The rule of a group. Null: it was taken away, and holds nobody. */
type Rule = { readonly key: string; readonly filter: CustomerFilter | null }

type Asked = {
  readonly tenant: string
  readonly now: Date
  /** Each layer reads only groups without a rule and groups of the layers before it. */
  readonly layers: readonly (readonly Rule[])[]
}

/** A customer with wrong memberships by rule, or wrong moments, in the judged groups. */
export type Judged = {
  readonly id: string
  readonly sequence: number
  readonly version: number
  /** The groups whose rules hold the customer by now: as it is stored, and as it should be. */
  readonly ruled: readonly string[]
  readonly fits: readonly string[]
  /** The next moments by group: as they are stored, and as they should be. */
  readonly kept: Readonly<Record<string, string>>
  readonly moments: Readonly<Record<string, string>>
}

/** The customers that are judged: by their ids; the listed ones in a range of ids; or those that the rule of a group holds, in a range. */
export type CustomersToJudge =
  | { readonly ids: readonly string[] }
  | { readonly after: string; readonly last: string; readonly heldBy: string | null }

const of = membershipColumns

function customersOf(tenant: string, judging: CustomersToJudge): Fragment {
  // With the names of an entry.
  const all = sqlFragment`select *, ${columnFragment('emailVerifiedAt')} is not null as ${columnFragment('emailVerified')} from customer where ${columnFragment('tenant')} = ${tenant}`
  const id = columnFragment('id')
  if ('ids' in judging)
    return sqlFragment`${all} and ${id} = any(${textArrayParameter(judging.ids)})`
  const { after, last, heldBy } = judging
  const isInRange = (of: Fragment) => sqlFragment`${of} > ${after} and ${of} <= ${last}`
  if (heldBy === null) {
    const listed = sqlFragment`select ${id} from list_entry where ${columnFragment('tenant')} = ${tenant} and ${columnFragment('listed')} and ${isInRange(id)}`
    return sqlFragment`${all} and ${id} = any(array(${listed}))`
  }
  const held = sqlFragment`select ${rawFragment(of.customerId)} from membership where ${rawFragment(of.tenant)} = ${tenant}
    and ${rawFragment(of.groupKey)} = ${heldBy} and ${rawFragment(of.byRule)} and ${isInRange(rawFragment(of.customerId))}`
  return sqlFragment`${all} and ${id} = any(array(${held}))`
}

/**
 * Judges customers by the rules of groups, and finds those whose memberships or moments differ. The conditions are the list's own. A rule
 * that reads a judged group sees the groups of the customer as they will be, so one statement judges a chain of groups.
 */
export function judgement(asked: Asked, judging: CustomersToJudge): Statement<Judged[], 'read'> {
  const { tenant, layers } = asked
  const rules = layers.flat()
  const keys = textArrayParameter(rules.map(({ key }) => key))
  const statement = sqlFragment`
    select c.id, c.sequence, c.version, held.ruled, v.fits, held.kept, v.moments
    from (${customersOf(tenant, judging)}) c
    cross join lateral (select
      array(select m.group_key from membership m where m.tenant = ${tenant} and m.customer_id = c.id
        and m.group_key = any(${keys}) and m.by_rule order by m.group_key) as ruled,
      array(select m.group_key from membership m where m.tenant = ${tenant} and m.customer_id = c.id
        and m.group_key = any(${keys}) and m.source <> 'rule') as by_hand,
      coalesce((select jsonb_object_agg(t.group_key, t.next_at) from rule_moment t
        where t.tenant = ${tenant} and t.customer_id = c.id and t.group_key = any(${keys})), '{}') as kept
      offset 0) held
    ${joinFragments(
      layers.map((layer, i) => layerTables(asked, layer, i)),
      ' ',
    )}
    cross join lateral (select
      array(select key from unnest(${list(
        rules.map(
          ({ key }) => sqlFragment`case when ${verdict(layers, key, 'fits')} then ${key} end`,
        ),
        'text',
      )}) key
        where key is not null order by key collate "C") as fits,
      coalesce((select jsonb_object_agg(key, next) from unnest(${keys}, ${list(
        rules.map(({ key }) => verdict(layers, key, 'next')),
        'timestamptz',
      )}) x (key, next)
        where next is not null), '{}') as moments
      offset 0) v
    where v.fits <> held.ruled or v.moments <> held.kept`
  return new Statement(toTextAndValues(statement), (rows) => rows.map(toJudged))
}

const list = (items: readonly Fragment[], type: string): Fragment =>
  sqlFragment`array[${joinFragments(items, ', ')}]::${rawFragment(type)}[]`

/** The groups of the customer before a layer. */
const groupsBefore = (layer: number): Fragment =>
  layer === 0 ? columnFragment('groupKeys', 'c') : rawFragment(`groups${layer - 1}.keys`)

/** Two tables: the results of a layer's rules for the customer, and the customer's groups after them. */
function layerTables(asked: Asked, layer: readonly Rule[], at: number): Fragment {
  const columns = layer.map((rule, i) => {
    const { fits, next } = verdictOf(asked, rule, groupsBefore(at))
    return sqlFragment`${fits} as ${rawFragment(`fits${i}`)}, ${next} as ${rawFragment(`next${i}`)}`
  })
  const judged = layer.map(({ key }) => key)
  const joined = layer.map(
    ({ key }, i) => sqlFragment`case when ${rawFragment(`layer${at}.fits${i}`)} then ${key} end`,
  )
  return sqlFragment`
    cross join lateral (select ${joinFragments(columns, ', ')} offset 0) ${rawFragment(`layer${at}`)}
    cross join lateral (select
      array(select key from unnest(${groupsBefore(at)}) key where key <> all(${textArrayParameter(judged)}) or key = any(held.by_hand))
      || array_remove(${list(joined, 'text')}, null) as keys
      offset 0) ${rawFragment(`groups${at}`)}`
}

function verdict(layers: Asked['layers'], key: string, what: 'fits' | 'next'): Fragment {
  const at = layers.findIndex((layer) => layer.some((rule) => rule.key === key))
  const i = layers[at]?.findIndex((rule) => rule.key === key)
  return rawFragment(`layer${at}.${what}${i}`)
}

/** Whether the customer `c` meets a rule, and when that may change next. */
function verdictOf({ tenant, now }: Asked, { filter }: Rule, groupKeys: Fragment) {
  if (filter === null) return { fits: sqlFragment`false`, next: sqlFragment`null::timestamptz` }
  const test = (part: CustomerFilter): Fragment => {
    const { all } = filterConditions(tenant, part, now, groupKeys)
    return every([sqlFragment`${columnFragment('listed', 'c')}`, ...all.map(({ holds }) => holds)])
  }
  const orderTime = filter.lastOrderAfter ?? filter.lastOrderBefore
  const hasValues = every([
    test(withoutRelativeTimes(filter)),
    ...(orderTime === undefined
      ? []
      : [sqlFragment`${columnFragment('lastOrderKey', 'c')} > '-infinity'`]),
  ])
  return { fits: sqlFragment`(${test(filter)}) is true`, next: nextMoment(filter, now, hasValues) }
}

const toJudged = (row: Row): Judged => ({
  id: String(row.id),
  sequence: Number(row.sequence),
  version: Number(row.version),
  ruled: toTexts(row.ruled),
  fits: toTexts(row.fits),
  kept: toMoments(row.kept),
  moments: toMoments(row.moments),
})

const toTexts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const toMoments = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(Object(value)).map(([key, at]) => [key, String(at)]))
