import { and, exists, ne, sql } from 'drizzle-orm'
import { db, given, pick, refuseWhen } from '#db/builder'
import { jsonbOf } from '#db/document'
import { inputColumns } from '#db/input'
import { kind } from '#db/kind'
import { rowFunction } from '#db/row-function'
import { addressTable, eventTable, mailTokenTable, mergeTable } from '#db/schema'
import { newJobs, noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { addressFields } from '#field/address'
import { acting } from '#query/outbox'
import { versionOf } from '../field.ts'
import { call } from '../generated/call.ts'
import { foundMerge, isMerge } from './find.ts'

/** What every undo needs. */
const undoing = {
  ...acting,
  undoCurrency: kind.text,
  /** A merge that is older stays. */
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

/** What every undo is given: how old the merge may be, the tenant's currency, ids, who, and when. */
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
 * Before an account is moved back to an address that it had: parts it from the guests of the addresses that it was moved to since.
 * What cannot be undone any more stays.
 */
export const undoMergesOfMoves = useCase(
  'undo_merges_of_moves_back',
  { ...undoing, customerId: mergeTable.survivorId, tokenId: mailTokenTable.id },
  (p) => [
    sql`select ${call.undoMergesOfMoves({ ...termsOf(p), customer: p.customerId, token: p.tokenId })}`,
    noAnswer,
  ],
)

/** Parts what was merged. Refuses `precondition_failed`, `merge_not_found`, `merge_not_undoable`. */
export const undoMerge = useCase(
  'undo_requested_merge',
  { ...undoing, ...pick(mergeTable, 'id'), read: kind.orNull(kind.int) },
  (p) => [
    refuseWhen({
      precondition_failed: and(
        given(p.read),
        exists(
          db
            .select({ id: mergeTable.id })
            .from(mergeTable)
            .where(and(isMerge(p), ne(version, sql`${p.read}`))),
        ),
      ),
    }),
    sql`select ${call.undoMerge({ ...termsOf(p), id: p.id })}`,
    db.select(foundMerge).from(mergeTable).where(isMerge(p)),
  ],
)

/** The version of a merge, as `versionOf` says it. */
const version = kind.int(
  sql`case ${mergeTable.state} ${sql.join(
    Object.entries(versionOf).map(([state, version]) => sql`when ${state} then ${version}`),
    sql` `,
  )} end`,
)

/** What a person wrote of an address: an undo takes it back when this is as it was. */
export const addressContent = rowFunction('address_content', addressTable, (address) =>
  jsonbOf(inputColumns(addressFields, address)),
)
