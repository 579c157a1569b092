import { and, exists, sql } from 'drizzle-orm'
import { jsonbOf } from '#db/document'
import { inputColumns } from '#db/input-fields'
import { rowFunction } from '#db/row-function'
import { addressTable, eventTable, mailTokenTable, mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, evaluateForEffect, pick, refuseWhen } from '#db/statement-builders'
import { newJobsParameter, noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { addressFields } from '#field/address'
import { isVersionUnaccepted } from '#lock/customer'
import { actorParams } from '#query/outbox'
import { mergeVersionByState } from '../field-list.ts'
import { call } from '../generated/call.ts'
import { isThisMerge, mergeWithDetailSelection } from './find-and-answer.ts'

/** The parameters of every undo. */
const undoing = {
  ...actorParams,
  undoCurrency: sqlType.text,
  /** An older merge cannot be undone. */
  undoSince: eventTable.at,
  undoAddress: addressTable.id,
  undoEvent: eventTable.id,
  undoJob: newJobsParameter('announce'),
  undoMergedEvent: eventTable.id,
  undoMergedJob: newJobsParameter('announce'),
  undoGroupEvent: eventTable.id,
  undoGroupJob: newJobsParameter('announce'),
}
type Undoing = ValuesOf<typeof undoing>

/** The arguments of every undo: the oldest merge, the tenant's currency, ids, actor, and time. */
const termsOf = (p: Undoing) => ({
  tenant: p.tenant,
  since: p.undoSince,
  currency: p.undoCurrency,
  ids: jsonbOf({
    address: sql`${p.undoAddress}`,
    event: sql`${p.undoEvent}`,
    job: sql`${p.undoJob}`,
    mergedEvent: sql`${p.undoMergedEvent}`,
    mergedJob: sql`${p.undoMergedJob}`,
    groupEvent: sql`${p.undoGroupEvent}`,
    groupJob: sql`${p.undoGroupJob}`,
  }),
  actor: p.actor,
  request: p.request,
  now: p.now,
})

/**
 * Runs before an account returns to an old e-mail address. Undoes its merges with guests of its later addresses, and its merge into another account by staff. A merge that cannot be undone any more stays.
 */
export const undoEmailMoveMerges = useCase(
  'undo_email_move_merges_back',
  { ...undoing, customerId: mergeTable.survivorId, tokenId: mailTokenTable.id },
  (p) => [
    evaluateForEffect(
      call.undoMergesOfMoves({ ...termsOf(p), customer: p.customerId, token: p.tokenId }),
    ),
    noAnswer,
  ],
)

/** Undoes a merge. Refuses `precondition_failed`, `merge_not_found`, `merge_not_undoable`. */
export const undoMerge = useCase(
  'undo_requested_merge',
  { ...undoing, ...pick(mergeTable, 'id'), accepted: sqlType.orNull(sqlType.versions) },
  (p) => [
    refuseWhen({
      precondition_failed: exists(
        db
          .select({ id: mergeTable.id })
          .from(mergeTable)
          .where(and(isThisMerge(p), isVersionUnaccepted(version, p.accepted))),
      ),
    }),
    evaluateForEffect(call.undoMerge({ ...termsOf(p), id: p.id })),
    db.select(mergeWithDetailSelection).from(mergeTable).where(isThisMerge(p)),
  ],
)

/** The version of a merge, as in `versionOf`. */
const version = sqlType.int(
  sql`case ${mergeTable.state} ${sql.join(
    Object.entries(mergeVersionByState).map(
      ([state, version]) => sql`when ${state} then ${version}`,
    ),
    sql` `,
  )} end`,
)

/** The fields of an address that a person wrote. An undo moves the address back if they are unchanged. */
export const addressContent = rowFunction('address_content', addressTable, (address) =>
  jsonbOf(inputColumns(addressFields, address)),
)
