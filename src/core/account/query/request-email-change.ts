import { and, eq, isNull, ne, notExists, sql } from 'drizzle-orm'
import { customerTable, emailChangeTable } from '#db/schema'
import { db, insertFrom, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { isThisCustomer } from '#lock/customer'
import {
  boundedMailParams,
  enqueueBoundedMail,
  letterToCustomer,
  proofMailTemplateAndLinkEnd,
} from '#query/mail'

/** The move of a customer that waits for its confirmation. */
const pending = (p: { readonly tenant: string; readonly customerId: string }) =>
  db
    .select({ id: emailChangeTable.id })
    .from(emailChangeTable)
    .where(
      and(
        eq(emailChangeTable.tenant, p.tenant),
        eq(emailChangeTable.customerId, p.customerId),
        isNull(emailChangeTable.confirmedAt),
      ),
    )

/**
 * Asks to move an account to another address, in a commit that has locked the account by its password. It replaces an earlier move to
 * another address that is not confirmed. A move to the same address is kept, for a mail of it may be in the inbox already.
 */
export const requestEmailChange = useCase(
  'request_email_change',
  {
    ...boundedMailParams,
    ...pick(emailChangeTable, 'customerId', 'newEmail', 'newEmailKey'),
    changeId: emailChangeTable.id,
  },
  (p) => [
    db
      .delete(emailChangeTable)
      .where(
        and(
          eq(emailChangeTable.tenant, p.tenant),
          eq(emailChangeTable.customerId, p.customerId),
          isNull(emailChangeTable.confirmedAt),
          ne(emailChangeTable.newEmailKey, p.newEmailKey),
        ),
      ),
    insertFrom(
      emailChangeTable,
      {
        tenant: p.tenant,
        id: p.changeId,
        customerId: p.customerId,
        oldEmail: customerTable.email,
        oldEmailKey: customerTable.emailKey,
        newEmail: p.newEmail,
        newEmailKey: p.newEmailKey,
        createdAt: p.now,
      },
      sql`from ${customerTable} where ${and(isThisCustomer({ tenant: p.tenant, id: p.customerId }), notExists(pending(p)))}`,
    ),
    enqueueBoundedMail(
      p,
      letterToCustomer(p, {
        ...proofMailTemplateAndLinkEnd({ ...p, emailKey: p.newEmailKey }, 'confirm_email'),
        recipient: p.newEmail,
        emailKey: p.newEmailKey,
        purpose: 'confirm',
        subject: customerTable.id,
        changeId: sql`(${pending(p)})`,
      }),
    ),
    noAnswer,
  ],
)
