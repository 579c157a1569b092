import type { Context } from '#core/context'
import { type MailToken, openedPlaceKeyPrefix } from '#core/identity'
import { newMailValues } from '#core/mail'
import { newMergeValues } from '#core/merge'
import { newEventValues } from '#core/outbox'
import { idsToEndPasskeys } from '#core/passkey'
import type { claimPurposes } from './claim-purposes.ts'
import * as query from './generated/query.ts'
import { valuesToSpendMailToken } from './spend-mail-token.ts'

type Claim = {
  readonly customerId: string
  /** Null: the password stays. */
  readonly passwordHash: string | null
  /** Whether to drop the data that others than the owner of the address may have written, and all passkeys. */
  readonly drop: boolean
  /** The link that proves the address. */
  readonly purpose: keyof typeof claimPurposes
  readonly token: MailToken
  /** The caller has a session instead of a password: the link must be this customer's. */
  readonly shopperId?: string
}

/**
 * The owner of an e-mail address claims an account by a link. The link is spent. The account becomes verified, and all its sessions end. With `drop`, all passkeys end as well. A mail reports a new password or ended passkeys. Appends `customer.email_verified`; if the address was proven before, `customer.updated` when another visible field changed.
 * The guest with the address is merged into it afterwards. Refuses `mail_token_invalid`.
 */
export const claimAccountCall = (ctx: Context, { purpose, token, shopperId, ...claim }: Claim) =>
  query.claimAccount({
    ...valuesToSpendMailToken(ctx, purpose, token, shopperId),
    ...newEventValues(ctx),
    ...newMailValues(ctx),
    ...newMergeValues(ctx),
    ...idsToEndPasskeys(ctx),
    ...claim,
    serviceKeys: ctx.settings.metadata_service_keys,
    opened: openedPlaceKeyPrefix(ctx),
  })
