/** What running a statement does: it reads, it changes rows, or it changes rows and appends an event. */
export type Effect = 'read' | 'write' | 'event'

export type Row = Readonly<Record<string, unknown>>

/** A statement as it is sent. */
export type Sent = { readonly text: string; readonly values: readonly unknown[] }

/** Wakes a performer up for a job; the row that it names is the truth. */
export type JobMessage = { readonly tenant: string; readonly id: string; readonly kind: string }

/**
 * A statement that has not run and cannot run by itself: awaiting it does nothing. `read` and `commit` run a list of them in
 * one round trip and hand each its rows.
 */
export class Statement<T, E extends Effect = Effect> {
  declare readonly effect: E
  readonly sent: Sent
  readonly result: (rows: readonly Row[]) => T
  /** The jobs that it wrote, as its rows say; they are sent once they are committed. */
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
