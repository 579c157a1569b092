import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, mailTokenTable, sessionTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isCustomer } from '#lock/customer'
import { askedMailing, letter, letterTo, mailing, postAskedMail, postMail } from '#query/mail'

/**
 * Another password, in a commit whose head has locked the account by the one it has. Ends the other sessions, voids the links to
 * reset, and says so by mail.
 */
export const changePassword = useCase(
  'change_password',
  {
    ...mailing,
    ...pick(sessionTable, 'customerId'),
    /** The session that stays. */
    sessionId: sessionTable.id,
    passwordHash: kind.text,
  },
  (p) => [
    db
      .update(customerTable)
      .set({ passwordHash: p.passwordHash })
      .where(isCustomer({ tenant: p.tenant, id: p.customerId })),
    db
      .delete(sessionTable)
      .where(
        and(
          eq(sessionTable.tenant, p.tenant),
          eq(sessionTable.customerId, p.customerId),
          ne(sessionTable.id, p.sessionId),
        ),
      ),
    db
      .delete(mailTokenTable)
      .where(
        and(
          eq(mailTokenTable.tenant, p.tenant),
          eq(mailTokenTable.subject, p.customerId),
          eq(mailTokenTable.purpose, 'reset'),
        ),
      ),
    postMail(p, letterTo(p, { template: 'password_changed' })),
    noAnswer,
  ],
)

/** A link to set a new password, to the owner of an account with the address. The same work for every address. */
export const forgotPassword = useCase(
  'forgot_password',
  { ...askedMailing, emailKey: customerTable.emailKey },
  (p) => {
    const account = alias(customerTable, 'account')
    const letters = db
      .select(
        letter({
          template: 'reset',
          recipient: account.email,
          locale: account.locale,
          customerId: account.id,
          emailKey: p.emailKey,
          purpose: 'reset',
          subject: account.id,
        }),
      )
      .from(sql`(select) asked`)
      .leftJoin(
        account,
        and(
          eq(account.tenant, p.tenant),
          eq(account.emailKey, p.emailKey),
          inArray(account.status, ['unverified', 'active']),
        ),
      )
    return [postAskedMail(p, letters), noAnswer]
  },
)

/** Whose account a link to set a new password is for, while it is good. */
export const findByResetLink = useCase(
  'find_by_reset_link',
  {
    ...pick(mailTokenTable, 'tenant', 'id', 'subject', 'hash'),
    now: mailTokenTable.expiresAt,
  },
  (p) => [
    db
      .select({ email: customerTable.emailKey, credential: customerTable.passwordHash })
      .from(mailTokenTable)
      .innerJoin(
        customerTable,
        and(
          eq(customerTable.tenant, mailTokenTable.tenant),
          eq(customerTable.id, mailTokenTable.subject),
          eq(customerTable.emailKey, mailTokenTable.emailKey),
        ),
      )
      .where(
        and(
          eq(mailTokenTable.tenant, p.tenant),
          eq(mailTokenTable.id, p.id),
          eq(mailTokenTable.purpose, 'reset'),
          eq(mailTokenTable.subject, p.subject),
          eq(mailTokenTable.hash, p.hash),
          gt(mailTokenTable.expiresAt, p.now),
          inArray(customerTable.status, ['unverified', 'active']),
        ),
      ),
  ],
)
