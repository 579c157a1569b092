import { sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { postMail } from '#core/mail'
import type { Statement } from '#db/statement'

/** A mail to the owner of a new account's address, to prove it with the password; where no password was chosen, staff invites. */
export const inviteToVerify = (ctx: Context, id: string): Statement<boolean, 'write'> =>
  postMail(ctx, {
    letter: sql`select 'verify' as template, email as recipient, locale, id as customer_id, email_key, 'verify' as purpose,
        id as subject, null::text as change_id
      from customer where tenant = ${ctx.tenant} and id = ${id}`,
  })
