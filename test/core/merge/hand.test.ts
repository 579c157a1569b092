import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { crowd } from '../../support/group.ts'
import { query } from '../../support/rows.ts'

const app = await startTestApp()
const { call, tenant } = app

let groups = 0

/** Customers without a word to anyone, and a group that holds the first by its rule. */
async function heldByRule() {
  const [survivor = '', one = '', other = ''] = await crowd(app, 3)
  const group = `ruled-${++groups}`
  await call('POST', '/group', { body: { key: group } })
  await query(
    `insert into membership (tenant, group_key, customer_id, source, by_rule, added_at)
     values ($1, $2, $3, 'rule', true, '2026-01-01')`,
    [tenant, group, survivor],
  )
  return { survivor, one, other, group }
}

const add = (id: string, group: string) =>
  call('POST', `/customer/${id}/group`, { body: { group } })
const remove = (id: string, group: string) => call('DELETE', `/customer/${id}/group/${group}`)
const merge = (survivor: string, from: string, more: object = {}) =>
  call('POST', `/customer/${survivor}/merge`, { body: { from, ...more } })
const undo = async (id: string) => (await call('POST', `/merge/${id}/undo`)).body

async function sourcesOf(id: string): Promise<string[]> {
  const { body } = await call('GET', `/customer/${id}/group`)
  return body.data.map(({ source }: { source: string }) => source)
}

test('an undo takes the hand of its own merge away, not that of a later one', async () => {
  const { survivor, one, other, group } = await heldByRule()
  for (const id of [one, other]) await add(id, group)
  const { body: first } = await merge(survivor, one)
  await remove(survivor, group)
  const { body: second } = await merge(survivor, other)
  expect([first.groups, second.groups]).toEqual([[group], [group]])
  expect((await undo(first.id)).conflicts).toEqual([
    { type: 'group', id: group, reason: 'changed' },
  ])
  expect(await sourcesOf(survivor)).toEqual(['merge'])
  expect((await undo(second.id)).conflicts).toEqual([])
  expect(await sourcesOf(survivor)).toEqual(['rule'])
})

test('a hand that the rule has left alone ends with the undo', async () => {
  const { survivor, one, group } = await heldByRule()
  await add(one, group)
  const { body: merged } = await merge(survivor, one)
  await query('update membership set by_rule = false where tenant = $1 and customer_id = $2', [
    tenant,
    survivor,
  ])
  expect((await undo(merged.id)).conflicts).toEqual([])
  expect(await sourcesOf(survivor)).toEqual([])
})

test('a merge of a time when no rule held anybody is undone', async () => {
  const { survivor, one, group } = await heldByRule()
  await add(one, group)
  const { body: merged } = await merge(survivor, one)
  await query(
    `update merge set before = jsonb_set(before, '{merged,memberships}', (
       select jsonb_agg(was - 'by_rule') from jsonb_array_elements(before #> '{merged,memberships}') was))
     where tenant = $1 and id = $2`,
    [tenant, merged.id],
  )
  expect((await undo(merged.id)).state).toBe('undone')
  expect(await sourcesOf(one)).toEqual(['manual'])
})

test('what only the rule of a deleted group held is missed by nobody', async () => {
  const { survivor, one, group } = await heldByRule()
  const { body: merged } = await merge(one, survivor)
  await call('DELETE', `/group/${group}`)
  expect((await undo(merged.id)).conflicts).toEqual([])
})

/** What changes who is held by hand without an event, beside a rule. */
const quietly: Readonly<Record<string, (id: string, group: string) => Promise<unknown>>> = {
  'a hand': add,
  'a hand in bulk': (id, group) => call('POST', `/group/${group}/member`, { body: { add: [id] } }),
  'the end of a hand': async (id, group) => {
    await add(id, group)
    await remove(id, group)
  },
  'the end of a hand in bulk': async (id, group) => {
    await add(id, group)
    await call('POST', `/group/${group}/member`, { body: { remove: [id] } })
  },
  'the end of its time': async (id, group) => {
    await add(id, group)
    await query(
      `update membership set expires_at = '2000-01-01' where tenant = $1 and customer_id = $2`,
      [tenant, id],
    )
    await app.cron()
  },
  'a merge': async (id, group) => {
    const [from = ''] = await crowd(app, 1)
    await add(from, group)
    await merge(id, from)
  },
  'the undo of a merge': async (id, group) => {
    const [from = ''] = await crowd(app, 1)
    await add(from, group)
    await undo((await merge(id, from)).body.id)
  },
}

test.each(Object.entries(quietly))('%s without an event makes a plan stale', async (_, change) => {
  const { survivor, one, group } = await heldByRule()
  const preview = await call('POST', `/customer/${one}/merge/preview`, { body: { from: survivor } })
  expect(preview.body.groups).toEqual([])
  await change(survivor, group)
  const { status, body } = await merge(one, survivor, { planId: preview.body.planId })
  expect([status, body.changed]).toEqual([412, ['groups']])
})
