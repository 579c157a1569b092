import { and, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { deadLetterTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import type { CustomersToErase } from './customers-to-erase.ts'
import { forgetStoredAnswers } from './forget-stored-answers.ts'

/** What a message is searched for. Both are expressions of type `text[]`. */
type Needles = {
  readonly ids: SQL
  readonly emails?: SQL
}

/**
 * Dead letters that name one of some customers. A dead letter with a readable payload keeps only the payload. It has only ids and amounts, and can still be replayed, so no refund is lost. Other dead letters are deleted.
 */
export function forgetDeadLetters({ tenant }: Pick<CustomersToErase, 'tenant'>, needles: Needles) {
  const { payload } = deadLetterTable
  const isTheirs = names(tenant, needles)
  const letters = db.select(pick(deadLetterTable, 'id')).from(deadLetterTable).where(isTheirs)
  return [
    forgetStoredAnswers({ tenant }, sql`array(${letters})`),
    db.delete(deadLetterTable).where(and(isTheirs, sql`${payload} is null`)),
    db
      .update(deadLetterTable)
      .set({ body: sql`${payload}::json` })
      .where(and(isTheirs, isNotNull(payload))),
  ]
}

/**
 * Whether a dead letter names one of some customers. If the shop of a dead letter is unknown, only ids count, because another person may have the same address in another shop.
 */
function names(tenant: string, needles: Needles) {
  const isOf = (shop: string) => eq(deadLetterTable.tenant, shop)
  return or(
    and(isOf(tenant), deadLetterMentions(needles)),
    and(isOf(''), deadLetterMentions({ ids: needles.ids })),
  )
}

/** Whether one of some ids or addresses stands in the message of a dead letter. */
export function deadLetterMentions({ ids, emails }: Needles) {
  const hasId = sql`exists (select from unnest(${ids}) id where strpos(${text}, lower(id)) > 0)`
  if (emails === undefined) return hasId
  return or(
    hasId,
    sql`exists (select from unnest(${emails}) email where email <> '' and strpos(${text}, ${lower(sql`email`)}) > 0
      and ${words} ~ ${wholeAddress(lower(sql`email`))})`,
  )
}

/** In lower case in all scripts, also in a database whose locale knows ASCII only. */
const lower = (value: SQL) => sql`lower((${value}) collate pg_c_utf8)`

const { body } = deadLetterTable

/** jsonb reads escaped letters, but not U+0000. */
const text = lower(
  sql`case when strpos(${body}::text, '\\u0000') > 0 then ${body}::text else ${body}::jsonb::text end`,
)

/** The text with a blank for each escape of JSON, whose letter would seem to belong to the word after it. */
const words = sql`regexp_replace(${text}, ${sql.raw(String.raw`'\\(u[0-9a-f]{4}|.)'`)}, ' ', 'g')`

/** A pattern that finds an address, but not a longer one that ends or begins with it. */
const wholeAddress = (email: SQL) =>
  sql`('(?<![[:alnum:]._+-])'
    || regexp_replace(${email}, ${sql.raw(String.raw`'([].\[{}()*+?^$|\\/-])', '\\\1', 'g'`)})
    || ${sql.raw(String.raw`'(?![[:alnum:]_-]|\.[[:alnum:]])'`)})`
