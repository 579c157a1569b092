import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { customerTable, mergeTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isAccount } from '#query/customer'
import {
  customerRecipient,
  enqueueMail,
  letterColumns,
  letterToCustomer,
  mailParams,
} from '#query/mail'
import { isThisMerge } from './find-and-answer.ts'

/** Tells the owner of an account, before it is merged into another one, that its login ends. Only a proven address gets a mail. */
export const tellOfMerge = useCase(
  'tell_of_merge',
  { ...mailParams, customerId: customerTable.id },
  (p) => [
    enqueueMail(
      p,
      letterToCustomer(
        p,
        { template: 'account_merged' },
        and(isAccount(customerTable), isNotNull(customerTable.emailVerifiedAt)),
      ),
    ),
    noAnswer,
  ],
)

/** Tells the owner of an account, before its merge is undone, that it can log in again. */
export const tellOfMergeUndo = useCase(
  'tell_of_merge_undo',
  { ...mailParams, ...pick(mergeTable, 'id') },
  (p) => [
    enqueueMail(
      p,
      db
        .select(
          letterColumns({
            template: 'account_parted',
            ...customerRecipient,
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
            isThisMerge(p),
            eq(mergeTable.state, 'done'),
            sql`${mergeTable.before} #>> '{merged,customer,status}' <> 'guest'`,
          ),
        ),
    ),
    noAnswer,
  ],
)
