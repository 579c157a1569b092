import { describe, expect, test } from 'vitest'
import { expireMemberships } from '#core/group'
import { systemContext } from '../../src/runtime.ts'
import { type Answer, startTestApp } from '../support/app.ts'
import { crowd, eventsOf } from '../support/group.ts'
import { query } from '../support/rows.ts'

const app = await startTestApp()
const { call, tenant } = app

const BEGUN = '2026-01-01T00:00:00.000Z'
const END = '2100-01-01T00:00:00.000Z'
const LATER = '2200-01-01T00:00:00.000Z'

/** How a group may hold a customer: by hand, with or without an end, by its rule, or by both. */
const states = {
  absent: null,
  'by hand': { source: 'manual', byRule: false, expiresAt: null },
  'by hand with an end': { source: 'manual', byRule: false, expiresAt: END },
  'by rule': { source: 'rule', byRule: true, expiresAt: null },
  both: { source: 'manual', byRule: true, expiresAt: null },
  'both with an end': { source: 'manual', byRule: true, expiresAt: END },
} as const
type State = keyof typeof states

let groups = 0

/** A group that holds a customer in this way, and another customer, who is in no group. */
async function arrange(state: State) {
  const [customer = '', other = ''] = await crowd(app, 2)
  const group = `held-${++groups}`
  await call('POST', '/group', { body: { key: group } })
  await hold(group, customer, states[state])
  await query(
    'insert into rule_moment (tenant, group_key, customer_id, next_at) values ($1, $2, $3, $4)',
    [tenant, group, customer, END],
  )
  return { customer, other, group }
}
type Case = Awaited<ReturnType<typeof arrange>>

async function hold(group: string, customer: string, held: (typeof states)[State]) {
  if (held === null) return
  await query(
    `insert into membership (tenant, group_key, customer_id, source, by_rule, added_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tenant, group, customer, held.source, held.byRule, BEGUN, held.expiresAt],
  )
}

type Row = {
  readonly source: string
  readonly byRule: boolean
  readonly addedAt: Date
  readonly expiresAt: Date | null
}

/** Who holds the member, in words: `manual until end, rule`; with `new`, the membership has begun by now. */
async function holdersOf(group: string, customer: string): Promise<string> {
  const [row] = await query<Row>(
    `select source, by_rule as "byRule", added_at as "addedAt", expires_at as "expiresAt"
     from membership where tenant = $1 and group_key = $2 and customer_id = $3`,
    [tenant, group, customer],
  )
  if (row === undefined) return 'nobody'
  const ends: Readonly<Record<string, string>> = { [END]: ' until end', [LATER]: ' until later' }
  const end = row.expiresAt === null ? '' : ends[row.expiresAt.toISOString()]
  return [
    ...(row.source === 'rule' ? [] : [`${row.source}${end}`]),
    ...(row.byRule ? ['rule'] : []),
    ...(row.addedAt.toISOString() === BEGUN ? [] : ['new']),
  ].join(', ')
}

async function toldOf(customer: string): Promise<string> {
  const events = await eventsOf(app, customer)
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1))
  return events
    .map(({ type, data }) => [type.replace('customer.', ''), data.reason].filter(Boolean).join(' '))
    .join(', ')
}

const answerOf = ({ status, body }: Answer) => [status, body?.code].filter(Boolean).join(' ')

/** The counts that are not zero. */
const countsOf = ({ body }: Answer) =>
  Object.entries(body)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

const change = (group: string, body: object) => call('POST', `/group/${group}/member`, { body })

/** Merges, and answers with the number of groups that the survivor joined; the preview shows the same. */
async function merge(survivor: string, from: string) {
  const preview = await call('POST', `/customer/${survivor}/merge/preview`, { body: { from } })
  const { body } = await call('POST', `/customer/${survivor}/merge`, { body: { from } })
  expect(body.groups).toEqual(preview.body.groups.map(({ key }: { key: string }) => key))
  return { id: body.id, answer: `joined ${body.groups.length}` }
}

async function undo(id: string): Promise<string> {
  const { status, body } = await call('POST', `/merge/${id}/undo`)
  return `${status}, conflicts ${body.conflicts.length}`
}

/** Does something, and answers with what the caller hears. */
type Act = (it: Case) => Promise<string>

const mergeOther: Act = async ({ group, customer, other }) => {
  await hold(group, other, states['by hand'])
  return (await merge(customer, other)).answer
}

const acts = {
  add: async ({ group, customer }) =>
    answerOf(await call('POST', `/customer/${customer}/group`, { body: { group } })),
  'add with an end': async ({ group, customer }) =>
    answerOf(
      await call('POST', `/customer/${customer}/group`, { body: { group, expiresAt: LATER } }),
    ),
  'add without an end': async ({ group, customer }) =>
    answerOf(
      await call('POST', `/customer/${customer}/group`, { body: { group, expiresAt: null } }),
    ),
  remove: async ({ group, customer }) =>
    answerOf(await call('DELETE', `/customer/${customer}/group/${group}`)),
  'add in bulk': async ({ group, customer }) => countsOf(await change(group, { add: [customer] })),
  'remove in bulk': async ({ group, customer }) =>
    countsOf(await change(group, { remove: [customer] })),
  expire: async ({ group }) => {
    await query(
      `update membership set expires_at = '2000-01-01'
       where tenant = $1 and group_key = $2 and expires_at is not null`,
      [tenant, group],
    )
    return `more ${await expireMemberships(systemContext(app.runtime, tenant, 'test'))}`
  },
  'delete the group': async ({ group }) => answerOf(await call('DELETE', `/group/${group}`)),
  'delete the customer': async ({ customer }) =>
    answerOf(await call('DELETE', `/customer/${customer}`)),
  'merge as survivor': mergeOther,
  'merge as survivor, and undo': async (it) => {
    await hold(it.group, it.other, states['by hand'])
    return undo((await merge(it.customer, it.other)).id)
  },
  'merge as merged': async ({ customer, other }) => (await merge(other, customer)).answer,
  'merge as merged, and undo': async ({ customer, other }) =>
    undo((await merge(other, customer)).id),
} as const satisfies Readonly<Record<string, Act>>
type ActName = keyof typeof acts

/**
 * What the caller hears, who holds the customer afterwards, what was told of the customer, and who holds the other, if anybody.
 */
type Outcome = readonly [answer: string, holders: string, told: string, other?: string]

const outcomes: Readonly<Record<ActName, Readonly<Record<State, Outcome>>>> = {
  add: {
    absent: ['201', 'manual, new', 'group_added'],
    'by hand': ['200', 'manual', ''],
    'by hand with an end': ['200', 'manual until end', ''],
    'by rule': ['200', 'manual, rule', ''],
    both: ['200', 'manual, rule', ''],
    'both with an end': ['200', 'manual until end, rule', ''],
  },
  'add with an end': {
    absent: ['201', 'manual until later, new', 'group_added'],
    'by hand': ['200', 'manual until later', 'updated'],
    'by hand with an end': ['200', 'manual until later', 'updated'],
    'by rule': ['200', 'manual until later, rule', ''],
    both: ['200', 'manual until later, rule', ''],
    'both with an end': ['200', 'manual until later, rule', ''],
  },
  'add without an end': {
    absent: ['201', 'manual, new', 'group_added'],
    'by hand': ['200', 'manual', ''],
    'by hand with an end': ['200', 'manual', 'updated'],
    'by rule': ['200', 'manual, rule', ''],
    both: ['200', 'manual, rule', ''],
    'both with an end': ['200', 'manual, rule', ''],
  },
  remove: {
    absent: ['404 membership_not_found', 'nobody', ''],
    'by hand': ['204', 'nobody', 'group_removed manual'],
    'by hand with an end': ['204', 'nobody', 'group_removed manual'],
    'by rule': ['409 membership_by_rule', 'rule', ''],
    both: ['204', 'rule', ''],
    'both with an end': ['204', 'rule', ''],
  },
  'add in bulk': {
    absent: ['added 1', 'manual, new', 'group_added'],
    'by hand': ['unchanged 1', 'manual', ''],
    'by hand with an end': ['unchanged 1', 'manual until end', ''],
    'by rule': ['unchanged 1', 'manual, rule', ''],
    both: ['unchanged 1', 'manual, rule', ''],
    'both with an end': ['unchanged 1', 'manual until end, rule', ''],
  },
  'remove in bulk': {
    absent: ['unchanged 1', 'nobody', ''],
    'by hand': ['removed 1', 'nobody', 'group_removed manual'],
    'by hand with an end': ['removed 1', 'nobody', 'group_removed manual'],
    'by rule': ['keptByRule 1', 'rule', ''],
    both: ['keptByRule 1', 'rule', ''],
    'both with an end': ['keptByRule 1', 'rule', ''],
  },
  expire: {
    absent: ['more false', 'nobody', ''],
    'by hand': ['more false', 'manual', ''],
    'by hand with an end': ['more false', 'nobody', 'group_removed expired'],
    'by rule': ['more false', 'rule', ''],
    both: ['more false', 'manual, rule', ''],
    'both with an end': ['more false', 'rule', ''],
  },
  'delete the group': {
    absent: ['204', 'nobody', ''],
    'by hand': ['204', 'nobody', 'group_removed group_deleted'],
    'by hand with an end': ['204', 'nobody', 'group_removed group_deleted'],
    'by rule': ['204', 'nobody', 'group_removed group_deleted'],
    both: ['204', 'nobody', 'group_removed group_deleted'],
    'both with an end': ['204', 'nobody', 'group_removed group_deleted'],
  },
  'delete the customer': {
    absent: ['204', 'nobody', 'deleted'],
    'by hand': ['204', 'nobody', 'deleted'],
    'by hand with an end': ['204', 'nobody', 'deleted'],
    'by rule': ['204', 'nobody', 'deleted'],
    both: ['204', 'nobody', 'deleted'],
    'both with an end': ['204', 'nobody', 'deleted'],
  },
  'merge as survivor': {
    absent: ['joined 1', 'merge, new', 'merged, group_added'],
    'by hand': ['joined 0', 'manual', 'merged'],
    'by hand with an end': ['joined 0', 'manual until end', 'merged'],
    'by rule': ['joined 1', 'merge, rule', 'merged'],
    both: ['joined 0', 'manual, rule', 'merged'],
    'both with an end': ['joined 0', 'manual until end, rule', 'merged'],
  },
  'merge as survivor, and undo': {
    absent: [
      '200, conflicts 0',
      'nobody',
      'merged, group_added, unmerged, group_removed merge_undone',
      'manual',
    ],
    'by hand': ['200, conflicts 0', 'manual', 'merged, unmerged', 'manual'],
    'by hand with an end': ['200, conflicts 0', 'manual until end', 'merged, unmerged', 'manual'],
    'by rule': ['200, conflicts 0', 'rule', 'merged, unmerged', 'manual'],
    both: ['200, conflicts 0', 'manual, rule', 'merged, unmerged', 'manual'],
    'both with an end': [
      '200, conflicts 0',
      'manual until end, rule',
      'merged, unmerged',
      'manual',
    ],
  },
  'merge as merged': {
    absent: ['joined 0', 'nobody', 'merged'],
    'by hand': ['joined 1', 'nobody', 'merged', 'merge, new'],
    'by hand with an end': ['joined 1', 'nobody', 'merged', 'merge until end, new'],
    'by rule': ['joined 0', 'nobody', 'group_removed merged, merged'],
    both: ['joined 1', 'nobody', 'merged', 'merge, new'],
    'both with an end': ['joined 1', 'nobody', 'merged', 'merge until end, new'],
  },
  'merge as merged, and undo': {
    absent: ['200, conflicts 0', 'nobody', 'merged, unmerged'],
    'by hand': ['200, conflicts 0', 'manual', 'merged, unmerged'],
    'by hand with an end': ['200, conflicts 0', 'manual until end', 'merged, unmerged'],
    'by rule': ['200, conflicts 0', 'nobody', 'group_removed merged, merged, unmerged'],
    both: ['200, conflicts 0', 'manual', 'merged, unmerged'],
    'both with an end': ['200, conflicts 0', 'manual until end', 'merged, unmerged'],
  },
}

/** The customer is no longer there for the rule to judge, or the rule is not. */
const endsMoments: ReadonlySet<ActName> = new Set([
  'delete the group',
  'delete the customer',
  'merge as merged',
  'merge as merged, and undo',
])

const momentsOf = async (group: string) =>
  (await query('select from rule_moment where tenant = $1 and group_key = $2', [tenant, group]))
    .length

const cases = (Object.keys(acts) as ActName[]).flatMap((act) =>
  (Object.keys(states) as State[]).map((state) => ({ act, state })),
)

describe('what happens to a member of a group with a rule', () => {
  test.each(cases)('$state: $act', async ({ act, state }) => {
    const it = await arrange(state)
    const answer = await acts[act](it)
    const holders = await holdersOf(it.group, it.customer)
    const other = await holdersOf(it.group, it.other)
    const [wanted, held, told, others = 'nobody'] = outcomes[act][state]
    expect([answer, holders, await toldOf(it.customer), other]).toEqual([
      wanted,
      held,
      told,
      others,
    ])
    expect(await momentsOf(it.group)).toBe(endsMoments.has(act) ? 0 : 1)
  })
})

test('the memberships of all these customers are what their rows show', async () => {
  const outOfStep = await query(
    `select id from customer c where tenant = $1 and group_keys <> array(
       select group_key::text from membership m where m.tenant = c.tenant and m.customer_id = c.id order by group_key)`,
    [tenant],
  )
  expect(outOfStep).toEqual([])
})
