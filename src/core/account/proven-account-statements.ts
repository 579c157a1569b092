import type { Context } from '#core/context'
import { type CreateCustomer, createRequestedAccountCall } from '#core/customer'
import { newMergeValues } from '#core/merge'
import { newEventValues } from '#core/outbox'
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
export const provenAccountStatements = (
  ctx: Context,
  input: CreateCustomer,
  account: NewAccount,
) => ({
  customer: createRequestedAccountCall(ctx, input, { ...account, isProven: true }),
  verified: query.verifyNewAccount({
    ...newEventValues(ctx),
    ...newMergeValues(ctx),
    customerId: account.id,
  }),
})
