import type { Context } from '#core/context'
import { type MailToken, openedKey } from '#core/identity'
import { mailing } from '#core/mail'
import { merging } from '#core/merge'
import { appending } from '#core/outbox'
import { endingPasskeys } from '#core/passkey'
import * as query from './generated/query.ts'
import { spending } from './mail-token.ts'
import type { claimPurposes } from './purpose.ts'

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
 * The owner of an address takes an account over by a link, which is spent. The account is verified and claimed, and all its sessions
 * end, and with `drop` all passkeys; a mail tells of that, and of a first or another password. Appends `customer.email_verified`; if the address was proven before, `customer.updated` when another visible field changed.
 * The guest with the address is merged into it afterwards. Refuses `mail_token_invalid`.
 */
export const claimAccount = (ctx: Context, { purpose, token, shopperId, ...claim }: Claim) =>
  query.claimAccount({
    ...spending(ctx, purpose, token, shopperId),
    ...appending(ctx),
    ...mailing(ctx),
    ...merging(ctx),
    ...endingPasskeys(ctx),
    ...claim,
    serviceKeys: ctx.settings.metadata_service_keys,
    opened: openedKey(ctx),
  })
