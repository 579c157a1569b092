/** What an error of the database means for a request. */
type Meaning =
  /** It cannot serve now. `isUnknown`: a write may or may not have been committed. */
  | { readonly is: 'away'; readonly isUnknown: boolean; readonly retryAfter: number }
  /** Another transaction was in the way, and nothing has happened: the same may run again at once. */
  | { readonly is: 'conflict' }
  /** The statement was canceled: it ran too long, or somebody ended it. Nothing has happened. */
  | { readonly is: 'canceled' }
  /** The answer is larger than the database's interface sends. Nothing has happened, or it was rolled back. */
  | { readonly is: 'too_large' }
  /** A mistake of ours. */
  | { readonly is: 'bug' }

const away = (retryAfter: number): Meaning => ({ is: 'away', isUnknown: false, retryAfter })
/** The reply is lost: the transaction may have been committed before. */
const lost: Meaning = { is: 'away', isUnknown: true, retryAfter: 1 }
const conflict: Meaning = { is: 'conflict' }
const bug: Meaning = { is: 'bug' }

const SOON = 1
/** Seconds to wait for conditions that end only when capacity is freed. */
const LATER = 10

/** The meaning of each SQLSTATE, or of its class of two characters. Every other one is a mistake of ours. */
export const sqlstateMeanings: Readonly<Record<string, Meaning>> = {
  // Connection exceptions. 08007 says itself that the transaction's end is unknown.
  '08': lost,
  '08001': away(SOON),
  '08004': away(SOON),
  // Read-only: a replica, a standby, or a database that was set so.
  '25006': away(LATER),
  // Idle too long in a transaction; a transaction that took too long.
  '25P03': away(SOON),
  '25P04': away(SOON),
  // The login is refused; the database is not there.
  '28': away(LATER),
  '3D000': away(LATER),
  // Serialization failures and deadlocks. 40003: whether the statement was completed is unknown.
  '40': conflict,
  '40003': lost,
  // Disk, memory or connections are used up.
  '53': away(LATER),
  '53300': away(SOON),
  // An object is in use; a lock was not to be had in time.
  '55006': away(SOON),
  '55P03': away(SOON),
  // Somebody intervened. A server process that was ended may have committed before.
  '57': away(SOON),
  '57014': { is: 'canceled' },
  '57P01': lost,
  '57P02': lost,
  // Errors of the system below: input and output, files, configuration.
  '58': away(LATER),
  F0: away(LATER),
  // Internal errors and damaged data; Neon's storage reports so too.
  XX: away(SOON),
}

/** Neon's own sentences of a request that reached no database. */
const UNREACHED =
  /connect to compute|control plane|endpoint is disabled|exceeded the .*(?:quota|limit)|acquire permit|too many .*connection|password authentication/i
/** Neon's own sentences of a request that it does not understand. */
const MISTAKEN =
  /could not parse the HTTP request|invalid (?:header|isolation level|connection string)|incorrect scheme|missing (?:database name|username)|embedded null|request is too large/i
const TOO_LARGE = /HTTP status 507|response is too large/
/** Statuses of Neon's interface that come before any statement. */
const NOT_BEGUN = /HTTP status (?:401|402|403|404|429)\b/

/** The meaning of an error. @param code its SQLSTATE; Neon's own errors have none, or an empty one. */
export function databaseErrorMeaning(code: string | undefined, message: string): Meaning {
  if (code) return sqlstateMeanings[code] ?? sqlstateMeanings[code.slice(0, 2)] ?? bug
  if (TOO_LARGE.test(message)) return { is: 'too_large' }
  if (MISTAKEN.test(message)) return bug
  return UNREACHED.test(message) || NOT_BEGUN.test(message) ? away(SOON) : lost
}
