import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { withConnection } from '../../../dev/with-connection.ts'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { formsOf } from '../../support/forget/form.ts'
import { quentoria } from '../../support/forget/people.ts'
import { searchTables } from '../../support/forget/search.ts'
import { sql } from '../../support/sql.ts'

const database = await freshDatabase()
const app = await startTestApp({ database })
const { call, db, tenant } = app
const DAY = 86_400_000

const passing = {
  emails: ['Passing.Quent@example.test'],
  names: ['Passingquent', 'Müllerova-Quentoria'],
  phones: ['+493012345678'],
  streets: ['Quentoriagasse 17b', 'Quentstadt'],
  texts: { ...quentoria.texts },
  addresses: [],
}
const forms = formsOf(passing)
const search = () => withConnection(database, (client) => searchTables(client, forms))

test('a guest whose time is over leaves as little as an erased customer, and who registers with its address meanwhile can go on', async () => {
  const [email = ''] = passing.emails
  const address = {
    line1: 'Quentoriagasse 17b',
    city: 'Quentstadt',
    postalCode: '10115',
    country: 'DE',
    phone: '+493012345678',
  }
  const body = { email, firstName: 'Passingquent', lastName: 'Müllerova-Quentoria', address }
  const { body: guest } = await call('POST', '/customer/guest', {
    body,
    headers: { 'Idempotency-Key': 'passing' },
  })
  const now = app.runtime.now()
  await db.run([
    sql`insert into dead_letter (tenant, id, queue, kind, subject, body, attempts, created_at)
      values (${tenant}, ${newId('deadLetter', now)}, 'customer-dead', 'unreadable', ${newId('job', now)},
        ${JSON.stringify({ customerId: guest.id, note: 'quentnote in a dead letter' })}, 11, ${now.toISOString()})`,
  ])
  await app.drain()
  const places = new Set((await search()).map(({ place }) => place))
  for (const place of [
    'address.line1',
    'customer.email',
    'dead_letter.body',
    'event.data',
    'find_key.value',
    'idempotency.answer',
    'name_spelling.word',
  ]) {
    expect([...places]).toContain(place)
  }
  app.advance(91 * DAY)
  // A night runs its tasks once; the words of the names go with the next one.
  await app.cron('17 3 * * *')
  app.advance(DAY)
  await call('POST', '/customer', {
    body: { email, password: 'a river of quents 42' },
    token: await app.storefrontToken(),
  })
  await app.cron('17 3 * * *')
  const left = new Set((await search()).map(({ place }) => place.split('.')[0]))
  expect(
    [...left].filter((table) => table !== 'attempt' && table !== 'mail_token' && table !== 'mail'),
  ).toEqual([])
  expect([...left]).toContain('attempt')
})
