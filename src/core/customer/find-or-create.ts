import type { Context } from '#core/context'
import type { CreateCustomer } from './input.ts'
import { insertCustomer } from './insert.ts'

/**
 * The account of an e-mail address, made when there is none; what exists is never changed. However many ask at once, one is
 * made and all get it. Refuses `external_id_taken`, `invalid_input` for a weak password.
 */
export const findOrCreateCustomer = (ctx: Context, input: CreateCustomer) =>
  insertCustomer(ctx, input, { mustBeNew: false })
