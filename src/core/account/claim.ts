import type { Context } from '#core/context'
import type { MailToken } from '#core/identity'
import { merging } from '#core/merge'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'
import { spending } from './mail-token.ts'

type Claim = {
  readonly customerId: string
  /** Null: the one it has. */
  readonly passwordHash: string | null
  /** Without what others than the owner of the address may have written. */
  readonly drop: boolean
  /** The link that proves the address. */
  readonly purpose: 'verify' | 'reset'
  readonly token: MailToken
  /** Comes with a session instead of a password: the link must be this customer's. */
  readonly shopperId?: string
}

/**
 * The owner of an address takes an account over, by a link that is spent with it: verified, claimed, every session ended. Appends
 * `customer.email_verified`, or for an address that was proven before `customer.updated` when a reader sees something else changed.
 * The guest of the address is merged after it. Refuses `mail_token_invalid`.
 */
export const claimAccount = (ctx: Context, { purpose, token, shopperId, ...claim }: Claim) =>
  query.claimAccount({
    ...spending(ctx, purpose, token, shopperId),
    ...appending(ctx),
    ...merging(ctx),
    ...claim,
  })
