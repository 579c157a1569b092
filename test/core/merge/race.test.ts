import { beforeEach, describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { runs } from '../../support/runs.ts'
import { shopIn } from '../../support/shop.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call, db, tenant, wire } = app
const { account, guest, record, find, merge, claim, freshEmail } = shopIn(app)
const COMMIT = /apply_merges_/

type Pair = { readonly survivor: string; readonly visitor: string; readonly email: string }

const street = (line1: string) => ({ line1, country: 'AQ' })
const change = async (method: string, path: string, body?: unknown) => {
  const { status, text } = await call(method, path, { body })
  if (status >= 300) throw new Error(text)
}
const set = (id: string, columns: ReturnType<typeof sql>) =>
  db.run([sql`update customer set ${columns} where tenant = ${tenant} and id = ${id}`])

/** An account and the guest of its address, which has something of everything and the account little. */
async function makePair(): Promise<Pair> {
  const email = freshEmail()
  const visitor = await guest({ email, lastName: 'Doe', address: street('1 Guest St') })
  await change('PATCH', `/customer/${visitor.id}`, { metadata: { from: 'guest' } })
  await change('POST', `/customer/${visitor.id}/group`, { group: 'guests' })
  await record(visitor.id, `first-${visitor.id}`)
  app.advance(1000)
  const { id } = await account({ email })
  await change('POST', `/customer/${id}/address`, street('1 Own St'))
  return { survivor: id, visitor: visitor.id, email }
}

/** What may happen to either side between the plan and its commit. */
const changes: Readonly<Record<string, (pair: Pair) => Promise<unknown>>> = {
  'the survivor gets a name': ({ survivor }) =>
    change('PATCH', `/customer/${survivor}`, { lastName: 'New' }),
  'the survivor gets metadata': ({ survivor }) =>
    change('PATCH', `/customer/${survivor}`, { metadata: { from: 'survivor' } }),
  'the survivor gets the same address': ({ survivor }) =>
    change('POST', `/customer/${survivor}/address`, street('1 GUEST ST.')),
  'the survivor fills its book': async ({ survivor }) => {
    for (let n = 2; n <= 10; n++)
      await change('POST', `/customer/${survivor}/address`, street(`${n} Own St`))
  },
  'the survivor joins the same group': ({ survivor }) =>
    change('POST', `/customer/${survivor}/group`, { group: 'guests' }),
  'the other gets a name': ({ visitor }) =>
    change('PATCH', `/customer/${visitor}`, { lastName: 'New' }),
  'the other gets metadata': ({ visitor }) =>
    change('PATCH', `/customer/${visitor}`, { metadata: { from: 'new', more: 'new' } }),
  'the other gets an address': ({ visitor }) =>
    change('POST', `/customer/${visitor}/address`, street('2 Guest St')),
  'the other loses its address': async ({ visitor }) => {
    const [address] = (await find(visitor)).addresses
    await change('DELETE', `/customer/${visitor}/address/${address.id}`)
  },
  'the other joins a group': ({ visitor }) =>
    change('POST', `/customer/${visitor}/group`, { group: 'late' }),
  'the other leaves its group': ({ visitor }) =>
    change('DELETE', `/customer/${visitor}/group/guests`),
  'the other orders': ({ visitor }) => record(visitor, `late-${visitor}`),
  'the survivor is disabled': ({ survivor }) => change('POST', `/customer/${survivor}/disable`),
  'the survivor is deleted': ({ survivor }) => change('DELETE', `/customer/${survivor}`),
  'the survivor is merged away': async ({ survivor }) => {
    await merge((await account()).id, survivor)
  },
  'the other is deleted': ({ visitor }) => change('DELETE', `/customer/${visitor}`),
  'the other is merged elsewhere': async ({ visitor }) => {
    await merge((await account()).id, visitor)
  },
  'the proof of the inbox is lost': ({ survivor }) => set(survivor, sql`email_verified_at = null`),
  'the proof of the account is lost': ({ survivor }) => set(survivor, sql`claimed_at = null`),
  'the account was proven before the guest came': ({ survivor, visitor }) =>
    set(
      survivor,
      sql`claimed_at = (select created_at from customer where tenant = ${tenant} and id = ${visitor}) - interval '1 second'`,
    ),
  'the survivor gets another address': ({ survivor }) =>
    set(survivor, sql`email = 'moved-' || email, email_key = 'moved-' || email_key`),
  'the pair was merged and parted': async ({ survivor, visitor }) => {
    const { body } = await merge(survivor, visitor)
    await change('POST', `/merge/${body.id}/undo`)
  },
}

const DONE = expect.objectContaining({ state: 'done' })

const asked = async ({ survivor, visitor }: Pair, planId?: string) => {
  const { status, body } = await merge(survivor, visitor, planId === undefined ? {} : { planId })
  return [status, body.code]
}

const planOf = async ({ survivor, visitor }: Pair): Promise<string> =>
  (await call('POST', `/customer/${survivor}/merge/preview`, { body: { from: visitor } })).body
    .planId

/** What both became. Ids and addresses of e-mail differ from pair to pair. */
async function seen({ survivor, visitor }: Pair) {
  const [rows = []] = await db.run([
    sql`select c.id = ${survivor} as survives, c.status, c.merged_into = ${survivor} as into_survivor, c.last_name, c.metadata, c.group_keys,
        c.order_count, c.total_spent::int, array(select line1 from address a where a.tenant = c.tenant and a.customer_id = c.id order by line1) as lines,
        (select count(*)::int from "order" o where o.tenant = c.tenant and o.customer_id = c.id) as orders
      from customer c where tenant = ${tenant} and id in (${survivor}, ${visitor}) order by c.id = ${survivor}`,
  ])
  const [merges = []] = await db.run([
    sql`select state, automatic, orders_only from merge where tenant = ${tenant} and survivor_id = ${survivor} order by state`,
  ])
  return { rows, merges }
}

/** Nothing is due but what a test makes due. */
beforeEach(async () => {
  wire.faults.clear()
  app.queue.loseEverything()
  await db.run([
    sql`delete from merge where tenant = ${tenant} and state = 'pending'`,
    sql`delete from job where tenant = ${tenant}`,
    sql`update customer set email_verified_at = null where tenant = ${tenant}`,
  ])
})

/** A pair whose merge is due, and both ways on which that is done. */
const makeDue = async () => {
  const pair = await makePair()
  await claim(pair.email)
  return pair
}
const byJob = async () => void (await app.drain())
const bySweep = async () => {
  app.queue.loseEverything()
  app.advance(61_000)
  await app.cron()
}

/** The ways take turns from change to change; the long run takes both for each. */
const waysOf = (at: number) => runs([[byJob, bySweep][at % 2] ?? byJob], [byJob, bySweep])

const listed = Object.entries(changes).map(([name, happens], at) => [name, happens, at] as const)

describe.each(listed)('when %s after a merge was planned', (_, happens, at) => {
  test('the merge that is due does as if it had come later', async () => {
    const late = await makeDue()
    await happens(late)
    await byJob()
    const expected = await seen(late)
    for (const way of waysOf(at)) {
      const pair = await makeDue()
      await between(wire, COMMIT, way, () => happens(pair))
      // A run may leave a pair to the next one.
      await bySweep()
      expect(await seen(pair)).toEqual(expected)
    }
  })

  test('one that was asked for does so too, and by the plan if it still holds', async () => {
    const late = await makePair()
    const plan = await planOf(late)
    await happens(late)
    const byOldPlan = await asked(late, plan)
    const expected = [byOldPlan[0] === 412 ? await asked(late) : byOldPlan, await seen(late)]

    const planned = await makePair()
    const planId = await planOf(planned)
    const held = () => asked(planned, planId)
    expect(await between(wire, COMMIT, held, () => happens(planned))).toEqual(byOldPlan)
    if (byOldPlan[0] === 412) expect((await seen(planned)).merges).not.toContainEqual(DONE)

    const pair = await makePair()
    const answer = await between(
      wire,
      COMMIT,
      () => asked(pair),
      () => happens(pair),
    )
    expect([answer, await seen(pair)]).toEqual(expected)
  })
})

/** The other transaction is not over yet when the merge, or its undo, begins. */
describe.each(['survivor', 'visitor'] as const)('while the %s is changed', (side) => {
  test('a merge waits, and does not take the plan that it had', async () => {
    const pair = await makePair()
    const planId = await planOf(pair)
    const answer = await meanwhile(
      `update customer set last_name = 'New', version = version + 1 where tenant = $1 and id = $2`,
      [tenant, pair[side]],
      () => asked(pair, planId),
    )
    expect(answer).toEqual([412, 'precondition_failed'])
  })

  test('an undo waits, and sees that it is too late', async () => {
    const { survivor, visitor } = await makePair()
    const [{ body: merged }, other] = [await merge(survivor, visitor), await account()]
    const undone = await meanwhile(
      side === 'survivor'
        ? `update customer set status = 'merged', merged_into = $3 where tenant = $1 and id = $2`
        : `update customer set merged_into = $3 where tenant = $1 and id = $2`,
      [tenant, side === 'survivor' ? survivor : visitor, other.id],
      () => call('POST', `/merge/${merged.id}/undo`),
    )
    expect([undone.status, undone.body.code]).toEqual([409, 'merge_not_undoable'])
  })
})
