import type { Context } from '#core/context'
import { appending } from '#core/outbox'
import type { RefusalCode } from '#kernel/error'
import * as query from './generated/query.ts'
import type { CreateCustomer } from './input.ts'
import { accountOf } from './insert.ts'

type NewAccount = {
  readonly id: string
  readonly credential: string
  /** The owner has proven the address; else the account is a storefront login's, and holds it against no service. */
  readonly isProven: boolean
  /** The refusal when an account has the address. */
  readonly taken: RefusalCode
}

/** For a commit: an account that its owner asked for. Waits for another transaction that writes the same address. */
export const createAccount = (
  ctx: Context,
  input: CreateCustomer,
  { id, credential, isProven, taken }: NewAccount,
) =>
  query.createAccount({
    ...appending(ctx),
    ...accountOf(input),
    id,
    passwordHash: credential,
    status: isProven ? 'active' : 'unverified',
    provisional: !isProven,
    emailVerifiedAt: isProven ? ctx.now.toISOString() : null,
    taken,
  })
