import { and, or, sql } from 'drizzle-orm'
import { fieldsWithPolicy } from '#db/field'
import { inputColumns } from '#db/input-fields'
import {
  type Change,
  changesFromParameters,
  isFieldNamed,
  keyCount,
  mergePatch,
  patchOf,
} from '#db/patch'
import { customerTable, emailChangeTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import {
  appendEvent,
  appendEventParams,
  isStampedByEarlierStatement,
  nextSequenceAndVersion,
  stampedChangedAt,
} from '#query/outbox'
import { customerFields } from '../field-list.ts'
import type { MetadataPatch } from '../metadata.ts'
import { changeCustomerEmail, isNewEmailTaken, storeEmailChange } from './email-change.ts'
import { isThisCustomer, lockCustomerOrRefuse, lockEmail, refuseStale } from './lock.ts'
import { customerRow } from './selection.ts'

const { metadata: _, ...profile } = inputColumns(
  fieldsWithPolicy(customerFields, { shopper: true }),
  customerTable,
)

const params = {
  ...appendEventParams,
  ...profile,
  ...pick(customerTable, 'id', 'firstNameKey', 'lastNameKey'),
  /** The fields that the caller names; the others stay as they are. */
  named: sqlType.texts,
  metadata: sqlType.jsonb<MetadataPatch>(),
  metadataKeys: sqlType.int,
  accepted: sqlType.orNull(sqlType.versions),
  currency: sqlType.text,
}
type Params = ValuesOf<typeof params>

/**
 * Changes the named fields that differ, of those that shoppers may write, and appends an event if there are any. Refuses
 * `customer_not_found`, `customer_merged`, `precondition_failed`, `too_much_metadata`.
 */
export const updateProfile = useCase('update_profile', params, (p) => [
  ...lock(p),
  change(p, changesFromParameters(profile, p)),
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
    lockEmail(p.tenant, p.emailKey, isFieldNamed(p.named, 'email')),
    ...lock(p),
    refuseWhen({ email_taken: isNewEmailTaken(p) }),
    storeEmailChange(p),
    changeCustomerEmail(p),
    change(p, changesFromParameters({ ...profile, ...pick(customerTable, 'externalId') }, p)),
    answer(p),
  ],
)

const lock = (p: Params) => [
  lockCustomerOrRefuse(p),
  refuseStale(customerTable, p.accepted, isThisCustomer(p), { too_much_metadata: hasTooMuch(p) }),
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
        ...nextSequenceAndVersion,
        updatedAt: p.now,
        changedAt: stampedChangedAt(patch.stamps),
      })
      .where(and(isThisCustomer(p), or(isStampedByEarlierStatement, patch.differs)))
      .returning(),
    () => ({ type: 'customer.updated', changed: 'stamped' }),
  )
}

const answer = (p: Params) =>
  db.select(customerRow(customerTable, p.currency)).from(customerTable).where(isThisCustomer(p))

const mergedMetadata = (p: Params) => mergePatch(customerTable.metadata, p.metadata)

/** The keys by which names are compared and sorted; they change with the names. */
const nameKeysOf = (p: Params) =>
  patchOf(p.named, {
    firstNameKey: {
      column: customerTable.firstNameKey,
      to: p.firstNameKey,
      when: isFieldNamed(p.named, 'firstName'),
    },
    lastNameKey: {
      column: customerTable.lastNameKey,
      to: p.lastNameKey,
      when: isFieldNamed(p.named, 'lastName'),
    },
  }).set

const hasTooMuch = (p: Params) =>
  sqlType.flag(
    sql`(${isFieldNamed(p.named, 'metadata')} and ${keyCount(mergedMetadata(p))} > ${p.metadataKeys})`,
  )
