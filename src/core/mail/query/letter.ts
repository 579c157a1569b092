import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Purpose } from '#db/schema'
import type { Template } from '../template.ts'

/** What a letter says, by column: a value, or an expression of it. */
type Letter = {
  readonly template: Template
  /** Null: nobody. The same is written for nobody, and thrown away unsent. */
  readonly recipient: string | null
  readonly locale: string | null
  readonly customerId: string | null
  /** The address that the link proves. */
  readonly emailKey: string
  /** What the link in it is good for; null for none. */
  readonly purpose: Purpose | null
  /** Whose link that is; null for nobody's. */
  readonly subject: string | null
  /** The move to another address that the link confirms or undoes. */
  readonly changeId: string | null
}

/** The columns of a select with one row, or none for no mail. */
export type LetterColumns = { readonly [K in keyof Letter]: SQL.Aliased<Letter[K]> }

type Source<T> = T | SQL | AnyPgColumn
type Sources = { readonly [K in keyof Letter]: Source<Letter[K]> }

const nothing = { purpose: null, subject: null, changeId: null }

/** The columns of a letter, each under its own name. A letter without a link leaves out what is about the link. */
export const letter = (
  sources: Omit<Sources, keyof typeof nothing> & Partial<Sources>,
): LetterColumns => {
  const named = Object.entries({ ...nothing, ...sources })
  const columns = named.map(([name, source]) => [name, sql`${source}`.as(name)])
  return Object.fromEntries(columns) as LetterColumns
}
