import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import {
  type Condition,
  type Conditions,
  exactSourceOf,
  firstRowsOfScope,
  type IdSource,
  isListedAndMeetsAll,
  type ListScope,
  meetsAll,
} from './condition.ts'
import {
  carriedColumns,
  columnFragment,
  columnFragments,
  either,
  literalNumber,
  materializedTable,
  NO_BOUND,
  rowCountOfTable,
} from './sql.ts'

type Joining = {
  /** The entries that are read in the order of their ids, at most. */
  readonly most: number
  /** The rows of a set that are read: in the order of their ids, if they have it. */
  readonly rowsOf: (source: IdSource) => Fragment
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
 * The entries, tested by what they carry, joined with the sets that stand in other tables. If there are sets, the entries are read in the order of their ids, as the sets are. Otherwise they are read from the index of a condition. If a set has only customers of the list and no entry is tested, its ids stand
 * in for the entries. Sets are read once, and kept where it must be known whether one is cut.
 */
export function joinSets(conditions: Conditions, { most, rowsOf }: Joining): Joined {
  const { scope, all } = conditions
  const sets = all.filter(isElsewhere).flatMap((one) => exactSourceOf(one) ?? one.source ?? [])
  const isKept = most < NO_BOUND
  const rowsAt = (i: number, source: IdSource) =>
    isKept ? rawFragment(`other${i}`) : sqlFragment`(${rowsOf(source)}) s`
  const idsOf = sets.map((source, i) => sqlFragment`select distinct id from ${rowsAt(i, source)}`)
  const [carriedTests, looksUp] = [
    all.filter(({ reads }) => reads === 'nothing'),
    all.filter((one) => one.reads !== 'nothing' && exactSourceOf(one) === null),
  ]
  const [first] = idsOf
  const isFirst = areListed(scope, sets) && carriedTests.length === 0 && looksUp.length === 0
  const [from, joined] =
    isFirst && first !== undefined
      ? [first, idsOf.slice(1)]
      : [entriesOf(conditions, sets.length === 0, { most, rowsOf }), idsOf]
  const others = joined.map((ids, i) => {
    const name = rawFragment(`joined${i}`)
    return sqlFragment` join (${ids}) ${name} on ${name}.id = c.id`
  })
  const both = sqlFragment`select c.* from (${from}) c${joinFragments(others, '')} where ${isFirst ? sqlFragment`c.id is not null` : areListed(scope, sets) && carriedTests.length === 0 ? sqlFragment`true` : isListedAndMeetsAll(carriedTests)}`
  return {
    tables: isKept ? sets.map((source, i) => materializedTable(`other${i}`, rowsOf(source))) : [],
    // Without the fence each entry would be looked up before it is joined.
    rows: sqlFragment`(${both} offset 0) c where ${meetsAll(looksUp)}`,
    isCut: either([
      ...(isFirst
        ? []
        : [sqlFragment`(select count(*) from (${from}) r) >= ${literalNumber(most)}`]),
      ...sets.flatMap(({ marksCut }, i) => [
        sqlFragment`${rowCountOfTable(`other${i}`)} >= ${literalNumber(most)}`,
        ...(marksCut
          ? [sqlFragment`exists (select from ${rawFragment(`other${i}`)} where id is null)`]
          : []),
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
  return firstRowsOfScope(scope, {
    from: 'list_entry',
    select: columnFragments(carriedColumns),
    where: sqlFragment`true`,
    order: columnFragment('id'),
    most: literalNumber(most),
  })
}

/** Whether a set has nobody whom the list does not have. */
const areListed = ({ parts }: ListScope, sets: readonly IdSource[]): boolean =>
  !parts.includes(false) && sets.some(({ isListed }) => isListed)

/** Whether entries have no column for the condition, but another table has a set of ids. */
const isElsewhere = ({ reads, source }: Condition): boolean =>
  reads !== 'nothing' && source !== null
