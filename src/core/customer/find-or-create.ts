import type { Context } from '#core/context'
import { findOrInsertAccount } from './find-or-insert-account.ts'
import type { CreateCustomer } from './input.ts'

/**
 * Finds the account of an e-mail address, or creates it. An existing account is never changed. Concurrent calls create one account
 * and all answer with it. Refuses `email_taken` while a former owner may still take the address back, `external_id_taken`,
 * `invalid_input` for a weak password.
 */
export const findOrCreateCustomer = (ctx: Context, input: CreateCustomer) =>
  findOrInsertAccount(ctx, input, { mustBeNew: false })
