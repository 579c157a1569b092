import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { db } from '#db/builder'
import { customerTable, deadLetterTable, emailChangeTable } from '#db/schema'
import { isAlone } from './forget-email.ts'
import { isOneOf, type People } from './owner.ts'

type Named = Pick<People, 'tenant' | 'ids'>

/**
 * Dead letters in which one of some texts stands. A letter with a readable payload keeps that, for it has ids and amounts only and can still
 * be replayed: a refund must not be lost. All others go.
 * @param needles an expression of type `text[]`.
 */
export function forgetLetters({ tenant }: Pick<People, 'tenant'>, needles: SQL) {
  const { payload } = deadLetterTable
  const isTheirs = and(inArray(deadLetterTable.tenant, [tenant, '']), hasOneOf(needles))
  return [
    db.delete(deadLetterTable).where(and(isTheirs, sql`${payload} is null`)),
    db
      .update(deadLetterTable)
      .set({ body: sql`${payload}::json` })
      .where(and(isTheirs, isNotNull(payload))),
  ]
}

/** Whether one of some texts stands in the message of a dead letter. */
export function hasOneOf(needles: SQL) {
  const { body } = deadLetterTable
  // jsonb reads escaped letters, but not U+0000.
  const text = lower(
    sql`case when strpos(${body}::text, '\\u0000') > 0 then ${body}::text else ${body}::jsonb::text end`,
  )
  return sql`exists (select from unnest(${needles}) needle where needle <> '' and strpos(${text}, ${lower(sql`needle`)}) > 0)`
}

/** In lower case in all scripts, also in a database whose locale knows ASCII only. */
const lower = (text: SQL) => sql`lower((${text}) collate pg_c_utf8)`

/**
 * Their ids, and all addresses that they have had and nobody else has, as far as it is known, as they were written and as keys.
 */
export function idsAndEmails(p: Named) {
  const { tenant, ids } = p
  const { email, emailKey } = customerTable
  const { oldEmail, oldEmailKey, newEmail, newEmailKey } = emailChangeTable
  const present = db
    .select({ written: sql`unnest(array[${email}, ${emailKey}])`.as('present') })
    .from(customerTable)
    .where(
      and(eq(customerTable.tenant, tenant), isOneOf(customerTable.id, ids), isAlone(p, emailKey)),
    )
  const former = (written: PgColumn, key: PgColumn, name: string) =>
    db
      .select({ written: sql`unnest(array[${written}, ${key}])`.as(name) })
      .from(emailChangeTable)
      .where(
        and(
          eq(emailChangeTable.tenant, tenant),
          isOneOf(emailChangeTable.customerId, ids),
          isAlone(p, key),
        ),
      )
  return sql`${ids} || array(${present}) || array(${former(oldEmail, oldEmailKey, 'old')}) || array(${former(newEmail, newEmailKey, 'new')})`
}
