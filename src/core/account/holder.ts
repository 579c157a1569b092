import { sql } from 'drizzle-orm'
import { type Context, look, read } from '#core/context'
import type { Holder, MailToken } from '#core/identity'
import { Refusal } from '#kernel/error'

/** Whose account a link is for, while it is good: the one who has it reads the inbox. Refuses `mail_token_invalid`. */
export async function holderByLink(
  ctx: Context,
  purpose: 'reset',
  { id, subject, hash }: MailToken,
): Promise<Holder> {
  const { found } = await read(ctx, {
    found: look<{ email: string; credential: string | null }>(
      sql`select c.email_key as email, c.password_hash as credential
        from mail_token t join customer c on c.tenant = t.tenant and c.id = t.subject and c.email_key = t.email_key
        where t.tenant = ${ctx.tenant} and t.id = ${id} and t.purpose = ${purpose} and t.subject = ${subject}
          and t.hash = ${hash} and t.expires_at > ${ctx.now.toISOString()}::timestamptz
          and c.status in ('unverified', 'active')`,
    ),
  })
  const [holder] = found
  if (holder === undefined) throw new Refusal('mail_token_invalid')
  return { customerId: subject, isProven: true, ...holder }
}
