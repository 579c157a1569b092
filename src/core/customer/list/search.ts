import { type Fragment, sql } from '#db/fragment'
import type { CustomerFilter } from '../filter.ts'
import { isUnspaced } from '../name.ts'
import { readSearch, type Search } from '../search.ts'
import { readKeys } from '../search-key.ts'
import {
  type Condition,
  firstIn,
  isInList,
  type Request,
  rowPasses,
  type Scope,
  type Source,
} from './condition.ts'
import { withAllWords, withEveryWord, withRarestWord } from './rarest.ts'
import { keySearch } from './search-key.ts'
import { type CustomerColumn, column, columns, either, every, unionOf, whole } from './sql.ts'

/**
 * Matches when every word, in one of the ways to read them, begins a word of the name, when the text begins the e-mail address, or when it
 * is an order number, a phone or a postal code.
 */
export function search(scope: Scope, { q }: CustomerFilter): Condition[] {
  if (q === undefined) return []
  const read = readSearch(q)
  const tests = [
    ...nameTests(read),
    ...read.emails.map((start) => sql`${column('emailKey', 's')} like ${beginningWith(start)}`),
  ]
  const keys = keySearch(scope, q, (text) => rowPasses(scope, either(nameTests(readSearch(text)))))
  const sources = keys.map(({ source }) => source)
  return [
    {
      holds: either([rowPasses(scope, either(tests)), ...keys.map(({ holds }) => holds)]),
      reads: 'table',
      source: sources.includes(null)
        ? null
        : {
            order: null,
            rows: (request) => found(scope, read, { request, sources, named: withRarestWord }),
            narrowed: (request) => found(scope, read, { request, sources, named: withAllWords }),
            carries: false,
            isExact: false,
            ...exactly(scope, q, { read, sources }),
          },
      range: null,
    },
  ]
}

type Sources = { readonly read: Search; readonly sources: readonly (Source | null)[] }

/** The source of exactly those who match, unless a number beside a name must be theirs as well. */
function exactly(scope: Scope, q: string, { read, sources }: Sources): Pick<Source, 'exact'> {
  const isAlone = readKeys(q).every(({ name }) => name === null)
  if (!isAlone || sources.some((source) => !source?.isExact)) return {}
  const inList = sources.map((source) => source && listedOnly(scope, source))
  return {
    exact: {
      order: null,
      rows: (request) => found(scope, read, { request, sources: inList, named: withEveryWord }),
      carries: false,
      isExact: true,
      isListed: true,
      marksCut: true,
    },
  }
}

const listedOnly = (scope: Scope, source: Source): Source =>
  source.isListed
    ? source
    : {
        ...source,
        rows: (request) =>
          sql`select k.id from (${source.rows(request)}) k where ${isInList(scope, sql`k.id`)}`,
      }

const nameTests = ({ names }: Search): Fragment[] => {
  const all = namesOf(names.flat().some(isUnspaced))
  return names.map((words) =>
    every(words.map((word) => sql`${all} like ${`% ${literally(word)}%`}`)),
  )
}

/** All words by which a customer is found, each behind a space. Where names are written without spaces, they are joined both ways. */
function namesOf(areJoined: boolean): Fragment {
  const [first, last] = [column('firstNameKey', 's'), column('lastNameKey', 's')]
  const names = sql`' ' || ${first} || ' ' || ${last}`
  if (!areJoined) return names
  const joint = (key: Fragment) => sql`replace(split_part(${key}, '  ', 1), ' ', '')`
  return sql`${names} || ' ' || ${joint(last)} || ${joint(first)} || ' ' || ${joint(first)} || ${joint(last)}`
}

type Lookup = {
  readonly request: Request
  readonly sources: readonly (Source | null)[]
  readonly named: typeof withRarestWord
}

/** Looks up the words of each way to read the text as a name, and its other readings. */
function found(
  scope: Scope,
  { names, emails }: Search,
  { request, sources, named }: Lookup,
): Fragment {
  const { most } = request
  const all = [
    ...(names.length === 0 ? [] : [sql`(${named(scope, names, most)})`]),
    ...emails.map((start) => starting(scope, 'emailKey', start, most)),
    ...sources.flatMap((source) => (source === null ? [] : [sql`(${source.rows(request)})`])),
  ]
  if (all.length === 0) return sql`select ${column('id')} from customer where false`
  return sql`select id from (${unionOf(all)}) u limit ${whole(most)}`
}

const starting = (scope: Scope, name: CustomerColumn, start: string, most: number): Fragment =>
  sql`(select id from (${firstIn(scope, {
    select: columns([name, 'id']),
    where: sql`${column(name)} like ${beginningWith(start)}`,
    order: columns([name, 'id']),
    most: whole(most),
  })}) n)`

const beginningWith = (text: string): string => `${literally(text)}%`

const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
