import { and, eq, gt, max, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { emailChangeTable } from '#db/schema'

type Address = {
  readonly tenant: string
  readonly emailKey: string
  readonly now: string
  /** The customer who wants it; null: a new one. It is free for the customer for whom it is kept. */
  readonly customerId: unknown
}

/** The end of the time in which an address is kept free for its former owner, who may undo the move; null: it is not. */
const reservedUntil = ({ tenant, emailKey, now, customerId }: Address) =>
  kind.orNull(kind.moment)(
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
 * The template and the end of the link of a mail that asks an address for its proof. No link can prove an address that is kept free for
 * its former owner, so the mail says that; its link is in no mail, and holds back no other mail when the address is free again.
 * @param template the mail for an address that is not kept free.
 */
export function proofOrReserved(p: Address, template: unknown) {
  const until = reservedUntil(p)
  return {
    template: kind.textOf<
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
