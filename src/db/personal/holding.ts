import type { PgTable } from 'drizzle-orm/pg-core'

/** What a column holds about a person. `none`: nothing by which anybody is known. */
type Word = 'email' | 'name' | 'phone' | 'address' | 'ip' | 'text' | 'credential' | 'none'

type ColumnName<T extends PgTable> = keyof T['_']['columns'] & string

/**
 * How the rows of a person are found.
 * customer: by columns that have the id of a customer. email: by a column that has the key of an e-mail address. event: by the event
 * of a customer. mention: by a text in which the id or the address stands. nobody: a row belongs to no person.
 */
type Owner<T extends PgTable> =
  | {
      readonly by: 'customer'
      readonly columns: readonly ColumnName<T>[]
      /** A column that has the key of an e-mail address, for rows that name no customer. */
      readonly email?: ColumnName<T>
    }
  | { readonly by: 'email' | 'event'; readonly columns: readonly [ColumnName<T>] }
  | { readonly by: 'mention'; readonly columns: readonly ColumnName<T>[] }
  | { readonly by: 'nobody'; readonly columns: readonly [] }

/**
 * What an erasure does with the rows of a person.
 * delete: they go. empty: they stay without what their columns hold about the person. follow: triggers keep them equal to what they are
 * made from, so they go with it. keep: they hold nothing about a person.
 */
type Erasure = 'delete' | 'empty' | 'follow' | 'keep'

/** The legal basis, by the article of the GDPR. */
type Basis = 'contract' | 'legitimate interest' | 'consent' | 'legal obligation'

/** The periods for which something is kept; `core/privacy/retention.ts` says how long each is, and which task ends it. */
export type RetentionName =
  | 'account'
  | 'guest'
  | 'unprovenGuest'
  | 'order'
  | 'erasure'
  | 'group'
  | 'merge'
  | 'event'
  | 'delivery'
  | 'deadLetter'
  | 'job'
  | 'answer'
  | 'session'
  | 'code'
  | 'attempt'
  | 'emailChange'
  | 'failure'
  | 'mail'
  | 'link'
  | 'quota'
  | 'operation'

/** What one table holds about people: for export, erasure, retention and the record of processing. */
export type Holding<T extends PgTable = PgTable> = {
  /** What it is for, as in a record of processing. */
  readonly why: string
  readonly basis: Basis
  /** How long it is kept: a name of `retentions`. */
  readonly kept: RetentionName
  readonly owner: Owner<T>
  /** The section of an export; null: it is not in it, and `why` says what it is made from, or it belongs to nobody. */
  readonly exported: string | null
  readonly erased: Erasure
  readonly columns: { readonly [C in ColumnName<T>]: Word }
}
