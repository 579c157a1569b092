import { sql } from 'drizzle-orm'
import { type Context, commit, keep, mayUse, type Versioned } from '#core/context'
import { emit } from '#core/outbox'
import { newId } from '#kernel/id'
import { emailKey } from './email.ts'
import { enroll } from './enroll.ts'
import type { CreateCustomer } from './input.ts'
import { insertAccount } from './insert.ts'
import { inviteToVerify } from './invite.ts'
import { type Customer, type CustomerDocument, customerDocument, toCustomer } from './view.ts'

type Found = { readonly customer: CustomerDocument; readonly created: boolean }

/**
 * The account of an e-mail address, made when there is none; what exists is never changed. However many ask at once, one is
 * made and all get it. Refuses `external_id_taken`, `invalid_input` for a weak password.
 */
export async function findOrCreateCustomer(
  ctx: Context,
  input: CreateCustomer,
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  mayUse(ctx, 'customer:write')
  const id = newId('customer', ctx.now)
  const enrolled = await enroll<Found>(ctx, id, input)
  if ('kept' in enrolled) return toFound(enrolled.kept)
  const { credential } = enrolled
  const account = sql`(select id from customer where tenant = ${ctx.tenant} and email_key = ${emailKey(input.email)}
    and status in ('unverified', 'active', 'disabled'))`
  const { answer } = await commit(ctx, {
    customer: insertAccount(ctx, input, { id, credential, standing: 'unverified', taken: null }),
    ...(credential === null ? {} : { mail: inviteToVerify(ctx, id) }),
    told: emit(ctx, { type: 'customer.created', customerId: id }),
    answer: keep<Found>(
      sql`json_build_object('customer', ${customerDocument(ctx, account)}, 'created', ${account} = ${id})`,
      id,
    ),
  })
  return toFound(answer)
}

const toFound = ({ customer, created }: Found) => ({ ...toCustomer(customer), created })
