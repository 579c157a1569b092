import { and, eq, gt, max, sql } from 'drizzle-orm'
import { emailChangeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'

type Address = {
  readonly tenant: string
  readonly emailKey: string
  readonly now: string
  /** The customer who wants the address; null: a new customer. The address is free for the customer for whom it is reserved. */
  readonly customerId: unknown
}

/** The end of the time in which an address is kept free for its former owner, who may undo the move; null: it is not. */
const reservedUntil = ({ tenant, emailKey, now, customerId }: Address) =>
  sqlType.orNull(sqlType.moment)(
    sql`(${db
      .select({ until: max(emailChangeTable.undoUntil) })
      .from(emailChangeTable)
      .where(
        and(
          eq(emailChangeTable.tenant, tenant),
          eq(emailChangeTable.oldEmailKey, emailKey),
          gt(emailChangeTable.undoUntil, now),
          sql`${emailChangeTable.customerId} is distinct from ${customerId}`,
        ),
      )})`,
  )

/**
 * The template and the link's end of a mail that asks for the proof of an address. If the address is reserved for its former owner, the mail says so and has no link. The unsent link ends with the reservation, so it holds back no later mail.
 * @param template the mail for an address that is not kept free.
 */
export function proofMailTemplateAndLinkEnd(p: Address, template: unknown) {
  const until = reservedUntil(p)
  return {
    template: sqlType.textOf<
      | 'address_reserved'
      | 'verify'
      | 'confirm_email'
      | 'email_moved'
      | 'login_code'
      | 'linking_code'
      | 'login_link'
    >()(sql`case when ${until} is null then ${template} else 'address_reserved' end`),
    linkEndsAt: until,
  }
}
