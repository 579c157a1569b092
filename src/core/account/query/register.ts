import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { customerTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import { askedMailing, letter, postAskedMail, proofOrReserved } from '#query/mail'
import { attemptId, attempting, insertAttempt } from './attempt.ts'
import { displaceAttempts } from './displace.ts'

const params = { ...askedMailing, ...attempting }
type Params = ValuesOf<typeof params>

/** Mails the owner of an address, and stores the attempt to register with it. Rows and work are the same for every address. */
export const registerAttempt = useCase('register_attempt', params, (p) => [
  lockEmail(p.tenant, p.emailKey),
  postAskedMail(p, letterFor(p)),
  insertAttempt(p),
  displaceAttempts(p),
  noAnswer,
])

/** The mail: the owner of an account reads that there is one, others get the link that makes one of the attempt. */
function letterFor(p: Params) {
  const account = alias(customerTable, 'account')
  const isFree = sql`${account.id} is null`
  const proof = proofOrReserved({ ...p, customerId: null }, 'verify')
  return db
    .select(
      letter({
        template: sql`case when ${isFree} then ${proof.template} else 'account_exists' end`,
        recipient: sql`case when ${account.status} is distinct from 'disabled' then coalesce(${account.email}, ${p.email}) end`,
        locale: sql`coalesce(${account.locale}, ${p.locale})`,
        customerId: account.id,
        emailKey: p.emailKey,
        purpose: sql`case when ${isFree} then 'verify' else 'reset' end`,
        subject: sql`coalesce(${account.id}, ${attemptId(p)})`,
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
