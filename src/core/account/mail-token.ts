import { sql } from 'drizzle-orm'
import { type Context, guard } from '#core/context'
import type { MailToken } from '#core/identity'
import type { Guard } from '#db/statement'

/**
 * Head of the commit that a link in a mail allows, once. Refuses `mail_token_invalid`.
 * @param shopperId comes with a session instead of a password: the link must be this customer's.
 */
export const spendMailToken = (
  ctx: Context,
  purpose: 'verify' | 'reset',
  { id, subject, hash }: MailToken,
  shopperId: string | null = null,
): Guard =>
  guard(
    sql`use_mail_token(${ctx.tenant}, ${purpose}, ${id}, ${subject}, ${hash}, ${shopperId}::text, ${ctx.now.toISOString()}::timestamptz)`,
  )
