import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { query } from '../support/rows.ts'

const app = await startTestApp()
const { call, tenant } = app

/** Groups by their keys, each with the groups that its rule reads. */
async function makeGroups(reads: Readonly<Record<string, readonly string[]>>) {
  for (const [key, read] of Object.entries(reads)) {
    await call('POST', '/group', { body: { key } })
    if (read.length === 0) continue
    await query('update "group" set rule = $3, rule_reads = $4 where tenant = $1 and key = $2', [
      tenant,
      key,
      { group: read },
      [...read].sort(),
    ])
  }
}
const remove = (key: string, headers = {}) => call('DELETE', `/group/${key}`, { headers })

test('a group that rules read is not deleted, and the refusal names the groups that read it', async () => {
  await makeGroups({ base: [], other: [], reader: ['base', 'other'], 'a-reader': ['base'] })
  const { status, body } = await remove('Base')
  expect([status, body.code]).toEqual([409, 'group_in_use'])
  expect(body.errors).toEqual(
    ['a-reader', 'reader'].map((path) => ({
      path,
      code: 'reads_group',
      message: 'The rule of this group reads it.',
    })),
  )
  expect((await call('GET', '/group/base')).status).toBe(200)
  expect((await remove('base', { 'If-Match': 'W/"7"' })).body.code).toBe('precondition_failed')
})

test('a group is free as soon as the last group that reads it is deleted', async () => {
  await makeGroups({ root: [], leaf: ['root'] })
  expect((await remove('leaf')).status).toBe(204)
  expect((await remove('root')).status).toBe(204)
})

test('a group that is on its way out keeps no other', async () => {
  await makeGroups({ kept: [], leaving: ['kept'] })
  await query('update "group" set dissolved_at = now() where tenant = $1 and key = $2', [
    tenant,
    'leaving',
  ])
  expect((await remove('kept')).status).toBe(204)
})

test('a group of the same key in another shop keeps none', async () => {
  await makeGroups({ shared: [], 'shared-reader': ['shared'] })
  const token = app.tokens.stranger
  await call('POST', '/group', { body: { key: 'shared' }, token })
  expect((await call('DELETE', '/group/shared', { token })).status).toBe(204)
})

test('no more than a hundred groups are named', async () => {
  await makeGroups({ popular: [] })
  await query(
    `insert into "group" (tenant, key, rule, rule_reads, created_at, updated_at)
     select $1, 'fan-' || lpad(n::text, 3, '0'), '{"group":["popular"]}', '{popular}', now(), now()
     from generate_series(1, 101) n`,
    [tenant],
  )
  const { body } = await remove('popular')
  expect(body.errors).toHaveLength(100)
  expect(body.errors[0].path).toBe('fan-001')
})
