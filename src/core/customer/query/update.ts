import { and, or, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { fieldsWith } from '#db/field'
import { inputColumns } from '#db/input'
import { kind } from '#db/kind'
import { type Change, changesTo, isNamed, keyCount, mergePatch, patchOf } from '#db/patch'
import { customerTable, emailChangeTable, mailTokenTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { appendEvent, appending, isStamped, next, stamped } from '#query/outbox'
import { customerFields } from '../field.ts'
import type { MetadataPatch } from '../metadata.ts'
import { isTaken, moveEmail, recordMove } from './email.ts'
import { isCustomer, lockEmail, lockOrRefuse, refuseStale } from './lock.ts'
import { customerRow } from './selection.ts'

const { metadata: _, ...profile } = inputColumns(
  fieldsWith(customerFields, { shopper: true }),
  customerTable,
)

const params = {
  ...appending,
  ...profile,
  ...pick(customerTable, 'id', 'firstNameKey', 'lastNameKey'),
  /** The fields that the caller names; the others stay as they are. */
  named: kind.texts,
  metadata: kind.jsonb<MetadataPatch>(),
  metadataKeys: kind.int,
  accepted: kind.orNull(kind.versions),
  currency: kind.text,
}
type Params = ValuesOf<typeof params>

/**
 * Changes the named fields that differ, of those that shoppers may write, and appends an event if there are any. Refuses
 * `customer_not_found`, `customer_merged`, `precondition_failed`, `too_much_metadata`.
 */
export const updateProfile = useCase('update_profile', params, (p) => [
  ...lock(p),
  change(p, changesTo(profile, p)),
  answer(p),
])

/**
 * `updateProfile` for all fields. A new e-mail address, not only a new spelling, is neither verified nor claimed; the old one can undo
 * the change if it was proven. It also refuses
 * `email_taken` and `external_id_taken`.
 */
export const updateCustomer = useCase(
  'update_customer',
  {
    ...params,
    ...pick(customerTable, 'email', 'emailKey', 'externalId'),
    changeId: emailChangeTable.id,
    mailTokenExpiresAt: mailTokenTable.expiresAt,
  },
  (p) => [
    lockEmail(p.tenant, p.emailKey, isNamed(p.named, 'email')),
    ...lock(p),
    refuseWhen({ email_taken: isTaken(p) }),
    recordMove(p),
    moveEmail(p),
    change(p, changesTo({ ...profile, ...pick(customerTable, 'externalId') }, p)),
    answer(p),
  ],
)

const lock = (p: Params) => [
  lockOrRefuse(p),
  refuseStale(customerTable, p.accepted, isCustomer(p), { too_much_metadata: hasTooMuch(p) }),
]

/** Writes no row, and so no event, if no field differs and no earlier statement has stamped a field. */
function change(p: Params, changes: Readonly<Record<string, Change>>) {
  const metadata = { column: customerTable.metadata, to: mergedMetadata(p) }
  const patch = patchOf(p.named, { ...changes, metadata })
  return appendEvent(
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
  )
}

const answer = (p: Params) =>
  db.select(customerRow(customerTable, p.currency)).from(customerTable).where(isCustomer(p))

const mergedMetadata = (p: Params) => mergePatch(customerTable.metadata, p.metadata)

/** The keys by which names are compared and sorted; they change with the names. */
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

const hasTooMuch = (p: Params) =>
  kind.flag(
    sql`(${isNamed(p.named, 'metadata')} and ${keyCount(mergedMetadata(p))} > ${p.metadataKeys})`,
  )
