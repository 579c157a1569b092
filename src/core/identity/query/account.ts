import { and, eq } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { customerTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isAccount } from '#query/customer'

/** The account that holds an address against a service, if there is one. */
export const findHolding = useCase(
  'find_holding',
  pick(customerTable, 'tenant', 'emailKey'),
  (p) => [
    db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(
        and(
          eq(customerTable.tenant, p.tenant),
          eq(customerTable.emailKey, p.emailKey),
          isAccount(customerTable),
          eq(customerTable.provisional, false),
        ),
      ),
  ],
)
