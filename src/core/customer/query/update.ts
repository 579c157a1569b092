import { and, eq, exists, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, pick, refuseWhen } from '#db/builder'
import { call as shared } from '#db/generated/call'
import { inputColumns } from '#db/input'
import { kind } from '#db/kind'
import { changesTo, isNamed, patchOf } from '#db/patch'
import { customerTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { appendEvent, appending, isStamped, next, stamped } from '#query/outbox'
import { customerFields } from '../field.ts'
import { call } from '../generated/call.ts'
import type { MetadataPatch } from '../metadata.ts'
import { isAccount, isGuest } from './condition.ts'
import { customerRefusals, isCustomer, lockCustomer, lockEmail, refuseStale } from './lock.ts'
import { customerRow } from './selection.ts'

const { email: _, metadata: __, ...plain } = inputColumns(customerFields, customerTable)

const params = {
  ...appending,
  ...plain,
  ...pick(customerTable, 'id', 'email', 'emailKey', 'firstNameKey', 'lastNameKey'),
  /** The fields that the caller names; the others stay as they are. */
  named: kind.texts,
  metadata: kind.jsonb<MetadataPatch>(),
  metadataKeys: kind.int,
  read: kind.orNull(kind.int),
  currency: kind.text,
}
type Params = ValuesOf<typeof params>

/**
 * Changes what is named and differs, and appends an event then. Another address, not only another spelling of it, is neither verified
 * nor claimed. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, `email_taken`, `external_id_taken`,
 * `too_much_metadata`.
 */
export const updateCustomer = useCase('update_customer', params, (p) => {
  const patch = patchOf(p.named, changesOf(p))
  return [
    lockEmail(p.tenant, p.emailKey, isNamed(p.named, 'email')),
    lockCustomer(p),
    refuseWhen(customerRefusals(p)),
    refuseStale(customerTable, p.read, isCustomer(p)),
    refuseWhen({ email_taken: isTaken(p) }),
    sql`select ${call.lockExternalId({ tenant: p.tenant, externalId: p.externalId, customer: p.id })}
      where ${isNamed(p.named, 'externalId')}`,
    refuseWhen({ too_much_metadata: hasTooMuch(p) }),
    moveEmail(p),
    appendEvent(
      p,
      db
        .update(customerTable)
        .set({
          ...patch.set,
          ...nameKeysOf(p),
          ...next,
          updatedAt: p.now,
          changedAt: stamped(patch.stamps),
        })
        .where(and(isCustomer(p), or(isStamped, patch.differs)))
        .returning(),
      () => ({ type: 'customer.updated', changed: 'stamped' }),
    ),
    db.select(customerRow(customerTable, p.currency)).from(customerTable).where(isCustomer(p)),
  ]
})

const changesOf = (p: Params) => ({
  ...changesTo(plain, p),
  metadata: { column: customerTable.metadata, to: mergedMetadata(p) },
})

const mergedMetadata = (p: Params) =>
  shared.mergePatch({ target: customerTable.metadata, patch: p.metadata })

/** Names are compared and sorted by their keys, which change with them. */
const nameKeysOf = (p: Params) =>
  patchOf(p.named, {
    firstNameKey: {
      column: customerTable.firstNameKey,
      to: p.firstNameKey,
      when: isNamed(p.named, 'firstName'),
    },
    lastNameKey: {
      column: customerTable.lastNameKey,
      to: p.lastNameKey,
      when: isNamed(p.named, 'lastName'),
    },
  }).set

/** Apart from the other fields, because each column that is set here has triggers that look at it. */
function moveEmail(p: Params) {
  const moves = isMove(p)
  const isClosed = sql`${moves} and ${eq(customerTable.status, 'active')}`
  return db
    .update(customerTable)
    .set({
      email: p.email,
      emailKey: p.emailKey,
      claimedAt: sql`case when not ${moves} then ${customerTable.claimedAt} end`,
      emailVerifiedAt: sql`case when not ${moves} then ${customerTable.emailVerifiedAt} end`,
      status: sql`case when ${isClosed} then 'unverified' else ${customerTable.status} end`,
      updatedAt: p.now,
      changedAt: stamped([
        { field: 'email' },
        {
          field: 'emailVerified',
          differs: sql`${moves} and ${customerTable.emailVerifiedAt} is not null`,
        },
        { field: 'status', differs: isClosed },
      ]),
    })
    .where(and(isCustomer(p), isNamed(p.named, 'email'), ne(customerTable.email, p.email)))
}

/** Whether the address is another one, and not only spelt in another way. */
const isMove = (p: Params): SQL =>
  sql`(${isNamed(p.named, 'email')} and ${ne(customerTable.emailKey, p.emailKey)})`

/** A guest and an account may have the same address, but not two guests, and not two accounts. */
function isTaken(p: Params): SQL {
  const other = alias(customerTable, 'other')
  return exists(
    db
      .select({ id: other.id })
      .from(customerTable)
      .innerJoin(
        other,
        and(eq(other.tenant, p.tenant), eq(other.emailKey, p.emailKey), ne(other.id, p.id)),
      )
      .where(
        and(
          isCustomer(p),
          isMove(p),
          sql`case when ${isGuest(customerTable)} then ${isGuest(other)} else ${isAccount(other)} end`,
        ),
      ),
  )
}

const hasTooMuch = (p: Params): SQL =>
  exists(
    db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(
        and(
          isCustomer(p),
          isNamed(p.named, 'metadata'),
          sql`(select count(*) from jsonb_object_keys(${mergedMetadata(p)})) > ${p.metadataKeys}`,
        ),
      ),
  )
