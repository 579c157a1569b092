import type { Context } from '#core/context'
import type { MailToken } from '#core/identity'
import * as query from './generated/query.ts'

/**
 * A link in a mail, to be used up.
 * @param shopperId comes with a session instead of a password: the link must be this customer's.
 */
export const spending = <P extends 'verify' | 'reset'>(
  { tenant, now }: Context,
  purpose: P,
  { id, subject, hash }: MailToken,
  shopperId: string | null = null,
) => ({
  tenant,
  purpose,
  subject,
  tokenId: id,
  tokenHash: hash,
  shopperId,
  now: now.toISOString(),
})

/** Head of the commit that a link to verify an address allows, once. Refuses `mail_token_invalid`. */
export const spendVerifyToken = (ctx: Context, token: MailToken) =>
  query.spendMailToken(spending(ctx, 'verify', token))
