import type pg from 'pg'
import type { CustomerFilter } from '../../src/core/customer/filter.ts'
import type { CustomerSort } from '../../src/core/customer/sort.ts'
import type { Customers } from '../expected-list/customers.ts'
import { filterPredicates, matchingRows } from '../expected-list/filter.ts'
import type { SortedRows } from '../expected-list/sorted-rows.ts'
import { countListAsService } from './count.ts'
import { countProblem } from './count-problem.ts'
import { exactListProblems, guessedListProblems, type List } from './find-list-problems.ts'
import { positionOf } from './position.ts'
import { type Asked, type Drained, readListPages } from './read-list.ts'

type World = {
  readonly client: pg.Client
  readonly customers: Customers
  readonly orders: SortedRows
  readonly tenant: string
  readonly now: Date
}
type Case = { readonly filter: CustomerFilter; readonly sort: CustomerSort }
type Random = () => number

/** What was found out. It grows as the case is carried out, so that what comes before a failure is kept. */
export type Outcome = {
  /** How many match. */
  size: number
  /** Whether nobody matches, so that the list has those whom its search may mean. */
  isGuessed: boolean
  readonly readings: Drained[]
  readonly counts: { readonly counting: 'exact' | 'capped'; readonly ms: number }[]
  readonly problems: string[]
}

/** Longer lists are read up to here, and then from other places on. */
const MOST_ROWS = 20_000
/** A list that has not ended by then is taken for endless. */
const MOST_PAGES = 5000
const PAGES_OF_JUMP = 5
/** The second jump goes so near to the end that its pages reach it. */
const NEAR_END = 200

/** Reads a list and counts it, and compares both with the reference. A statement that fails is a problem, too. */
export async function checkCase(world: World, one: Case, random: Random): Promise<Outcome> {
  const outcome: Outcome = { size: 0, isGuessed: false, readings: [], counts: [], problems: [] }
  try {
    await check(world, one, random, outcome)
  } catch (error) {
    outcome.problems.push(`failed: ${error}`)
  }
  return outcome
}

async function check(world: World, { filter, sort }: Case, random: Random, outcome: Outcome) {
  const { client, customers, orders, tenant, now } = world
  const asked = { tenant, now, filter, sort }
  const tests = filterPredicates(customers, filter, now)
  const list = { customers, tests, expected: matchingRows(orders.of(sort), tests) }
  outcome.size = list.expected.length
  const range = { after: null, rows: MOST_ROWS, pages: MOST_PAGES }
  const first = await readListPages(client, asked, range, random)
  outcome.readings.push(first)
  outcome.isGuessed = outcome.size === 0 && mayGuess(filter)
  outcome.problems.push(
    ...(outcome.isGuessed
      ? guessedListProblems(customers, first.ids, asked)
      : exactListProblems(list, first, 0)),
  )
  if (first.pages.length === MOST_PAGES) outcome.problems.push(`no end after ${MOST_PAGES} pages`)
  if (outcome.size > MOST_ROWS) await checkJumps(world, { asked, list }, random, outcome)
  await checkCounts(world, asked, outcome)
}

type Jumping = { readonly asked: Asked; readonly list: List }

/** Goes on from any place, and from one near the end, with the cursor that a page before it would have had. */
async function checkJumps(
  { client, customers }: World,
  { asked, list }: Jumping,
  random: Random,
  { readings, problems }: Outcome,
): Promise<void> {
  const last = list.expected.length - 1
  for (const place of [random() * last, last - random() * NEAR_END].map(Math.floor)) {
    const after = positionOf(customers, asked.sort, list.expected[place] ?? 0)
    const jump = await readListPages(
      client,
      asked,
      { after, rows: last, pages: PAGES_OF_JUMP },
      random,
    )
    readings.push(jump)
    problems.push(...exactListProblems(list, jump, place + 1))
  }
}

/** Guessed customers were read to the end. The reference may know more, which neither the list nor the count considers. */
async function checkCounts(
  { client }: World,
  asked: Asked,
  { size, isGuessed, readings, counts, problems }: Outcome,
): Promise<void> {
  for (const counting of ['exact', 'capped'] as const) {
    const { count, ms } = await countListAsService(client, asked, counting)
    counts.push({ counting, ms })
    const wrong = countProblem(count, {
      truth: isGuessed ? (readings[0]?.ids.length ?? 0) : size,
      isComplete: counting === 'exact' && !isGuessed,
      isWhole: isGroup(asked.filter),
    })
    if (wrong !== null) problems.push(`${counting} count: ${wrong}`)
  }
}

/** Whether a search that nobody matches may have been misspelt. */
const mayGuess = ({ q }: CustomerFilter): boolean => q !== undefined && !q.includes('@')

/** Whether a filter asks for one group and for nothing else. */
const isGroup = ({ group, ...others }: CustomerFilter): boolean =>
  group?.length === 1 && Object.keys(others).length === 0
