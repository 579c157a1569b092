import type { Context } from '#core/context'
import { newEventValues } from '#core/outbox'
import type { RefusalCode } from '#kernel/error'
import { newAccountValues } from './find-or-insert-account.ts'
import * as query from './generated/query.ts'
import type { CreateCustomer } from './input.ts'
import { withoutReservedMetadata } from './reserved-metadata.ts'

type NewAccount = {
  readonly id: string
  /** Null: it has no password. */
  readonly credential: string | null
  /** Whether the owner has proven the address. If not, the account is provisional and makes room for an account of a service. */
  readonly isProven: boolean
  /** The refusal when an account has the address. */
  readonly taken: RefusalCode
}

/** A call for a commit: makes an account that its owner asked for. It waits for another transaction that writes the same address. */
export const createRequestedAccountCall = (
  ctx: Context,
  input: CreateCustomer,
  { id, credential, isProven, taken }: NewAccount,
) =>
  query.createRequestedAccount({
    ...newEventValues(ctx),
    ...newAccountValues(input),
    metadata: withoutReservedMetadata(ctx.settings, input.metadata),
    id,
    passwordHash: credential,
    status: isProven ? 'active' : 'unverified',
    provisional: !isProven,
    emailVerifiedAt: isProven ? ctx.now.toISOString() : null,
    taken,
  })
