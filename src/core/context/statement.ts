import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { Answer, type Call, type Effect, Guard, jobsOf, type Row, Statement } from '#db/statement'
import { Bug, type RefusalCode } from '#kernel/error'

/** The rows, as the database names them. */
export const rows = <R, E extends Effect = 'write'>(query: SQLWrapper): Statement<R[], E> =>
  new Statement<R[], E>(query, (found) => found as R[])

/** The only row there can be. */
export const one = <R, E extends Effect = 'write'>(query: SQLWrapper): Statement<R, E> =>
  new Statement<R, E>(query, (found) => {
    if (found.length !== 1) throw new Bug(`expected one row, got ${found.length}`)
    return found[0] as R
  })

export const maybe = <R, E extends Effect = 'write'>(
  query: SQLWrapper,
): Statement<R | undefined, E> =>
  new Statement<R | undefined, E>(query, (found) => found[0] as R | undefined)

/** Looks, and changes nothing. */
export const look = <R>(query: SQLWrapper): Statement<R[], 'read'> => rows<R, 'read'>(query)

/** One JSON document; null when there is nothing. */
export const document = <T>(query: SQL): Statement<T | null, 'read'> =>
  new Statement<T | null, 'read'>(
    sql`select (${query}) as answer`,
    (found: readonly Row[]) => (found[0]?.answer ?? null) as T | null,
  )

/** A function that refuses or does nothing, such as a lock; put it at the head of a commit. */
export const guard = (expression: SQL): Guard =>
  new Guard(expression, (call) => sql`select ${call}`)

/** Rolls everything back when the condition holds; also when it is unknown, for NULL must not slip through. */
export const refuseWhen = (condition: SQL, code: RefusalCode): Statement<void, 'read'> =>
  new Statement(sql`select refuse(${code}) where (${condition}) is not false`, () => undefined)

/** The answer of a commit, kept with it under the request's idempotency key. */
export const keep = <T>(doc: SQL, customerId: string | null = null): Answer<T> =>
  new Answer<T>(doc, customerId, (body) => sql`select (${body}) as answer`)

/** The same where one call does everything: the document is made of its columns. */
export const keepOf = <T>(call: Call, doc: SQL, customerId: string | null): Answer<T, 'event'> =>
  new Answer<T, 'event'>(
    doc,
    customerId,
    (body) => sql`select (${body}) as answer, jobs from ${call.sql}`,
    jobsOf(call),
  )
