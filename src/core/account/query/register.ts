import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { attemptTable, customerTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import { askedMailing, letter, postAskedMail } from '#query/mail'
import { attempting, insertAttempt, isLive } from './attempt.ts'

const params = { ...askedMailing, ...attempting }
type Params = ValuesOf<typeof params>

/** Stores an attempt to register, and mails the link to whom it concerns. Rows and work are the same for every address. */
export const registerAttempt = useCase('register_attempt', params, (p) => [
  lockEmail(p.tenant, p.emailKey),
  insertAttempt(p),
  postAskedMail(p, letterFor(p)),
  noAnswer,
])

/** To the owner of an account: that there is one. To others: the link that makes one of the attempt. */
function letterFor(p: Params) {
  const account = alias(customerTable, 'account')
  const isFree = sql`${account.id} is null`
  return db
    .select(
      letter({
        template: sql`case when ${isFree} then 'verify' else 'account_exists' end`,
        recipient: sql`case when ${account.status} is distinct from 'disabled' then coalesce(${account.email}, ${attemptTable.email}) end`,
        locale: sql`coalesce(${account.locale}, ${attemptTable.locale})`,
        customerId: account.id,
        emailKey: p.emailKey,
        purpose: sql`case when ${isFree} then 'verify' else 'reset' end`,
        subject: sql`coalesce(${account.id}, ${attemptTable.id})`,
      }),
    )
    .from(sql`(select) asked`)
    .leftJoin(
      account,
      and(
        eq(account.tenant, p.tenant),
        eq(account.emailKey, p.emailKey),
        inArray(account.status, ['active', 'disabled']),
      ),
    )
    .leftJoin(
      attemptTable,
      and(isLive(p), sql`${attemptTable.passwordHash} is not distinct from ${p.passwordHash}`),
    )
}
