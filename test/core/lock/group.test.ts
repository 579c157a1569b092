import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../../support/app.ts'
import { beside } from '../../support/meanwhile.ts'
import { query } from '../../support/rows.ts'

const app = await startTestApp()
const { call, tenant } = app

let made = 0

/** A customer in a group of their own. */
async function makeMember(): Promise<{ readonly id: string; readonly group: string }> {
  const group = `circle-${++made}`
  const { body } = await call('POST', '/customer', { body: { email: `${group}@example.com` } })
  await call('POST', `/customer/${body.id}/group`, { body: { group } })
  await app.drain()
  return { id: body.id, group }
}

const lockOrRefuse = (id: string) =>
  [['select from customer where tenant = $1 and id = $2 for no key update', [tenant, id]]] as const

const countMembers = async (group: string): Promise<number> =>
  (await query('select from membership where tenant = $1 and group_key = $2', [tenant, group]))
    .length

/** Leaves the end of a group to the queue, as a group of more members than fit a request does. */
async function dissolveByJob(group: string): Promise<void> {
  const now = app.runtime.now()
  await query('update "group" set dissolved_at = now() where tenant = $1 and key = $2', [
    tenant,
    group,
  ])
  await query(
    `insert into job (tenant, id, kind, payload, due_at, created_at)
      values ($1, $2, 'dissolve_group', jsonb_build_object('group', $3::text), $4, $4)`,
    [tenant, newId('job', now), group, now.toISOString()],
  )
}

const endHands = (group: string, byRule: boolean) =>
  query(
    `update membership set expires_at = '2000-01-01', by_rule = $3 where tenant = $1 and group_key = $2`,
    [tenant, group, byRule],
  )

async function work(): Promise<void> {
  await app.cron()
  await app.drain()
}

type End = {
  readonly begin: (group: string) => Promise<unknown>
  readonly end: (group: string) => Promise<unknown>
  /** The tables that it may have begun to write when it locks the customers. */
  readonly before: readonly string[]
  /** The rule keeps the member. */
  readonly stays?: boolean
}

/** How a membership ends other than by its customer's name. */
const ends: Readonly<Record<string, End>> = {
  'the deletion of the group': {
    begin: async () => {},
    end: (group) => call('DELETE', `/group/${group}`),
    before: ['group'],
  },
  'the job that dissolves the rest of it': { begin: dissolveByJob, end: work, before: ['job'] },
  'the clock, at its end': { begin: (group) => endHands(group, false), end: work, before: [] },
  'the clock, at its end beside a rule': {
    begin: (group) => endHands(group, true),
    end: work,
    before: [],
    stays: true,
  },
}

test.each(Object.entries(ends))(
  '%s waits for a member before it ends memberships',
  async (_, { begin, end, before, stays = false }) => {
    const { id, group } = await makeMember()
    await begin(group)
    const { waited, wrote } = await beside(lockOrRefuse(id), () => end(group))
    expect({ waited, wrote }).toEqual({ waited: true, wrote: before })
    expect(await countMembers(group)).toBe(stays ? 1 : 0)
  },
)

test('a list of members waits for a customer before it changes memberships', async () => {
  const { id, group } = await makeMember()
  const { body: other } = await call('POST', '/customer', { body: { email: 'new@example.com' } })
  const { waited, wrote } = await beside(lockOrRefuse(id), () =>
    call('POST', `/group/${group}/member`, { body: { add: [other.id], remove: [id] } }),
  )
  expect({ waited, wrote }).toEqual({ waited: true, wrote: ['group'] })
})

test('a group is deleted after the rule that begins to read it, and is refused then', async () => {
  const { group } = await makeMember()
  const { group: reader } = await makeMember()
  const { waited, wrote, answer } = await beside(
    [['select pg_advisory_xact_lock(hashtextextended($1, 4))', [tenant]]],
    () => call('DELETE', `/group/${group}`),
    [
      [
        `update "group" set rule = '{}', rule_reads = array[$3] where tenant = $1 and key = $2`,
        [tenant, reader, group],
      ],
    ],
  )
  expect([waited, wrote, answer.body?.code]).toEqual([true, [], 'group_in_use'])
})

test('nobody joins a group that is being deleted', async () => {
  const { group } = await makeMember()
  const { body: other } = await call('POST', '/customer', { body: { email: 'late@example.com' } })
  const { waited, answer } = await beside(
    [[`select from "group" where tenant = $1 and key = $2 for update`, [tenant, group]]],
    () => call('POST', `/customer/${other.id}/group`, { body: { group } }),
    [['update "group" set dissolved_at = now() where tenant = $1 and key = $2', [tenant, group]]],
  )
  expect([waited, answer.status, answer.body.code]).toEqual([true, 409, 'group_being_deleted'])
})

test("a membership that SQL by hand makes waits for its customer before it notes the group's key", async () => {
  const { id } = await makeMember()
  const { group } = await makeMember()
  const { waited, wrote } = await beside(lockOrRefuse(id), () =>
    query(
      `insert into membership (tenant, group_key, customer_id, source, added_at) values ($1, $2, $3, 'manual', now())`,
      [tenant, group, id],
    ),
  )
  expect({ waited, wrote }).toEqual({ waited: true, wrote: ['membership'] })
})
