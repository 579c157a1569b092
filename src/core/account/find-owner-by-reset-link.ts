import { type Context, read } from '#core/context'
import type { MailToken, PasswordOwner } from '#core/identity'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** Finds the account of a valid link to set a new password: its reader reads the inbox. Refuses `mail_token_invalid`. */
export async function findOwnerByResetLink(
  ctx: Context,
  { id, subject, hash }: MailToken,
): Promise<PasswordOwner> {
  const { tenant, now } = ctx
  const { found } = await read(ctx, {
    found: query.findByResetLink({
      tenant,
      tokenId: id,
      subject,
      tokenHash: hash,
      now: now.toISOString(),
    }),
  })
  const [owner] = found
  if (owner === undefined) throw new Refusal('mail_token_invalid')
  return { customerId: subject, isProven: true, ...owner }
}
