import { type Fragment, join, raw, sql } from '#db/fragment'
import {
  allHold,
  type Condition,
  type Conditions,
  exactOf,
  firstIn,
  holdAll,
  type Scope,
  type Source,
} from './condition.ts'
import { carried, column, columns, either, whole } from './sql.ts'

type Joining = {
  /** The entries that are read in the order of their ids, at most. */
  readonly most: number
  /** The rows of a set that are read: in the order of their ids, if they have it. */
  readonly rowsOf: (source: Source) => Fragment
}

type Joined = {
  /** `from`, without the word, and `where`: the customers who match, among the rows that are read. */
  readonly rows: Fragment
  /** Whether there may be more rows than are read. */
  readonly isCut: Fragment
}

/**
 * The entries, tested by what they carry, joined with the sets that stand in other tables. With a set beside them they are read in the order of
 * their ids, as the sets are; alone, in the index of a condition.
 */
export function joinOf(conditions: Conditions, { most, rowsOf }: Joining): Joined {
  const { scope, all } = conditions
  const elsewhere = all.filter(isElsewhere)
  const sets = elsewhere.flatMap((one) => exactOf(one) ?? one.source ?? [])
  const entries = entriesOf(conditions, sets, { most, rowsOf })
  const others = sets.map((source, i) => {
    const name = raw(`other${i}`)
    return sql` join (select distinct id from (${rowsOf(source)}) s) ${name} on ${name}.id = c.id`
  })
  const [carriedTests, looksUp] = [
    all.filter(({ reads }) => reads === 'nothing'),
    all.filter((one) => one.reads !== 'nothing' && exactOf(one) === null),
  ]
  const isCut = [entries, ...sets.map(rowsOf)].map(
    (rows) => sql`(select count(*) from (${rows}) r) >= ${whole(most)}`,
  )
  const both = sql`select c.* from (${entries}) c${join(others, '')} where ${areListed(scope, sets) && carriedTests.length === 0 ? sql`true` : allHold(carriedTests)}`
  return {
    // Without the fence each entry would be looked up before it is joined.
    rows: sql`(${both} offset 0) c where ${holdAll(looksUp)}`,
    isCut: either([...isCut, ...sets.flatMap((source) => source.isCut?.(most) ?? [])]),
  }
}

/** The rows that are joined with the sets: entries, unless a set has only customers of the list and no entry is tested. */
function entriesOf(
  { scope, all }: Conditions,
  sets: readonly Source[],
  { most, rowsOf }: Joining,
): Fragment {
  const [first] = sets
  const inOneIndex = all.find(({ source }) => source?.carries)?.source ?? null
  if (first === undefined && inOneIndex !== null) return rowsOf(inOneIndex)
  const tested = all.some(({ reads }) => reads === 'nothing')
  const looksUp = all.some((one) => one.reads !== 'nothing' && exactOf(one) === null)
  if (first !== undefined && areListed(scope, sets) && !tested && !looksUp) {
    return sql`select distinct id from (${rowsOf(first)}) f`
  }
  return firstIn(scope, {
    from: 'list_entry',
    select: columns(carried),
    where: sql`true`,
    order: column('id'),
    most: whole(most),
  })
}

/** Whether a set has nobody whom the list does not have. */
const areListed = ({ parts }: Scope, sets: readonly Source[]): boolean =>
  !parts.includes(false) && sets.some(({ isListed }) => isListed)

/** Whether entries have no column for the condition, but another table has a set of ids. */
const isElsewhere = ({ reads, source }: Condition): boolean =>
  reads !== 'nothing' && source !== null
