import { and, exists, sql } from 'drizzle-orm'
import { db, perform, pick, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { inputColumns } from '#db/input'
import { kind } from '#db/kind'
import { rowFunction } from '#db/row-function'
import { addressTable, eventTable, mailTokenTable, mergeTable } from '#db/schema'
import { newJobs, noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { addressFields } from '#field/address'
import { isUnaccepted } from '#lock/customer'
import { acting } from '#query/outbox'
import { versionOf } from '../field.ts'
import { call } from '../generated/call.ts'
import { foundMerge, isMerge } from './find.ts'

/** The parameters of every undo. */
const undoing = {
  ...acting,
  undoCurrency: kind.text,
  /** An older merge cannot be undone. */
  undoSince: eventTable.at,
  undoAddress: addressTable.id,
  undoEvent: eventTable.id,
  undoJob: newJobs('announce'),
  undoMergedEvent: eventTable.id,
  undoMergedJob: newJobs('announce'),
  undoGroupEvent: eventTable.id,
  undoGroupJob: newJobs('announce'),
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
 * Before an account is moved back to an old address: undoes its merges with the guests of later addresses, and the one by which staff
 * has merged it into another account. A merge that cannot be undone any more stays.
 */
export const undoMergesOfMoves = useCase(
  'undo_merges_of_moves_back',
  { ...undoing, customerId: mergeTable.survivorId, tokenId: mailTokenTable.id },
  (p) => [
    perform(call.undoMergesOfMoves({ ...termsOf(p), customer: p.customerId, token: p.tokenId })),
    noAnswer,
  ],
)

/** Undoes a merge. Refuses `precondition_failed`, `merge_not_found`, `merge_not_undoable`. */
export const undoMerge = useCase(
  'undo_requested_merge',
  { ...undoing, ...pick(mergeTable, 'id'), accepted: kind.orNull(kind.versions) },
  (p) => [
    refuseWhen({
      precondition_failed: exists(
        db
          .select({ id: mergeTable.id })
          .from(mergeTable)
          .where(and(isMerge(p), isUnaccepted(version, p.accepted))),
      ),
    }),
    perform(call.undoMerge({ ...termsOf(p), id: p.id })),
    db.select(foundMerge).from(mergeTable).where(isMerge(p)),
  ],
)

/** The version of a merge, as in `versionOf`. */
const version = kind.int(
  sql`case ${mergeTable.state} ${sql.join(
    Object.entries(versionOf).map(([state, version]) => sql`when ${state} then ${version}`),
    sql` `,
  )} end`,
)

/** The fields of an address that a person wrote. An undo moves the address back if they are unchanged. */
export const addressContent = rowFunction('address_content', addressTable, (address) =>
  jsonbOf(inputColumns(addressFields, address)),
)
