import { type Fragment, join, raw, sql } from '#db/fragment'
import { allHold, type Condition, type Conditions, firstIn, type Source } from './condition.ts'
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
export function joinOf({ scope, all }: Conditions, { most, rowsOf }: Joining): Joined {
  const elsewhere = all.filter(isElsewhere)
  const sets = elsewhere.flatMap(({ source }) => source ?? [])
  const inOneIndex = all.find(({ source }) => source?.carries)?.source ?? null
  const entries =
    sets.length === 0 && inOneIndex !== null
      ? rowsOf(inOneIndex)
      : firstIn(scope, {
          from: 'list_entry',
          select: columns(carried),
          where: sql`true`,
          order: column('id'),
          most: whole(most),
        })
  const read = [entries, ...sets.map(rowsOf)]
  const others = sets.map((source, i) => {
    const name = raw(`other${i}`)
    return sql` join (select distinct id from (${rowsOf(source)}) s) ${name} on ${name}.id = c.id`
  })
  const [carriedTests, looksUp] = [
    all.filter(({ reads }) => reads === 'nothing'),
    all.filter(({ reads, source }) => reads !== 'nothing' && !source?.isExact),
  ]
  const both = sql`select c.* from (${entries}) c${join(others, '')} where ${allHold(carriedTests)}`
  return {
    // Without the fence each entry would be looked up before it is joined.
    rows: sql`(${both} offset 0) c where ${allHold(looksUp)}`,
    isCut: either(read.map((rows) => sql`(select count(*) from (${rows}) r) >= ${whole(most)}`)),
  }
}

/** Whether entries have no column for the condition, but another table has a set of ids. */
const isElsewhere = ({ reads, source }: Condition): boolean =>
  reads !== 'nothing' && source !== null
