import type { SQL, SQLWrapper } from 'drizzle-orm'

/** What running a statement does: it only looks, it changes rows, or it changes rows and announces it. */
export type Effect = 'read' | 'write' | 'event'

export type Row = Readonly<Record<string, unknown>>

/** A statement as it is sent. */
export type Sent = { readonly text: string; readonly values: readonly unknown[] }
export type Query = SQLWrapper | Sent

/** Wakes someone up for a job; the row it names is the truth. */
export type JobMessage = { readonly tenant: string; readonly id: string; readonly kind: string }

/**
 * A statement that has not run and cannot run by itself: awaiting it does nothing. `read` and `commit` run a list of them in
 * one round trip and hand each its rows.
 */
export class Statement<T, E extends Effect = Effect> {
  declare readonly effect: E
  readonly query: Query
  readonly result: (rows: readonly Row[]) => T
  /** The jobs it wrote, as its rows tell; they are sent once they are committed. */
  readonly jobs: (rows: readonly Row[]) => readonly JobMessage[]
  constructor(
    query: Query,
    result: (rows: readonly Row[]) => T,
    jobs: (rows: readonly Row[]) => readonly JobMessage[] = () => [],
  ) {
    this.query = query
    this.result = result
    this.jobs = jobs
  }
}

/** An expression to evaluate for what it refuses: a lock, a guard. Those at the head of a commit share one statement. */
export class Guard extends Statement<void, 'read'> {
  readonly expression: SQL
  constructor(expression: SQL, select: (expression: SQL) => SQL) {
    super(select(expression), () => undefined)
    this.expression = expression
  }
}

/** Tells of a change; `job` is sent to the queue when there was something to tell. */
export class Announcement extends Statement<boolean, 'event'> {
  constructor(query: SQLWrapper, job: JobMessage) {
    const told = (rows: readonly Row[]) => rows[0]?.sequence != null
    super(query, told, (rows) => (told(rows) ? [job] : []))
  }
}

/** Tells of many changes at once; its rows name a job for each. The result is how many there were. */
export class Announcements extends Statement<number, 'event'> {
  constructor(query: SQLWrapper, of: Pick<JobMessage, 'tenant' | 'kind'>) {
    super(
      query,
      (rows) => rows.length,
      (rows) => rows.map(({ job }) => ({ ...of, id: String(job) })),
    )
  }
}

/** The answer of a use case: one JSON document, made at the end of the transaction, kept under the idempotency key. */
export class Answer<T, E extends Effect = 'read'> extends Statement<T, E> {
  readonly document: SQL
  readonly customerId: string | null
  /** The statement that answers with this document, or with what is made of it. */
  readonly select: (document: SQL) => SQL
  constructor(
    document: SQL,
    customerId: string | null,
    select: (document: SQL) => SQL,
    jobs?: (rows: readonly Row[]) => readonly JobMessage[],
  ) {
    super(select(document), (rows) => rows[0]?.answer as T, jobs)
    this.document = document
    this.customerId = customerId
    this.select = select
  }
}

/** A call that changes, tells, and has columns to answer from; `jobs` is the column that names which of these it wrote. */
export type Call = { readonly sql: SQL; readonly jobs: readonly JobMessage[] }

/** Those of a call's jobs that it wrote. */
export const jobsOf =
  ({ jobs }: Call) =>
  (rows: readonly Row[]): readonly JobMessage[] => {
    const written = (rows[0]?.jobs ?? []) as readonly (string | null)[]
    return jobs.filter(({ id }) => written.includes(id))
  }
