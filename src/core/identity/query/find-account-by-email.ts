import { and, eq } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isAccount } from '#query/customer'

/** The account with an address, if there is one. A provisional account does not count. */
export const findAccountByEmail = useCase(
  'find_account_by_email',
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
