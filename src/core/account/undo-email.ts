import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commit, maybe } from '#core/context'
import { readMailToken } from '#core/identity'
import { postMail } from '#core/mail'
import { undoMergesOfMoves } from '#core/merge'
import { emit } from '#core/outbox'

export const UndoEmail = z
  .strictObject({ token: z.string().max(300) })
  .meta({ id: 'UndoEmail', examples: [{ token: 'mt_…' }] })
export type UndoEmail = z.output<typeof UndoEmail>

/**
 * The owner of the old address takes an account back, within 72 hours and with nothing but the link: the address returns, every
 * session ends, the password is void, later moves are undone with it and so are the merges that the new addresses caused, and a
 * mail offers to set a new password. Refuses `mail_token_invalid`.
 */
export async function undoEmail(ctx: Context, { token: text }: UndoEmail): Promise<void> {
  const { id, subject: customerId, hash } = readMailToken(ctx, text)
  await commit(ctx, {
    parted: undoMergesOfMoves(ctx, customerId, id),
    returned: maybe(
      sql`select undo_email(${ctx.tenant}, ${customerId}, ${id}, ${hash}, ${ctx.now.toISOString()}::timestamptz)`,
    ),
    told: emit(ctx, { type: 'customer.updated', customerId, changed: 'stamped' }),
    mail: postMail(ctx, {
      letter: sql`select 'reset' as template, email as recipient, locale, id as customer_id, email_key,
          'reset' as purpose, id as subject, null::text as change_id
        from customer where tenant = ${ctx.tenant} and id = ${customerId} and status in ('unverified', 'active')`,
    }),
  })
}
