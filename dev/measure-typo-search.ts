import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { filterConditions } from '../src/core/customer/list/filter-conditions.ts'
import { listStatement } from '../src/core/customer/list/list-statement.ts'
import { toFoundPage } from '../src/core/customer/list/unfiltered-list-and-page.ts'
import { LIST_SEARCH_BOUNDS } from '../src/core/customer/list.ts'
import { toSortKey } from '../src/core/customer/sort.ts'
import { explainPageSearch } from './explain-page-search.ts'
import { migrate } from './migrate.ts'
import { startPostgres } from './postgres.ts'
import {
  insertPeople,
  type MisspeltName,
  misspeltNames,
  randomPeople,
  seededDraws,
} from './typo/people-and-misspelt-names.ts'
import { withConnection } from './with-connection.ts'

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    names: { type: 'string', default: '500' },
    seed: { type: 'string', default: '7' },
  },
})
const TENANT = 'demo'
const FIRST = 5

/** Finds misspelt names among customers of many languages, and says how often the right person is among the first five. */
async function sweep(client: pg.Client): Promise<void> {
  const draw = seededDraws(Number(values.seed))
  const people = randomPeople(Number(values.customers), draw)
  await insertPeople(client, TENANT, people)
  await client.query('vacuum (analyze) customer, name_word, name_spelling')
  const { rows } = await client.query(
    `select count(*) filter (where spelling = word)::int as words, count(*)::int as spellings,
      pg_total_relation_size('name_spelling') as bytes, pg_total_relation_size('name_word') as others from name_spelling`,
  )
  console.log(`${people.length} customers, dictionary and words`, rows[0])
  for (const wrong of [1, 2] as const) {
    await measure(
      client,
      `${wrong} wrong`,
      misspeltNames(people, Number(values.names), wrong, draw),
    )
  }
  const right = misspeltNames(people, Number(values.names), 1, draw).map(
    ({ person, ...label }) => ({
      ...label,
      person,
      typed: `${person.firstName} ${person.lastName}`,
    }),
  )
  for (const guesses of [true, false, true, false]) {
    await measure(client, `as written${guesses ? '' : ', without a guess'}`, right, guesses)
  }
}

async function measure(
  client: pg.Client,
  name: string,
  list: readonly MisspeltName[],
  guesses = true,
) {
  const times: number[] = []
  const plans: number[] = []
  const missed: string[] = []
  const hits = { person: 0, namesake: 0 }
  for (const { typed, person, namesakes } of list) {
    const conditions = filterConditions(TENANT, { q: typed }, new Date())
    const query = listStatement({
      conditions: guesses ? conditions : { ...conditions, guess: null },
      ...{
        currency: 'USD',
        sort: toSortKey('createdAt:desc'),
        limit: 20,
        after: null,
        bounds: LIST_SEARCH_BOUNDS,
      },
    })
    const from = performance.now()
    const { rows } = await client.query(query.sent.text, [...query.sent.values])
    times.push(performance.now() - from)
    const first = toFoundPage(query.result(rows)).customers.slice(0, FIRST)
    plans.push((await explainPageSearch(client, query)).planning)
    const isThere = first.some(({ id }) => id === person.id)
    if (isThere) hits.person++
    else missed.push(`${typed} (${person.firstName} ${person.lastName})`)
    if (first.some(({ id }) => namesakes.has(id))) hits.namesake++
  }
  const at = (share: number, of = times) =>
    of.toSorted((a, b) => a - b)[Math.ceil(of.length * share) - 1]?.toFixed(1)
  const percent = (n: number) => `${((100 * n) / list.length).toFixed(1)} %`
  console.log(
    `${name}: person ${percent(hits.person)}, one of that name ${percent(hits.namesake)}, ms p50 ${at(0.5)} p95 ${at(0.95)} max ${at(1)}; of which planning ${at(0.5, plans)} and ${at(0.95, plans)}`,
  )
  if (missed.length > 0) console.log(`  missed: ${missed.slice(0, 8).join(', ')}`)
}

const folder = await mkdtemp(join(tmpdir(), 'customer-typo-'))
const postgres = await startPostgres({ folder: join(folder, 'postgres') })
try {
  await migrate(postgres.connectionString())
  await withConnection(postgres.connectionString(), sweep)
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
