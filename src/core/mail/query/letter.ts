import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { MailTokenPurpose } from '#db/schema'
import type { MailTemplate } from '../template-and-language.ts'

/** The columns of a letter: each is a value or an expression. */
type Letter = {
  readonly template: MailTemplate
  /** Null: there is no recipient. The mail is written all the same, and deleted unsent. */
  readonly recipient: string | null
  readonly locale: string | null
  readonly customerId: string | null
  /** The address that the link proves. */
  readonly emailKey: string
  /** The purpose of its link; null without a link. */
  readonly purpose: MailTokenPurpose | null
  /** The subject of the link; null without one. */
  readonly subject: string | null
  /** The move to another address that the link confirms or undoes. */
  readonly changeId: string | null
  /** The keyed hash of the code that is in the mail instead of a link; null: a link. */
  readonly codeHash: string | null
  /** The provider of logins that it tells of, by its name; null: of none. */
  readonly provider: string | null
  /** The end of the link if it is earlier than usual; null: as usual. */
  readonly linkEndsAt: string | null
}

/** The columns of a select. Its one row is the mail; without a row there is no mail. */
export type LetterColumns = { readonly [K in keyof Letter]: SQL.Aliased<Letter[K]> }

type Source<T> = T | SQL | AnyPgColumn
type Sources = { readonly [K in keyof Letter]: Source<Letter[K]> }

const nothing = {
  purpose: null,
  subject: null,
  changeId: null,
  codeHash: null,
  provider: null,
  linkEndsAt: null,
}

/** The columns of a letter, each under its own name. A letter without a link or a provider leaves out their columns. */
export const letterColumns = (
  sources: Omit<Sources, keyof typeof nothing> & Partial<Sources>,
): LetterColumns => {
  const named = Object.entries({ ...nothing, ...sources })
  const columns = named.map(([name, source]) => [name, sql`${source}`.as(name)])
  return Object.fromEntries(columns) as LetterColumns
}
