import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { customerTable, deadLetterTable, emailChangeTable } from '#db/schema'
import { isOneOf, type People } from './owner.ts'

/**
 * Dead letters that name one of them, or an address of theirs. A letter with a readable payload keeps that, for it has ids and amounts only
 * and can still be replayed: a refund must not be lost. All others go.
 */
export function forgetLetters(p: People) {
  const { tenant, payload } = deadLetterTable
  const isTheirs = and(inArray(tenant, [p.tenant, '']), mentions(p))
  return [
    db.delete(deadLetterTable).where(and(isTheirs, sql`${payload} is null`)),
    db
      .update(deadLetterTable)
      .set({ body: sql`${payload}::json` })
      .where(and(isTheirs, isNotNull(payload))),
  ]
}

type Named = Pick<People, 'tenant' | 'ids'>

/** Whether the message of a dead letter names one of them, or an address of theirs. */
export function mentions(p: Named) {
  const { body } = deadLetterTable
  // jsonb reads escaped letters, but not U+0000.
  const text = sql`lower(case when strpos(${body}::text, '\\u0000') > 0 then ${body}::text else ${body}::jsonb::text end)`
  return sql`exists (select from unnest(${p.ids} || ${writtenEmails(p)}) needle where needle <> '' and strpos(${text}, lower(needle)) > 0)`
}

/** All addresses that they have had, as far as it is known, as they were written and as keys. */
function writtenEmails(p: Named) {
  const { email, emailKey } = customerTable
  const { oldEmail, oldEmailKey, newEmail, newEmailKey } = emailChangeTable
  const present = db
    .select({ written: sql`unnest(array[${email}, ${emailKey}])`.as('present') })
    .from(customerTable)
    .where(and(eq(customerTable.tenant, p.tenant), isOneOf(customerTable.id, p.ids)))
  const former = db
    .select({
      written: sql`unnest(array[${oldEmail}, ${oldEmailKey}, ${newEmail}, ${newEmailKey}])`.as(
        'former',
      ),
    })
    .from(emailChangeTable)
    .where(and(eq(emailChangeTable.tenant, p.tenant), isOneOf(emailChangeTable.customerId, p.ids)))
  return sql`array(${present}) || array(${former})`
}
