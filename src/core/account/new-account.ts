import type { Context } from '#core/context'
import { type CreateCustomer, createAccount } from '#core/customer'
import { merging } from '#core/merge'
import { appending } from '#core/outbox'
import type { RefusalCode } from '#kernel/error'
import * as query from './generated/query.ts'

type NewAccount = {
  readonly id: string
  /** Null: it has no password. */
  readonly credential: string | null
  /** The refusal when an account has taken the address meanwhile. */
  readonly taken: RefusalCode
}

/** The statements that make an account for the owner of an address, who has proven it. The guest of the address is merged into it afterwards. */
export const newAccount = (ctx: Context, input: CreateCustomer, account: NewAccount) => ({
  customer: createAccount(ctx, input, { ...account, isProven: true }),
  verified: query.verifyNewAccount({
    ...appending(ctx),
    ...merging(ctx),
    customerId: account.id,
  }),
})
