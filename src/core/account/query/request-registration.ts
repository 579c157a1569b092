import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { customerTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import {
  boundedMailParams,
  enqueueBoundedMail,
  letterColumns,
  proofMailTemplateAndLinkEnd,
} from '#query/mail'
import {
  insertOrUpdateAttempt,
  presentOrNewAttemptId,
  registrationAttemptParams,
} from './registration-attempt.ts'
import { voidExcessAttempts } from './void-excess-registrations.ts'

const params = { ...boundedMailParams, ...registrationAttemptParams }
type Params = ValuesOf<typeof params>

/** Mails the owner of an address, and stores the attempt to register with it. Rows and work are the same for every address. */
export const requestRegistration = useCase('request_registration', params, (p) => [
  lockEmail(p.tenant, p.emailKey),
  enqueueBoundedMail(p, letterFor(p)),
  insertOrUpdateAttempt(p),
  voidExcessAttempts(p),
  noAnswer,
])

/** The mail. If the address has an account, the mail says so. Otherwise it has the link that creates an account from the attempt. */
function letterFor(p: Params) {
  const account = alias(customerTable, 'account')
  const isFree = sql`${account.id} is null`
  const proof = proofMailTemplateAndLinkEnd({ ...p, customerId: null }, 'verify')
  return db
    .select(
      letterColumns({
        template: sql`case when ${isFree} then ${proof.template} else 'account_exists' end`,
        recipient: sql`case when ${account.status} is distinct from 'disabled' then coalesce(${account.email}, ${p.email}) end`,
        locale: sql`coalesce(${account.locale}, ${p.locale})`,
        customerId: account.id,
        emailKey: p.emailKey,
        purpose: sql`case when ${isFree} then 'verify' else 'reset' end`,
        subject: sql`coalesce(${account.id}, ${presentOrNewAttemptId(p)})`,
        linkEndsAt: sql`case when ${isFree} then ${proof.linkEndsAt} end`,
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
}
