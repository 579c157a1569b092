import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { erasedCustomerHash } from '#core/privacy'
import { repeatErasuresAfterRestore } from '../../dev/erase-replay.ts'
import { startTestApp } from '../support/app.ts'
import { caughtUp } from '../support/caught-up.ts'
import { query } from '../support/rows.ts'
import { MASTER_SECRET } from '../support/secret.ts'
import { shopIn } from '../support/shop.ts'

const app = await startTestApp()
const { call, tenant } = app
const { account, claim, guest, merge, find, freshEmail } = shopIn(app)

const folder = await mkdtemp(join(tmpdir(), 'erase-replay-'))
afterAll(() => rm(folder, { recursive: true }))
const env = {
  DATABASE_URL: app.runtime.config.databaseUrl,
  DATABASE_FETCH_ENDPOINT: app.runtime.config.databaseEndpoint,
  MASTER_SECRET,
}
const replay = (from: string, others: readonly string[] = [], given: object = env) =>
  repeatErasuresAfterRestore(['--from', from, '--tenant', tenant, ...others], { ...given })

/** The rows of customers as they are now, and the way back to them: as if the whole database were restored. */
async function snapshot(ids: readonly string[]) {
  const rows = await query<{ row: Record<string, unknown> }>(
    'select to_jsonb(c) as row from customer c where tenant = $1 and id = any($2) order by merged_into nulls first',
    [tenant, ids],
  )
  return async () => {
    await query('delete from erasure where tenant = $1', [tenant])
    for (const { row } of rows) {
      await query(
        `update customer c set (status, email, email_key, first_name, last_name, merged_into, erasure_id)
          = (select status, email, email_key, first_name, last_name, merged_into, null from jsonb_populate_record(null::customer, $3))
          where tenant = $1 and id = $2`,
        [tenant, row.id, row],
      )
    }
  }
}

describe('after a restore', () => {
  const email = freshEmail()
  let ids: string[]
  let stranger: string
  let file: string
  let pages: string[]

  beforeAll(async () => {
    const [one, other, joined] = [
      await account({ email, firstName: 'Once' }),
      await account({ firstName: 'Twice' }),
      await guest({ firstName: 'Joined' }),
    ]
    await merge(other.id, joined.id)
    ids = [one.id, other.id, joined.id]
    const restore = await snapshot(ids)
    for (const id of [one.id, other.id]) await call('POST', `/customer/${id}/erase`, { body: {} })
    await caughtUp()
    const { body, text } = await call('GET', '/erasure?limit=1')
    const next = await call('GET', `/erasure?limit=1&cursor=${body.pagination.nextCursor}`)
    pages = [text, next.text]
    const unknown = { hashes: ['nobody'], reason: 'court', erasedAt: '2026-01-01T00:00:00.000Z' }
    file = join(folder, 'list.ndjson')
    await writeFile(
      file,
      [...[body, next.body].flatMap(({ data }) => data), unknown]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    )
    await restore()
    stranger = (await account({ firstName: 'Stranger' })).id
    expect((await find(one.id)).firstName).toBe('Once')
  })

  test('who is on the list is erased again, with those who were merged into them, and nobody else', async () => {
    expect(await replay(file)).toBe('3 erased, 0 erased before, 1 unknown')
    for (const id of ids) expect((await call('GET', `/customer/${id}`)).status).toBe(404)
    expect((await find(stranger)).firstName).toBe('Stranger')
    const rows = await query(
      `select count(*)::int as left from customer where tenant = $1 and id = any($2) and (first_name is not null or email <> '')`,
      [tenant, ids],
    )
    expect(rows).toEqual([{ left: 0 }])
    const { body } = await call('GET', `/customer/${ids[0]}/erasure`)
    expect(body).toMatchObject({
      reason: 'requested',
      actor: { type: 'system', id: 'erase:replay' },
    })
  })

  test('a repeat erases nobody, and a new customer with the same address lives', async () => {
    const next = await account({ email })
    expect(await replay(file)).toBe('0 erased, 3 erased before, 1 unknown')
    expect((await find(next.id)).email).toBe(email)
  })

  test('the pages of a feed are read by its URL, with the token', async () => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization)
      response.end(pages[request.url?.includes('cursor=') ? 1 : 0])
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const given = { ...env, ERASURE_TOKEN: 'kept' }
    expect(await replay(`http://127.0.0.1:${port}/erasure`, [], given)).toBe(
      '0 erased, 3 erased before, 0 unknown',
    )
    expect(asked).toEqual(['Bearer kept', 'Bearer kept'])
    server.close()
  })
})

describe('whom the list does not name is never erased', () => {
  const listOf = async (name: string, id: string) => {
    const file = join(folder, `${name}.json`)
    const hash = erasedCustomerHash({ keyring: app.runtime.keyring, tenant }, id)
    await writeFile(
      file,
      JSON.stringify({ hashes: [hash], reason: 'other', erasedAt: '2026-01-01T00:00:00.000Z' }),
    )
    return file
  }

  test.each(['survivor', 'merged'])('with the %s of a merge on it', async (side) => {
    const [survivor, merged] = [await account(), await guest({ firstName: 'Bystander' })]
    const { body } = await merge(survivor.id, merged.id)
    const file = await listOf(side, side === 'survivor' ? survivor.id : merged.id)
    expect(await replay(file)).toMatch(/^0 erased, .*\n1 not erased: /)
    expect((await find(survivor.id)).id).toBe(survivor.id)

    await call('POST', `/merge/${body.id}/undo`)
    expect(await replay(file)).toBe('1 erased, 0 erased before, 0 unknown')
    const left = side === 'survivor' ? merged : survivor
    expect((await find(left.id)).id).toBe(left.id)
  })

  test('with an account on it, whose address a guest has', async () => {
    const email = freshEmail()
    const owner = await account({ email })
    await claim(email)
    await app.drain()
    const other = await guest({ email })
    expect(await replay(await listOf('owner', owner.id))).toMatch(/^0 erased, .*\n1 not erased: /)
    expect((await find(other.id)).id).toBe(other.id)
  })
})

test.each([
  ['no file', ['--tenant', 'x'], env, /^--from is missing: npm run erase:replay -- --help/],
  ['no secret', ['--from', 'x'], { DATABASE_URL: env.DATABASE_URL }, /MASTER_SECRET is missing/],
  [
    'no database',
    ['--from', 'x'],
    {},
    /DATABASE_URL is missing: DATABASE_URL='.+' npm run erase:replay$/,
  ],
  ['a mistyped database', ['--from', 'x'], { ...env, DATABASE_URL: 'hello' }, /is mistyped/],
  ['an unknown option', ['--form', 'x'], env, /'--form'; did you mean --from\?/],
  [
    'a file that is not there',
    ['--from', '/nowhere', '--tenant', 'x'],
    env,
    /^--from \/nowhere cannot be read$/,
  ],
])('%s is said', async (_, args, given, message) => {
  await expect(repeatErasuresAfterRestore(args, given)).rejects.toThrow(message)
})
