import { type Fragment, sqlFragment } from '#db/fragment'
import type { CustomerFilter } from '../filter.ts'
import { hasUnspacedScript } from '../name-key.ts'
import { readSearchKeys } from '../search-key-reading.ts'
import { readSearch, type Search } from '../search-text-reading.ts'
import {
  type Condition,
  customerRowMeets,
  firstRowsOfScope,
  hasListEntryWithId,
  type IdSource,
  type ListScope,
  type SourceRequest,
} from './condition.ts'
import { candidatesByAllWords, candidatesByRarestWord, idsWithAllWords } from './ids-by-words.ts'
import { searchKeyConditions } from './search-key-conditions.ts'
import {
  type CustomerColumn,
  columnFragment,
  columnFragments,
  either,
  every,
  literalNumber,
  unionAllOf,
} from './sql.ts'

/**
 * Matches when every word, in one of the ways to read them, begins a word of the name, when the text begins the e-mail address, or when it
 * is an order number, a phone or a postal code.
 */
export function searchConditions(scope: ListScope, { q }: CustomerFilter): Condition[] {
  if (q === undefined) return []
  const read = readSearch(q)
  const tests = [
    ...nameTests(read),
    ...read.emails.map(
      (start) => sqlFragment`${columnFragment('emailKey', 's')} like ${beginningWith(start)}`,
    ),
  ]
  const keys = searchKeyConditions(scope, q, (text) =>
    customerRowMeets(scope, either(nameTests(readSearch(text)))),
  )
  const sources = keys.map(({ source }) => source)
  return [
    {
      holds: either([customerRowMeets(scope, either(tests)), ...keys.map(({ holds }) => holds)]),
      reads: 'table',
      source: sources.includes(null)
        ? null
        : {
            order: null,
            rows: (request) =>
              found(scope, read, { request, sources, named: candidatesByRarestWord }),
            narrowed: (request) =>
              found(scope, read, { request, sources, named: candidatesByAllWords }),
            carries: false,
            isExact: false,
            ...exactly(scope, q, { read, sources }),
          },
      range: null,
    },
  ]
}

type Sources = { readonly read: Search; readonly sources: readonly (IdSource | null)[] }

/** The source of exactly those who match, unless a number beside a name must be theirs as well. */
function exactly(scope: ListScope, q: string, { read, sources }: Sources): Pick<IdSource, 'exact'> {
  const isAlone = readSearchKeys(q).every(({ name }) => name === null)
  if (!isAlone || sources.some((source) => !source?.isExact)) return {}
  const inList = sources.map((source) => source && listedOnly(scope, source))
  return {
    exact: {
      order: null,
      rows: (request) => found(scope, read, { request, sources: inList, named: idsWithAllWords }),
      carries: false,
      isExact: true,
      isListed: true,
      marksCut: true,
    },
  }
}

const listedOnly = (scope: ListScope, source: IdSource): IdSource =>
  source.isListed
    ? source
    : {
        ...source,
        rows: (request) =>
          sqlFragment`select k.id from (${source.rows(request)}) k where ${hasListEntryWithId(scope, sqlFragment`k.id`)}`,
      }

const nameTests = ({ names }: Search): Fragment[] => {
  const all = namesOf(names.flat().some(hasUnspacedScript))
  return names.map((words) =>
    every(words.map((word) => sqlFragment`${all} like ${`% ${literally(word)}%`}`)),
  )
}

/** All words by which a customer is found, each behind a space. Where names are written without spaces, they are joined both ways. */
function namesOf(areJoined: boolean): Fragment {
  const [first, last] = [columnFragment('firstNameKey', 's'), columnFragment('lastNameKey', 's')]
  const names = sqlFragment`' ' || ${first} || ' ' || ${last}`
  if (!areJoined) return names
  const joint = (key: Fragment) => sqlFragment`replace(split_part(${key}, '  ', 1), ' ', '')`
  return sqlFragment`${names} || ' ' || ${joint(last)} || ${joint(first)} || ' ' || ${joint(first)} || ${joint(last)}`
}

type Lookup = {
  readonly request: SourceRequest
  readonly sources: readonly (IdSource | null)[]
  readonly named: typeof candidatesByRarestWord
}

/** Looks up the words of each way to read the text as a name, and its other readings. */
function found(
  scope: ListScope,
  { names, emails }: Search,
  { request, sources, named }: Lookup,
): Fragment {
  const { most } = request
  const all = [
    ...(names.length === 0 ? [] : [sqlFragment`(${named(scope, names, most)})`]),
    ...emails.map((start) => starting(scope, 'emailKey', start, most)),
    ...sources.flatMap((source) =>
      source === null ? [] : [sqlFragment`(${source.rows(request)})`],
    ),
  ]
  if (all.length === 0) return sqlFragment`select ${columnFragment('id')} from customer where false`
  return sqlFragment`select id from (${unionAllOf(all)}) u limit ${literalNumber(most)}`
}

const starting = (scope: ListScope, name: CustomerColumn, start: string, most: number): Fragment =>
  sqlFragment`(select id from (${firstRowsOfScope(scope, {
    select: columnFragments([name, 'id']),
    where: sqlFragment`${columnFragment(name)} like ${beginningWith(start)}`,
    order: columnFragments([name, 'id']),
    most: literalNumber(most),
  })}) n)`

const beginningWith = (text: string): string => `${literally(text)}%`

const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
