import { type SQL, sql } from 'drizzle-orm'
import {
  type Context,
  commit,
  guard,
  keep,
  mayActFor,
  maybe,
  refuseWhen,
  type Versioned,
} from '#core/context'
import { emit, stampChanged } from '#core/outbox'
import type { Guard } from '#db/statement'
import { Refusal } from '#kernel/error'
import { emailKey } from './email.ts'
import type { UpdateCustomer } from './input.ts'
import { lockCustomer } from './lock.ts'
import { METADATA_KEYS } from './metadata.ts'
import { nameKey } from './name.ts'
import { type Customer, type CustomerDocument, customerDocument, toCustomer } from './view.ts'

type Change = { readonly name: string; readonly differs: SQL; readonly set: readonly SQL[] }

const plainColumns = {
  firstName: sql`first_name`,
  lastName: sql`last_name`,
  phone: sql`phone`,
  locale: sql`locale`,
  externalId: sql`external_id`,
} as const

const keyColumns: { [name: string]: SQL } = {
  firstName: sql`first_name_key`,
  lastName: sql`last_name_key`,
}

/**
 * Changes what is named and differs; the version rises only then. Metadata is merged (RFC 7396), null removes. A changed e-mail
 * address is unverified and unclaimed. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, `email_taken`,
 * `external_id_taken`, and `caller_not_allowed` for a shopper who names what only staff may change.
 */
export async function updateCustomer(
  ctx: Context,
  id: string,
  input: UpdateCustomer,
): Promise<Versioned<Customer>> {
  mayActFor(ctx, id)
  if (ctx.actor.type === 'shopper' && (input.email ?? input.externalId) !== undefined) {
    throw new Refusal('caller_not_allowed')
  }
  const changes = changesOf(input)
  const { answer } = await commit(ctx, {
    ...(input.email === undefined ? {} : { address: lockEmail(ctx, input.email) }),
    customer: lockCustomer(ctx, id, ctx.ifMatch),
    ...(input.email === undefined ? {} : { free: refuseTakenEmail(ctx, id, input.email) }),
    ...(input.externalId == null ? {} : { mine: holdExternalId(ctx, id, input.externalId) }),
    changed: maybe(updateStatement(ctx, id, changes)),
    ...(input.metadata === undefined ? {} : { room: refuseTooMuchMetadata(ctx, id) }),
    told: emit(ctx, { type: 'customer.updated', customerId: id, changed: 'stamped' }),
    answer: keep<CustomerDocument>(customerDocument(ctx, id), id),
  })
  return toCustomer(answer)
}

/** Two who move to one address wait for each other, so that the second is told and no index has to say so. */
const lockEmail = (ctx: Context, email: string): Guard =>
  guard(sql`lock_email(${ctx.tenant}, ${emailKey(email)})`)

function changesOf(input: UpdateCustomer): Change[] {
  const changes: Change[] = []
  for (const name of Object.keys(plainColumns) as (keyof typeof plainColumns)[]) {
    const value = input[name]
    if (value === undefined) continue
    const column = plainColumns[name]
    const key = keyColumns[name]
    const set = [sql`${column} = ${value}`, ...(key ? [sql`${key} = ${nameKey(value)}`] : [])]
    changes.push({ name, differs: sql`${column} is distinct from ${value}`, set })
  }
  if (input.email !== undefined) changes.push(...emailChanges(input.email))
  if (input.metadata !== undefined) {
    const merged = sql`merge_patch(metadata, ${JSON.stringify(input.metadata)}::jsonb)`
    changes.push({
      name: 'metadata',
      differs: sql`metadata <> ${merged}`,
      set: [sql`metadata = ${merged}`],
    })
  }
  return changes
}

/** Another address, not only another spelling of it, is neither verified nor claimed; a reader sees that too. */
function emailChanges(email: string): Change[] {
  const moved = sql`email_key <> ${emailKey(email)}`
  return [
    {
      name: 'email',
      differs: sql`email <> ${email}`,
      set: [
        sql`email = ${email}`,
        sql`email_key = ${emailKey(email)}`,
        sql`claimed_at = case when ${moved} then null else claimed_at end`,
      ],
    },
    {
      name: 'emailVerified',
      differs: sql`${moved} and email_verified_at is not null`,
      set: [sql`email_verified_at = case when ${moved} then null else email_verified_at end`],
    },
    {
      name: 'status',
      differs: sql`${moved} and status = 'active'`,
      set: [
        sql`status = case when ${moved} and status = 'active' then 'unverified' else status end`,
      ],
    },
  ]
}

function updateStatement(ctx: Context, id: string, changes: readonly Change[]): SQL {
  if (changes.length === 0) return sql`select`
  const differs = sql.join(
    changes.map((change) => change.differs),
    sql` or `,
  )
  const set = sql.join(
    changes.flatMap((change) => change.set),
    sql`, `,
  )
  // With the moment that `emit` will write, so that the indexes take in the change once.
  return sql`update customer set ${set}, updated_at = ${ctx.now.toISOString()}::timestamptz, changed_at = ${stampChanged(changes)}
    where tenant = ${ctx.tenant} and id = ${id} and (${differs})`
}

/** Asked before the index would say so, for Postgres logs the values of a broken unique index. */
const refuseTakenEmail = (ctx: Context, id: string, email: string) =>
  refuseWhen(
    sql`exists (select from customer other, customer self
      where self.tenant = ${ctx.tenant} and self.id = ${id}
        and other.tenant = ${ctx.tenant} and other.email_key = ${emailKey(email)} and other.id <> ${id}
        and other.status = any(case when self.status = 'guest' then array['guest'] else array['unverified', 'active', 'disabled'] end))`,
    'email_taken',
  )

const holdExternalId = (ctx: Context, id: string, externalId: string): Guard =>
  guard(sql`hold_external_id(${ctx.tenant}, ${externalId}, ${id})`)

const refuseTooMuchMetadata = (ctx: Context, id: string) =>
  refuseWhen(
    sql`exists (select from customer where tenant = ${ctx.tenant} and id = ${id}
      and (select count(*) from jsonb_object_keys(metadata)) > ${METADATA_KEYS}::int)`,
    'too_much_metadata',
  )
