import { expect, test, vi } from 'vitest'
import { runMigrate } from '../../../dev/migrate.ts'
import { findFreePort } from '../../../dev/port.ts'
import { withConnection } from '../../../dev/with-connection.ts'
import { emptyDatabase } from '../../support/database.ts'

const PASSWORD = 'a-secret-of-mine'

const run = (databaseUrl: string | undefined, ...args: string[]) =>
  runMigrate({ databaseUrl, args })

/** What a command that fails says. */
async function sentence(databaseUrl: string | undefined, ...args: string[]): Promise<string> {
  const message = await run(databaseUrl, ...args).then(
    () => expect.unreachable('it does not fail'),
    (error: Error) => error.message,
  )
  expect(message).not.toMatch(/\n|secret/)
  return message
}

const changed = (database: string, change: Partial<URL>) =>
  Object.assign(new URL(database), change).href

test('an empty database is told what was applied, the next time that there is nothing', async () => {
  const database = await emptyDatabase()
  expect(await run(database)).toEqual([
    'applied 0000_tables.sql',
    expect.stringMatching(/^made \d+ functions of release [\da-f]{16}$/),
  ])
  expect(await run(database)).toEqual([
    expect.stringMatching(/^nothing to apply: the database has release [\da-f]{16}$/),
  ])
  expect(await run(database, '--drop-old')).toEqual(['nothing to drop'])
})

test('without an address the command says how it is given', async () => {
  for (const none of [undefined, '']) {
    expect(await sentence(none)).toMatch(/^DATABASE_URL is missing: DATABASE_URL='postgresql:/)
  }
})

test.each([
  'a-secret-of-mine',
  `"postgresql://me:${PASSWORD}@localhost/db"`,
  `mysql://me:${PASSWORD}@localhost/db`,
  `postgresql://me:12#${PASSWORD}@localhost/db`,
  `postgresql://me:12/${PASSWORD}@localhost/db`,
  `postgresql://me:12?${PASSWORD}@localhost/db`,
  `postgresql://me:${PASSWORD}%zz@localhost/db`,
  `postgresql://me:${PASSWORD}/x@localhost/db`,
  `postgresql:///${PASSWORD}`,
])('an address that is mistyped is told so, without a word of it: %#', async (address) => {
  expect(await sentence(address)).toMatch(/^DATABASE_URL is mistyped: it must be like postgresql:/)
})

test('a database that is not there is told with its place', async () => {
  const port = await findFreePort()
  expect(await sentence(`postgresql://me:${PASSWORD}@localhost:${port}/db`)).toBe(
    `The database at localhost:${port} was not reached: nothing listens there`,
  )
  expect(await sentence(`postgresql://me:${PASSWORD}@nowhere.invalid/db`)).toMatch(
    /^The database at nowhere\.invalid:5432 was not reached: /,
  )
})

test('a database that refuses is told with what it says', async () => {
  const database = await emptyDatabase()
  const { host } = new URL(database)
  expect(await sentence(changed(database, { password: PASSWORD }))).toBe(
    `The database at ${host} was not migrated: password authentication failed for user "postgres"`,
  )
  expect(await sentence(changed(database, { pathname: '/nothing' }))).toBe(
    `The database at ${host} was not migrated: database "nothing" does not exist`,
  )
})

test('a database without TLS is told, and the driver has nothing to warn of', async () => {
  const warned = vi.spyOn(process, 'emitWarning')
  const database = await emptyDatabase()
  const address = changed(database, { search: '?sslmode=require' })
  expect(await sentence(address)).toBe(
    `The database at ${new URL(database).host} was not migrated: The server does not support SSL connections`,
  )
  expect(warned).not.toHaveBeenCalled()
  warned.mockRestore()
})

test('a database that others have filled is left alone, and told', async () => {
  const database = await emptyDatabase()
  await withConnection(database, (client) => client.query('create table webhook (id int)'))
  expect(await sentence(database)).toBe(
    `The database at ${new URL(database).host} was not migrated: PostgreSQL refuses 0000_tables.sql: relation "webhook" already exists`,
  )
})

test('an option that there is not is told', async () => {
  expect(await sentence(undefined, '--drop')).toContain("Unknown option '--drop'")
})
