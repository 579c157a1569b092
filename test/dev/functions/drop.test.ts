import pg from 'pg'
import { expect, test } from 'vitest'
import { createMissingFunctions } from '../../../dev/functions/apply.ts'
import { planDrop, type Release } from '../../../dev/functions/drop.ts'
import { dropOldReleases } from '../../../dev/migrate.ts'
import { inSchemaChangeTransaction } from '../../../dev/schema-change-transaction.ts'
import { freshDatabase } from '../../support/database.ts'
import { pick, setFrom, source } from './source.ts'

const HOUR = 3_600_000
const now = new Date(Date.UTC(2026, 5, 1))
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR)

const release = (
  id: string,
  age: number,
  functions: string[],
  called: number | null = null,
): Release => ({
  id,
  functions,
  applied_at: ago(age),
  called_at: called === null ? null : ago(called),
})

test('the last two releases are kept, and what they need of older ones', () => {
  const releases = [
    release('first', 300, ['a_1', 'shared', 'legacy']),
    release('third', 100, ['a_3', 'legacy']),
    release('second', 200, ['a_2', 'shared', 'legacy']),
  ]
  expect(planDrop(releases, now)).toEqual({ releases: ['first'], functions: ['a_1'] })
})

test('a release that was called within a day is kept', () => {
  const releases = [
    release('first', 400, ['a_1'], 25),
    release('second', 300, ['a_2'], 23),
    release('third', 200, ['a_3']),
    release('fourth', 100, ['a_4']),
  ]
  expect(planDrop(releases, now)).toEqual({ releases: ['first'], functions: ['a_1'] })
})

test('two releases leave nothing to drop', () => {
  const releases = [release('first', 300, ['a_1']), release('second', 200, ['a_2'])]
  expect(planDrop(releases, now)).toEqual({ releases: [], functions: [] })
})

test('the functions of an old release are named and dropped, once', async () => {
  const database = await freshDatabase()
  const client = new pg.Client(database)
  await client.connect()
  await client.query('delete from release')
  const shared = source('shared', 'select n')
  const sets = [1, 2, 3].map((n) => setFrom(shared, source('changing', `select shared(n) + ${n}`)))
  for (const set of sets)
    await inSchemaChangeTransaction(client, () => createMissingFunctions(client, set))
  const [first, ...kept] = sets.map(({ functions }) => pick(functions, 'changing').own)
  expect(await dropOldReleases(database)).toEqual([`${first}(integer)`])
  expect(await dropOldReleases(database)).toEqual([])
  const { rows } = await client.query(
    `select ${kept.map((name) => `${name}(10)`).join(' + ')} as n`,
  )
  const { rows: releases } = await client.query('select id from release order by applied_at')
  await client.end()
  expect(rows).toEqual([{ n: 25 }])
  expect(releases.map(({ id }) => id)).toEqual(sets.slice(1).map((set) => set.release))
})
