import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp({ settings: { auto_merge_guest: false } })
const { account, guest, claim, find, merge, freshEmail } = shopIn(app)
const { call, db, tenant } = app

test('a store that wants no automatic merges gets none, unless it asks', async () => {
  const email = freshEmail()
  const visitor = await guest({ email })
  const { id } = await account({ email })
  await claim(email)
  await app.cron()
  await app.drain()
  expect((await find(visitor.id)).status).toBe('guest')
  expect((await merge(id, visitor.id)).status).toBe(201)
})

test('what was due when the store changed its mind is forgotten', async () => {
  const email = freshEmail()
  const visitor = await guest({ email })
  const { id } = await account({ email })
  await claim(email)
  await db.run([
    sql`insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at)
      values (${tenant}, 'mrg_due', 'pending', ${id}, ${visitor.id}, true, now())`,
    sql`insert into job (tenant, id, kind, payload, due_at, created_at)
      values (${tenant}, 'job_due', 'merge', '{"merge":"mrg_due"}', now(), now())`,
  ])
  await app.runtime.send([{ tenant, id: 'job_due', kind: 'merge' }])
  await app.drain()
  expect((await call('GET', '/merge?state=pending')).body.data).toEqual([])
  const [jobs = []] = await db.run([
    sql`select from job where tenant = ${tenant} and kind = 'merge'`,
  ])
  expect([jobs.length, (await find(visitor.id)).status]).toEqual([0, 'guest'])
})
