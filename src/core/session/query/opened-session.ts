import { and, eq } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { customerSelection } from '#selection/customer'

/** A session that the commit has opened, with its customer. No row: none was opened. */
export const openedSession = (p: {
  readonly tenant: string
  readonly id: string
  readonly currency: string
}) =>
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
    .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id)))
