import { expect, test } from 'vitest'
import { release } from '#db/generated/release'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp({ database: await freshDatabase() })

async function calledAt(): Promise<unknown> {
  const [rows] = await app.db.run([
    sql`select called_at is not null as called, called_at::text as at from release where id = ${release}`,
  ])
  return rows?.[0]
}

test('a Worker notes once an hour that its release is in use, the first time within a minute', async () => {
  expect(await calledAt(), 'the release that was migrated is that of the code').toEqual({
    called: false,
    at: null,
  })
  await app.cron('* * * * *')
  const first = await calledAt()
  expect(first).toMatchObject({ called: true })
  app.advance(59 * 60_000)
  await app.cron('* * * * *')
  expect(await calledAt()).toEqual(first)
  app.advance(2 * 60_000)
  await app.cron('* * * * *')
  expect(await calledAt()).not.toEqual(first)
})

test('a Worker whose functions were never applied notes nothing and goes on', async () => {
  await app.db.run([sql`delete from release`])
  app.advance(61 * 60_000)
  await app.cron('* * * * *')
  expect(await calledAt()).toBeUndefined()
})
