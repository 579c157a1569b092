import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { letter, mailing, postMail, toItsAddress } from '#query/mail'
import { appendEvent, appending, next } from '#query/outbox'
import { goesOn, isGood, isTheSession, type Rotating, rotating } from './rotate.ts'

const params = { ...rotating, ...appending, ...mailing }
type Params = ValuesOf<typeof params>

/** Whether a session that goes on is asked for with a spent token: thief and owner cannot be told apart. */
const isReused = (p: Rotating) => and(isTheSession(p), goesOn(p), isNot(isGood(p)))

const isNot = (condition: SQL | undefined) => sql`(${condition}) is not true`

const itsCustomer = (p: Params) =>
  and(
    eq(customerTable.tenant, p.tenant),
    eq(
      customerTable.id,
      sql`(${db.select({ id: sessionTable.customerId }).from(sessionTable).where(isReused(p))})`,
    ),
  )

/**
 * Ends a session that is over, or whose spent token came back. For a spent one the event says so, and a mail tells the owner, if
 * the address was proven. Its lock comes first: of two uses at once, the second is judged by what the first has done.
 */
export const endUnlessGood = useCase('end_unless_good', params, (p) => [
  db.select({ id: sessionTable.id }).from(sessionTable).where(isTheSession(p)).for('update'),
  appendEvent(
    p,
    db.update(customerTable).set({ sequence: next.sequence }).where(itsCustomer(p)).returning(),
    () => ({ type: 'customer.session_reused', data: { sessionId: sql`${p.id}` } }),
  ),
  postMail(
    p,
    db
      .select(
        letter({
          template: 'session_reused',
          ...toItsAddress,
        }),
      )
      .from(customerTable)
      .where(and(itsCustomer(p), isNotNull(customerTable.emailVerifiedAt))),
  ),
  db
    .delete(sessionTable)
    .where(and(isTheSession(p), isNot(and(goesOn(p), isGood(p)))))
    .returning({
      id: sessionTable.id,
      customerId: sessionTable.customerId,
      clientId: sessionTable.clientId,
      sealed: sessionTable.providerRefresh,
      isReused: kind.flag(sql`(${and(goesOn(p), isNot(isGood(p)))})`),
    }),
])
