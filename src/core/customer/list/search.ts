import { type Fragment, raw, sql } from '#db/fragment'
import { nameWordColumns } from '#db/generated/column'
import type { CustomerFilter } from '../filter.ts'
import { readSearch, type Search } from '../name.ts'
import { type Condition, inScope, looksAt, type Scope } from './condition.ts'
import { type CustomerColumn, column, either, every, unionOf, whole } from './sql.ts'

/** Every word begins a word of the name, or the whole begins the e-mail address. */
export function search(scope: Scope, { q }: CustomerFilter): Condition[] {
  if (q === undefined) return []
  const { words, email } = readSearch(q)
  const inName = words.map(
    (word) =>
      sql`' ' || ${column('firstNameKey', 's')} || ' ' || ${column('lastNameKey', 's')} like ${`% ${word}%`}`,
  )
  const tests = [
    ...(inName.length === 0 ? [] : [every(inName)]),
    ...(email === null ? [] : [sql`${column('emailKey', 's')} like ${beginningWith(email)}`]),
  ]
  return [
    {
      holds: looksAt(scope, either(tests)),
      looks: 'table',
      source: {
        order: null,
        rows: ({ most }) => found(scope, { words, email }, most),
        carries: false,
      },
      range: null,
    },
  ]
}

const word = {
  tenant: raw(nameWordColumns.tenant),
  word: raw(nameWordColumns.word),
  customerId: raw(nameWordColumns.customerId),
}

/** Looks up the longest word, for it is likely to be the rarest. */
function found(scope: Scope, { words, email }: Search, most: number): Fragment {
  const [longest] = words.toSorted((a, b) => b.length - a.length)
  const starting = (name: CustomerColumn, start: string) =>
    sql`(select ${column('id')} from customer where ${inScope(scope)} and ${column(name)} like ${beginningWith(start)}
      order by ${column(name)}, ${column('id')} limit ${whole(most)})`
  const inName = (start: string) => [
    starting('lastNameKey', start),
    starting('firstNameKey', start),
    sql`(select ${word.customerId} as id from name_word where ${word.tenant} = ${scope.tenant} and ${word.word} like ${beginningWith(start)}
      order by ${word.word}, ${word.customerId} limit ${whole(most)})`,
  ]
  const sources = [
    ...(longest === undefined ? [] : inName(longest)),
    ...(email === null ? [] : [starting('emailKey', email)]),
  ]
  if (sources.length === 0) return sql`select ${column('id')} from customer where false`
  return sql`select id from (${unionOf(sources)}) u limit ${whole(most)}`
}

const beginningWith = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`
