import { Bug } from '#kernel/error'

/** A statement that PostgreSQL does not take: our own mistake. */
export class StatementRejected extends Bug {
  /** PostgreSQL's own words, which may hold values of the input: there in development only. */
  readonly said: string | undefined
  constructor(message: string, said: string | undefined) {
    super(message)
    this.said = said
  }
}

/** The transaction was rolled back because of another one: it may run again. */
export class TransactionConflict extends Error {
  override name = 'Conflict'
}

/** The database cannot serve now: it does not answer, is read-only, full, or shutting down. The same may succeed later. */
export class DatabaseAway extends Error {
  override name = 'Away'
  readonly code: string
  /** A write may or may not have been committed. */
  readonly isUnknown: boolean
  /** In seconds. */
  readonly retryAfter: number
  constructor(code: string, isUnknown: boolean, retryAfter: number) {
    super(code)
    this.code = code
    this.isUnknown = isUnknown
    this.retryAfter = retryAfter
  }
}

/** The request of the key was answered before: its stored answer is to be read. */
export class RequestAnsweredBefore extends Error {
  override name = 'Replay'
}

/** The job's row is gone: it was done before. */
export class JobDoneBefore extends Error {
  override name = 'Done'
}

/** The database has no function of this name. */
export class FunctionMissing extends Error {
  override name = 'Missing'
  readonly functionName: string
  /** As of a {@link StatementRejected}. */
  readonly said: string | undefined
  constructor(functionName: string, said?: string) {
    super(`the database has no function ${functionName}`)
    this.functionName = functionName
    this.said = said
  }
}
