import { and, eq, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isCustomer } from '#lock/customer'
import { customerSelection } from '#selection/customer'
import { customers, insertSession, newSession } from './insert.ts'

const params = {
  ...newSession,
  customerId: sessionTable.customerId,
  /** The hash that a password was checked against before: it must still be the customer's. Null: there was no password. */
  passwordHash: kind.orNull(kind.text),
  /** The statuses of customers who may log in. */
  statuses: kind.texts,
  currency: kind.text,
}

/** Opens a session for a customer who may log in, and answers with the customer. No row: no session was opened. */
export const openSession = useCase('open_session', params, (p) => {
  const who = and(
    isCustomer({ tenant: p.tenant, id: p.customerId }),
    sql`${customerTable.status} = any(${p.statuses})`,
    sql`(${p.passwordHash} is null or ${customerTable.passwordHash} = ${p.passwordHash})`,
  )
  return [
    customers(who).for('share'),
    insertSession(p, who),
    db
      .select({
        epoch: customerTable.deviceEpoch,
        provenAt: sessionTable.provenAt,
        customer: customerSelection(customerTable, p.currency),
      })
      .from(sessionTable)
      .innerJoin(
        customerTable,
        and(
          eq(customerTable.tenant, sessionTable.tenant),
          eq(customerTable.id, sessionTable.customerId),
        ),
      )
      .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))),
  ]
})
