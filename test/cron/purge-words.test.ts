import { expect, test } from 'vitest'
import { nameKey } from '../../src/core/customer/name-key.ts'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { beside } from '../support/meanwhile.ts'
import { sql } from '../support/sql.ts'

const database = await freshDatabase()
const app = await startTestApp({ database })
const { call, db, tenant } = app
const night = () => app.cron('17 3 * * *')

let people = 0
async function create(firstName: string, lastName: string): Promise<string> {
  const email = `word${++people}@example.com`
  const { body } = await call('POST', '/customer', { body: { email, firstName, lastName } })
  return body.id
}

async function words(of = tenant): Promise<unknown[]> {
  const [rows = []] = await db.run([
    sql`select distinct word from name_spelling where tenant = ${of} order by word`,
  ])
  return rows.map(({ word }) => word)
}

async function found(q: string): Promise<unknown[]> {
  const { body } = await call('GET', `/customer?q=${encodeURIComponent(q)}`)
  return body.data.map(({ id }: { id: string }) => id)
}

test('a word stays in the dictionary as long as a customer has it', async () => {
  const gone = await create('Ana María', 'Quillfeather')
  const kept = await create('María', "O'Hara")
  const renamed = await create('Zebulon', '王 小明')
  expect(await found('quilfeather')).toEqual([gone])
  await call('DELETE', `/customer/${gone}`)
  await call('PATCH', `/customer/${renamed}`, { body: { firstName: 'Zoë', lastName: null } })
  // Until the night, what nobody is called finds nobody.
  expect([await found('quilfeather'), await found('zebuln'), await found('王小名')]).toEqual([
    [],
    [],
    [],
  ])
  await night()
  expect(await words()).toEqual(['hara', 'maria', 'ohara', 'zoe'])
  expect(await found('ohra')).toEqual([kept])
  const [[left] = []] = await db.run([
    sql`select count(*)::int as spellings from name_spelling where tenant = ${tenant}`,
  ])
  expect(left).toEqual({ spellings: 5 + 6 + 6 + 4 })
})

test('a word that somebody is getting stays, and finds the person', async () => {
  const before = await create('Ludo', 'Vanishing')
  await call('DELETE', `/customer/${before}`)
  const { body } = await call('POST', '/customer', { body: { email: 'late@example.com' } })
  const rename = `update customer set last_name = 'Vanishing', last_name_key = $3 where tenant = $1 and id = $2`
  const { waited } = await beside(
    [[rename, [tenant, body.id, nameKey('Vanishing')]]],
    night,
    [],
    database,
  )
  expect(waited).toBe(true)
  expect(await words()).toContain('vanishing')
  expect(await words()).not.toContain('ludo')
  expect(await found('vansihing')).toEqual([body.id])
})

test('the scan goes on after its first step, to the last word of its tenant alone', async () => {
  const many = 2100
  const dictionary = (of: string) =>
    sql`insert into name_spelling (tenant, spelling, word)
      select ${of}, word, word from (select 'nobody' || translate(n::text, '0123456789', 'abcdefghij') from generate_series(1, ${many}::int) n) w (word)`
  await db.run([dictionary(tenant), dictionary('elsewhere')])
  await night()
  expect((await words()).filter((word) => String(word).startsWith('nobody'))).toEqual([])
  expect(await words('elsewhere')).toHaveLength(many)
})
