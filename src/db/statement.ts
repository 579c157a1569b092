/** The effect of a statement: it reads, it changes rows, or it changes rows and appends an event. */
export type Effect = 'read' | 'write' | 'event'

export type Row = Readonly<Record<string, unknown>>

/** A statement as it is sent. */
export type Sent = { readonly text: string; readonly values: readonly unknown[] }

/** The message that starts a job; the row that it names is the truth. */
export type JobMessage = { readonly tenant: string; readonly id: string; readonly kind: string }

/**
 * A statement that cannot run by itself: awaiting it does nothing. `read` and `commit` run a list of them in one round trip
 * and return the rows of each.
 */
export class Statement<T, E extends Effect = Effect> {
  declare readonly effect: E
  readonly sent: Sent
  readonly result: (rows: readonly Row[]) => T
  /** The jobs that it wrote, from its rows; their messages are sent after the commit. */
  readonly jobs: (rows: readonly Row[]) => readonly JobMessage[]
  constructor(
    sent: Sent,
    result: (rows: readonly Row[]) => T,
    jobs: (rows: readonly Row[]) => readonly JobMessage[] = () => [],
  ) {
    this.sent = sent
    this.result = result
    this.jobs = jobs
  }
}
