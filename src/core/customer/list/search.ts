import { type SQL, sql } from 'drizzle-orm'
import type { CustomerFilter } from '../filter.ts'
import { readSearch, type Search } from '../name.ts'
import { type Condition, inScope, looksAt, type Scope } from './condition.ts'
import { either, every, unionOf, whole } from './sql.ts'

/** Every word begins a word of the name, or the whole begins the e-mail address. */
export function search(scope: Scope, { q }: CustomerFilter): Condition[] {
  if (q === undefined) return []
  const { words, email } = readSearch(q)
  const inName = words.map(
    (word) => sql`' ' || s.first_name_key || ' ' || s.last_name_key like ${`% ${word}%`}`,
  )
  const tests = [
    ...(inName.length === 0 ? [] : [every(inName)]),
    ...(email === null ? [] : [sql`s.email_key like ${beginningWith(email)}`]),
  ]
  return [
    {
      holds: looksAt(scope, either(tests)),
      looks: 'table',
      source: {
        order: 'word',
        rows: ({ most }) => found(scope, { words, email }, most),
        carries: false,
      },
      range: null,
    },
  ]
}

/** Looks up the longest word, for it is likely to be the rarest. */
function found(scope: Scope, { words, email }: Search, most: number): SQL {
  const [word] = words.toSorted((a, b) => b.length - a.length)
  const starting = (column: string, start: string) =>
    sql`(select id from customer where ${inScope(scope)} and ${sql.raw(column)} like ${beginningWith(start)}
      order by ${sql.raw(column)}, id limit ${whole(most)})`
  const inName = (start: string) => [
    starting('last_name_key', start),
    starting('first_name_key', start),
    sql`(select customer_id as id from name_word where tenant = ${scope.tenant} and word like ${beginningWith(start)}
      order by word, customer_id limit ${whole(most)})`,
  ]
  const sources = [
    ...(word === undefined ? [] : inName(word)),
    ...(email === null ? [] : [starting('email_key', email)]),
  ]
  if (sources.length === 0) return sql`select id from customer where false`
  return sql`select id from (${unionOf(sources)}) u limit ${whole(most)}`
}

const beginningWith = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`
