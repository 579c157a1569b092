import { type SQL, sql } from 'drizzle-orm'
import { type Context, commit, keep, mayUse, refuseWhen, type Versioned } from '#core/context'
import { actorDocument } from '#core/outbox'
import { Announcements } from '#db/statement'
import { newId } from '#kernel/id'
import {
  type Merge,
  type MergeDocument,
  mergeDocumentOf,
  mergeVersion,
  toMerge,
  UNDO_DAYS,
} from './view.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Parts what was merged. The merged one returns as it was, with the orders that moved in their newest state; what came after the
 * merge, or was touched since, stays with the survivor and is listed in `conflicts`. Undone twice it changes nothing. The pair is
 * not merged again unless somebody asks. Refuses `merge_not_found`, `precondition_failed`, and `merge_not_undoable` when it is not
 * done, too long ago, the survivor is gone or part of another, or somebody else has the address.
 */
export async function undoMerge(ctx: Context, id: string): Promise<Versioned<Merge>> {
  mayUse(ctx, 'merge:write')
  const { answer } = await commit(ctx, {
    match: refuseWhen(
      ctx.ifMatch === null
        ? sql`false`
        : sql`exists (select from merge where tenant = ${ctx.tenant} and id = ${id} and ${mergeVersion} <> ${ctx.ifMatch}::int)`,
      'precondition_failed',
    ),
    undone: undoStatement(ctx, id),
    answer: keep<MergeDocument>(mergeDocumentOf(ctx.tenant, id)),
  })
  return toMerge(answer)
}

function undoStatement(ctx: Context, id: string): Announcements {
  return announcing(ctx, sql`select undo_merge(${ctx.tenant}, ${id}, ${terms(ctx)}) as job`)
}

/**
 * In the commit that moves an account back to an address it had, and before it does: parts it from the guests of the addresses it
 * was moved to since. What cannot be undone any more stays.
 * @param token the id of the link that undoes the first of these moves.
 */
export const undoMergesOfMoves = (ctx: Context, customerId: string, token: string): Announcements =>
  announcing(
    ctx,
    sql`select undo_merges_of_moves(${ctx.tenant}, ${customerId}, ${token}, ${terms(ctx)}) as job`,
  )

const announcing = (ctx: Context, query: SQL): Announcements =>
  new Announcements(query, { tenant: ctx.tenant, kind: 'announce' })

/** What every undo is given: how old the merge may be, the tenant's currency, fresh ids, who, and when. */
function terms(ctx: Context): SQL {
  const since = new Date(ctx.now.getTime() - UNDO_DAYS * DAY_MS)
  const ids = JSON.stringify({
    address: newId('address', ctx.now),
    event: newId('event', ctx.now),
    job: newId('job', ctx.now),
    mergedEvent: newId('event', ctx.now),
    mergedJob: newId('job', ctx.now),
    groupEvent: newId('event', ctx.now),
    groupJob: newId('job', ctx.now),
  })
  return sql`${since.toISOString()}::timestamptz, ${ctx.settings.currency}, ${ids}::jsonb,
    ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz`
}
