import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { customerTable, mergeTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isAccount } from '#query/customer'
import { letter, letterTo, mailing, postMail, toItsAddress } from '#query/mail'
import { isMerge } from './find.ts'

/** Tells the owner of an account, before it is merged into another one, that its login ends. Only a proven address is told. */
export const tellOfMerge = useCase(
  'tell_of_merge',
  { ...mailing, customerId: customerTable.id },
  (p) => [
    postMail(
      p,
      letterTo(
        p,
        { template: 'account_merged' },
        and(isAccount(customerTable), isNotNull(customerTable.emailVerifiedAt)),
      ),
    ),
    noAnswer,
  ],
)

/** Tells the owner of an account, before its merge is undone, that it can log in again. */
export const tellOfParting = useCase(
  'tell_of_parting',
  { ...mailing, ...pick(mergeTable, 'id') },
  (p) => [
    postMail(
      p,
      db
        .select(
          letter({
            template: 'account_parted',
            ...toItsAddress,
          }),
        )
        .from(mergeTable)
        .innerJoin(
          customerTable,
          and(
            eq(customerTable.tenant, mergeTable.tenant),
            eq(customerTable.id, mergeTable.mergedId),
            isNotNull(customerTable.emailVerifiedAt),
          ),
        )
        .where(
          and(
            isMerge(p),
            eq(mergeTable.state, 'done'),
            sql`${mergeTable.before} #>> '{merged,customer,status}' <> 'guest'`,
          ),
        ),
    ),
    noAnswer,
  ],
)
