import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { expireMemberships } from '#core/group'
import { systemContext } from '../../../src/runtime.ts'
import { startTestApp } from '../../support/app.ts'
import { crowd, eventsOf } from '../../support/group.ts'
import { seededRandom } from '../../support/random.ts'
import { query } from '../../support/rows.ts'
import { runs } from '../../support/runs.ts'

const app = await startTestApp()
const { call, tenant } = app

const HALF_AN_HOUR = 1_800_000
const PEOPLE = 4
const GROUPS = 3

type Happening =
  | { readonly does: 'add'; readonly who: number; readonly where: number; readonly ends: boolean }
  | { readonly does: 'remove'; readonly who: number; readonly where: number }
  | {
      readonly does: 'change'
      readonly where: number
      readonly add: number[]
      readonly remove: number[]
    }
  | { readonly does: 'rename' | 'delete'; readonly who: number }
  | { readonly does: 'make' | 'close'; readonly where: number }
  | { readonly does: 'expire' }

const who = fc.nat(PEOPLE - 1)
const where = fc.nat(GROUPS - 1)
const some = fc.uniqueArray(who, { maxLength: PEOPLE })
const does = <D extends string>(name: D) => fc.constant(name)

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: does('add'), who, where, ends: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ does: does('remove'), who, where }) },
  {
    weight: 3,
    arbitrary: fc
      .record({ does: does('change'), where, add: some, remove: some })
      .map((it) => ({ ...it, remove: it.remove.filter((one) => !it.add.includes(one)) })),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('make', 'close'), where }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('rename', 'delete'), who }) },
  { weight: 1, arbitrary: fc.record({ does: does('expire') }) },
)

type World = { readonly people: readonly string[]; readonly groups: readonly string[] }

/** Does it, as a caller would; what it answers may be lost on the way. */
async function perform({ people, groups }: World, it: Happening): Promise<number> {
  const person = 'who' in it ? `/customer/${people[it.who]}` : ''
  const group = 'where' in it ? groups[it.where] : ''
  const ids = (list: readonly number[]) => list.map((one) => people[one])
  const ask = async (method: string, path: string, body?: object) =>
    (await call(method, path, { body })).status
  switch (it.does) {
    case 'add':
      return ask('POST', `${person}/group`, {
        group,
        ...(it.ends ? { expiresAt: new Date(app.runtime.now().getTime() + HALF_AN_HOUR) } : {}),
      })
    case 'remove':
      return ask('DELETE', `${person}/group/${group}`)
    case 'change':
      return ask('POST', `/group/${group}/member`, { add: ids(it.add), remove: ids(it.remove) })
    case 'rename':
      return ask('PATCH', person, { firstName: String(Math.random()) })
    case 'delete':
      return ask('DELETE', person)
    case 'make':
      return ask('POST', '/group', { key: group })
    case 'close':
      return ask('DELETE', `/group/${group}`)
    case 'expire':
      return expire()
  }
}

async function expire(): Promise<number> {
  await expireMemberships(systemContext(app.runtime, tenant, 'test')).catch(() => true)
  return 200
}

/** The groups of a customer after all that was told, in order; it cannot enter where it is, nor leave where it is not. */
async function toldOf(id: string): Promise<string[]> {
  const told = new Set<string>()
  const events = await eventsOf(app, id)
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1))
  for (const { type, data } of events) {
    if (type === 'customer.group_added') {
      expect(told.has(data.group)).toBe(false)
      told.add(data.group)
    }
    if (type === 'customer.group_removed') expect(told.delete(data.group)).toBe(true)
  }
  return [...told].sort()
}

type Row = {
  readonly id: string
  readonly status: string
  readonly sequence: number
  readonly shown: string[]
  readonly held: string[]
}

const rowsOf = (ids: readonly string[]) =>
  query<Row>(
    `select id, status, sequence, group_keys as shown, array(
       select group_key::text from membership m where m.tenant = c.tenant and m.customer_id = c.id order by group_key) as held
     from customer c where tenant = $1 and id = any($2)`,
    [tenant, ids],
  )

let worlds = 0

// Replies that are lost are logged; here they are meant to be.
for (const level of ['error', 'warn'] as const) {
  vi.spyOn(console, level).mockImplementation(() => undefined)
}

test('what a customer shows, what its memberships are and what was told of them is one and the same', {}, async () => {
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(happening, { minLength: 2, maxLength: 10 }), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.integer(),
      async (rounds, seed) => {
        worlds++
        const world = {
          people: await crowd(app, PEOPLE),
          groups: Array.from({ length: GROUPS }, (_, i) => `w${worlds}-${i}`),
        }
        const random = seededRandom(seed)
        app.wire.faults.always = () =>
          random() < 0.05 ? { do: 'cut', at: random() < 0.5 ? 'before' : 'after' } : undefined
        for (const round of rounds) {
          app.advance(HALF_AN_HOUR * 0.7)
          const answers = await Promise.all(round.map((it) => perform(world, it)))
          for (const status of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
        }
        app.wire.faults.clear()
        for (const { id, status, sequence, shown, held } of await rowsOf(world.people)) {
          expect(shown).toEqual(held)
          if (status === 'deleted') expect(held).toEqual([])
          else expect(await toldOf(id)).toEqual(held)
          expect(sequence).toBe((await eventsOf(app, id)).length)
        }
      },
    ),
    { numRuns: runs(40, 600) },
  )
  // Whether anything happened at all, and nothing but what may.
  expect([...statuses.keys()].sort()).toEqual([200, 201, 204, 404, 409, 503])
})
