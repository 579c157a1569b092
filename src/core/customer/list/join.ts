import { type Fragment, join, raw, sql } from '#db/fragment'
import {
  allHold,
  type Condition,
  type Conditions,
  exactOf,
  firstIn,
  meetsAll,
  type Scope,
  type Source,
} from './condition.ts'
import { ALL, carried, column, columns, countOf, either, table, whole } from './sql.ts'

type Joining = {
  /** The entries that are read in the order of their ids, at most. */
  readonly most: number
  /** The rows of a set that are read: in the order of their ids, if they have it. */
  readonly rowsOf: (source: Source) => Fragment
}

type Joined = {
  /** `other0`…: the rows of the sets, for `rows` and `isCut`. */
  readonly tables: readonly Fragment[]
  /** `from`, without the word, and `where`: the customers who match, among the rows that are read. */
  readonly rows: Fragment
  /** Whether there may be more rows than are read. */
  readonly isCut: Fragment
}

/**
 * The entries, tested by what they carry, joined with the sets that stand in other tables. With a set beside them they are read in the order of
 * their ids, as the sets are; alone, in the index of a condition. If a set has only customers of the list and no entry is tested, its ids stand
 * in for the entries. Sets are read once, and kept where it must be known whether one is cut.
 */
export function joinOf(conditions: Conditions, { most, rowsOf }: Joining): Joined {
  const { scope, all } = conditions
  const sets = all.filter(isElsewhere).flatMap((one) => exactOf(one) ?? one.source ?? [])
  const isKept = most < ALL
  const rowsAt = (i: number, source: Source) =>
    isKept ? raw(`other${i}`) : sql`(${rowsOf(source)}) s`
  const idsOf = sets.map((source, i) => sql`select distinct id from ${rowsAt(i, source)}`)
  const [carriedTests, looksUp] = [
    all.filter(({ reads }) => reads === 'nothing'),
    all.filter((one) => one.reads !== 'nothing' && exactOf(one) === null),
  ]
  const [first] = idsOf
  const isFirst = areListed(scope, sets) && carriedTests.length === 0 && looksUp.length === 0
  const [from, joined] =
    isFirst && first !== undefined
      ? [first, idsOf.slice(1)]
      : [entriesOf(conditions, sets.length === 0, { most, rowsOf }), idsOf]
  const others = joined.map((ids, i) => {
    const name = raw(`joined${i}`)
    return sql` join (${ids}) ${name} on ${name}.id = c.id`
  })
  const both = sql`select c.* from (${from}) c${join(others, '')} where ${isFirst ? sql`c.id is not null` : areListed(scope, sets) && carriedTests.length === 0 ? sql`true` : allHold(carriedTests)}`
  return {
    tables: isKept ? sets.map((source, i) => table(`other${i}`, rowsOf(source))) : [],
    // Without the fence each entry would be looked up before it is joined.
    rows: sql`(${both} offset 0) c where ${meetsAll(looksUp)}`,
    isCut: either([
      ...(isFirst ? [] : [sql`(select count(*) from (${from}) r) >= ${whole(most)}`]),
      ...sets.flatMap(({ marksCut }, i) => [
        sql`${countOf(`other${i}`)} >= ${whole(most)}`,
        ...(marksCut ? [sql`exists (select from ${raw(`other${i}`)} where id is null)`] : []),
      ]),
    ]),
  }
}

/** The entries that are joined with the sets, in the order of their ids; without a set, those of one index of entries. */
function entriesOf(
  { scope, all }: Conditions,
  isAlone: boolean,
  { most, rowsOf }: Joining,
): Fragment {
  const inOneIndex = all.find(({ source }) => source?.carries)?.source ?? null
  if (isAlone && inOneIndex !== null) return rowsOf(inOneIndex)
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
