import { beforeEach, expect, test } from 'vitest'
import type { Context } from '#core/context'
import { commitWithoutKey } from '#core/context'
import { carryOutGroupTask } from '#core/rule'
import { newId } from '#kernel/id'
import { beginAddingMatchingCustomers } from '../../../src/core/group/generated/query.ts'
import { systemContext } from '../../../src/runtime.ts'
import { startTestApp } from '../../support/app.ts'
import { between } from '../../support/between.ts'
import { query } from '../../support/rows.ts'
import { someAddress } from '../../support/shopper.ts'

/** Work that comes late: what it has read is not true any more. Each test has a shop of its own, for rules read all its customers. */
let app = await startTestApp()
beforeEach(async () => {
  app = await startTestApp()
})

let made = 0
const newKey = (): string => `late-${++made}`
const make = (key: string, more: object = {}) =>
  app.call('POST', '/group', { body: { key, ...more } })
const group = async (more: object = {}): Promise<string> => {
  const key = newKey()
  expect((await make(key, more)).status).toBe(201)
  await app.drain()
  return key
}
const change = (key: string, body: object) => app.call('PATCH', `/group/${key}`, { body })
const customer = async (): Promise<string> =>
  (await app.call('POST', '/customer', { body: { email: someAddress() } })).body.id
const rename = (id: string, body: object) => app.call('PATCH', `/customer/${id}`, { body })
const order = (id: string, orderId: string) =>
  app.call('PUT', `/customer/${id}/order/${orderId}`, {
    body: {
      ...{ total: 100, refunded: 0, currency: 'USD', state: 'paid', version: 1 },
      placedAt: '2026-01-02T03:04:05Z',
    },
  })
const groupsOf = async (id: string): Promise<string[]> =>
  (await app.call('GET', `/customer/${id}`)).body.groups
const settle = async () => {
  await app.drain()
  await app.cron()
  await app.drain()
}
const told = async (id: string) =>
  (
    await query<{ type: string; key: string }>(
      `select type, data ->> 'group' as key from event
        where tenant = $1 and customer_id = $2 and type like 'customer.group%' order by sequence`,
      [app.tenant, id],
    )
  ).map(({ type, key }) => `${type.slice('customer.group_'.length)} ${key}`)
const system = (): Context => systemContext(app.runtime, app.tenant, 'test')
/** Begins to add all customers with at most 99 orders, and returns the job that does it. */
async function begin(key: string): Promise<string> {
  const ctx = system()
  await commitWithoutKey(ctx, {
    begun: beginAddingMatchingCustomers({
      tenant: ctx.tenant,
      now: ctx.now.toISOString(),
      group: key,
      name: key,
      create: false,
      filter: { maxOrders: 99 },
      taskJob: newId('job', ctx.now),
      task: newId('task', ctx.now),
    }),
  })
  return String(ctx.outcome.jobs[0]?.id)
}

test('a rule that is made meanwhile and reads the group has whom the judgement brings', async () => {
  const read = await group({ rule: { minOrders: 1 } })
  const id = await customer()
  await app.drain()
  await order(id, 'made-meanwhile')
  const reader = newKey()
  await between(app.wire, /apply_verdicts/, app.drain, async () => {
    await make(reader, { rule: { group: [read] } })
    await app.drain()
  })
  await settle()
  expect(await groupsOf(id)).toEqual([read, reader].toSorted())
})

test.each(['taken away', 'given'])(
  'a hand that is %s meanwhile counts for the rule that reads its group',
  async (how) => {
    const read = await group({ rule: { minOrders: 2 } })
    const reader = await group({ rule: { group: [read] } })
    const id = await customer()
    const give = () => app.call('POST', `/customer/${id}/group`, { body: { group: read } })
    const take = () => app.call('DELETE', `/customer/${id}/group/${read}`)
    await order(id, 'beside-a-hand-1')
    await order(id, 'beside-a-hand-2')
    if (how === 'taken away') await give()
    await settle()
    expect(await groupsOf(id)).toEqual([read, reader].toSorted())
    await change(read, { rule: { minOrders: 3 } })
    await between(app.wire, /apply_verdicts/, app.drain, how === 'given' ? give : take)
    await settle()
    expect(await groupsOf(id)).toEqual(how === 'given' ? [read, reader].toSorted() : [])
  },
)

test('the end of an old rule deletes no moment of the new one', async () => {
  const key = await group({ rule: { createdAfter: '-90d' } })
  const id = await customer()
  await settle()
  await change(key, { rule: null })
  await between(app.wire, /delete_moments/, app.drain, async () => {
    await change(key, { rule: { createdAfter: '-30d' } })
    await app.drain()
  })
  await settle()
  const moments = await query(
    'select customer_id from rule_moment where tenant = $1 and group_key = $2',
    [app.tenant, key],
  )
  expect(moments).toEqual([{ customer_id: id }])
})

test('an addition does not go on in another group of the same key', async () => {
  const key = await group()
  const id = await customer()
  await settle()
  const job = await begin(key)
  await between(
    app.wire,
    /change_members/,
    () => carryOutGroupTask(system(), job),
    async () => {
      await app.call('DELETE', `/group/${key}`)
      await make(key)
    },
  )
  await settle()
  expect(await groupsOf(id)).toEqual([])
})

test('a batch of an addition that comes twice brings nobody back', async () => {
  const key = await group()
  const id = await customer()
  await settle()
  const job = await begin(key)
  const late = system()
  await between(
    app.wire,
    /change_members/,
    () => carryOutGroupTask(late, job),
    async () => {
      await query(
        `update group_task set after = '~', done = 1 where tenant = $1 and group_key = $2`,
        [app.tenant, key],
      )
    },
  )
  app.advance(61_000)
  await settle()
  expect(await groupsOf(id)).toEqual([])
  expect((await app.call('GET', `/group/${key}`)).body).toMatchObject({ state: 'ready', done: 1 })
})

test.each(['before', 'after'])(
  'a rule that stopped %s its task and goes on is carried out then',
  async (when) => {
    app = await startTestApp({ settings: { metadata_service_keys: ['tier'] } })
    const keys = system().settings.metadata_service_keys as string[]
    const [gold, plain] = [await customer(), await customer()]
    const rule = { metadata: { tier: 'gold' } }
    await rename(plain, { metadata: { tier: 'gold' } })
    await settle()
    const key = newKey()
    await make(key, { rule })
    if (when === 'after') await settle()
    keys.splice(0)
    await settle()
    expect((await app.call('GET', `/group/${key}`)).body.state).toBe('stopped')
    expect(await groupsOf(plain)).toEqual(when === 'after' ? [key] : [])
    await rename(gold, { metadata: { tier: 'gold' } })
    await rename(plain, { metadata: { tier: null } })
    await settle()
    expect(await groupsOf(plain)).toEqual(when === 'after' ? [key] : [])
    keys.push('tier')
    await settle()
    expect([await groupsOf(gold), await groupsOf(plain)]).toEqual([[key], []])
    expect((await app.call('GET', `/group/${key}`)).body.state).toBe('ready')
  },
)

test('another name after an addition starts no work', async () => {
  const key = await group({ rule: { minOrders: 1 } })
  await settle()
  await begin(key)
  app.advance(61_000)
  await settle()
  const { body } = await change(key, { name: 'Other' })
  expect([body.name, body.state]).toEqual(['Other', 'ready'])
})

test('work that began before a moment does not turn the clock back', async () => {
  const key = await group({ rule: { createdAfter: '-1h' } })
  const id = await customer()
  await settle()
  app.advance(3_590_000)
  await change(key, { rule: { createdAfter: '-1h', maxOrders: 5 } })
  const old = system()
  const [job] = await query<{ id: string }>(
    `select id from job where tenant = $1 and kind = 'carry_out'`,
    [app.tenant],
  )
  app.advance(20_000)
  await app.cron()
  await carryOutGroupTask(old, String(job?.id))
  await settle()
  expect(await told(id)).toEqual([`added ${key}`, `removed ${key}`])
})

test('counters that are corrected meanwhile void a judgement by the wrong ones', async () => {
  await group({ rule: { minOrders: 1 } })
  const id = await customer()
  await settle()
  await query('update customer set order_count = 3 where tenant = $1 and id = $2', [app.tenant, id])
  await rename(id, { firstName: 'Other' })
  await between(app.wire, /apply_verdicts/, app.drain, async () => {
    await app.cron('17 3 * * *')
    await settle()
  })
  await settle()
  expect(await groupsOf(id)).toEqual([])
})

test('a group opens no trusted rule to whom its old rule let in', async () => {
  const open = await group({ rule: { country: 'DE' }, allowShopperValues: true })
  const id = await customer()
  await app.call('POST', `/customer/${id}/address`, {
    body: { line1: 'Weg 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
  })
  await settle()
  expect(await groupsOf(id)).toEqual([open])
  await change(open, { rule: { minOrders: 5 }, allowShopperValues: false })
  const reader = { rule: { group: [open] } }
  const early = await make(newKey(), reader)
  expect([early.status, early.body.code]).toEqual([422, 'rule_not_trusted'])
  await settle()
  expect((await make(newKey(), reader)).status).toBe(201)
  await settle()
  expect(await told(id)).toEqual([`added ${open}`, `removed ${open}`])
})

test('a key that services alone write by now is trusted within a minute', async () => {
  app = await startTestApp({ settings: { metadata_filter_keys: ['tier'] } })
  const key = await group({ rule: { metadata: { tier: 'gold' } }, allowShopperValues: true })
  const closed = () => change(key, { allowShopperValues: false })
  expect((await closed()).body.code).toBe('rule_not_trusted')
  const keys = system().settings.metadata_service_keys as string[]
  keys.push('tier')
  await settle()
  expect((await closed()).status).toBe(200)
})

test('ten rules may read each other one after the other, not eleven', async () => {
  let key = await group({ rule: { minOrders: 1 } })
  for (let n = 2; n <= 10; n++) key = await group({ rule: { group: [key] } })
  const deep = await make(newKey(), { rule: { groupNot: [key] } })
  expect([deep.status, deep.body.code]).toEqual([422, 'rule_too_deep'])
})
