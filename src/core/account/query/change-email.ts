import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, insertFrom, pick } from '#db/builder'
import { customerTable, emailChangeTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isCustomer } from '#lock/customer'
import { askedMailing, letterTo, postAskedMail } from '#query/mail'

/**
 * Asks to move an account to another address, in a commit whose head has locked the account by its password. It takes the place of
 * a move that was asked for before and not confirmed.
 */
export const changeEmail = useCase(
  'change_email',
  {
    ...askedMailing,
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
      sql`from ${customerTable} where ${isCustomer({ tenant: p.tenant, id: p.customerId })}`,
    ),
    postAskedMail(
      p,
      letterTo(p, {
        template: 'confirm_email',
        recipient: p.newEmail,
        emailKey: p.newEmailKey,
        purpose: 'confirm',
        subject: customerTable.id,
        changeId: p.changeId,
      }),
    ),
    noAnswer,
  ],
)
