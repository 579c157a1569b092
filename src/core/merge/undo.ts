import { type Context, commit, mayUse, type Versioned } from '#core/context'
import { acting } from '#core/outbox'
import { newId } from '#kernel/id'
import { UNDO_DAYS } from './field.ts'
import * as query from './generated/query.ts'
import { type Merge, toMerge } from './view.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Parts what was merged. The merged one returns as it was, with the orders that moved in their newest state; what came after the
 * merge, or was touched since, stays with the survivor and is listed in `conflicts`. Undone twice it changes nothing. The pair is
 * not merged again unless somebody asks. Refuses `merge_not_found`, `precondition_failed`, and `merge_not_undoable` when it is not
 * done, too long ago, the survivor is gone or part of another, or somebody else has the address.
 */
export async function undoMerge(ctx: Context, id: string): Promise<Versioned<Merge>> {
  mayUse(ctx, 'merge:write')
  const call = query.undoMerge({ ...undoing(ctx), id, read: ctx.ifMatch })
  const { answer } = await commit(ctx, { answer: call.asAnswer(null) })
  return toMerge(answer[0])
}

/**
 * In the commit that moves an account back to an address it had, and before it does: parts it from the guests of the addresses it
 * was moved to since. What cannot be undone any more stays.
 * @param tokenId of the link that undoes the first of these moves.
 */
export const undoMergesOfMoves = (ctx: Context, customerId: string, tokenId: string) =>
  query.undoMergesOfMoves({ ...undoing(ctx), customerId, tokenId })

const undoing = (ctx: Context) => ({
  ...acting(ctx),
  undoCurrency: ctx.settings.currency,
  undoSince: new Date(ctx.now.getTime() - UNDO_DAYS * DAY_MS).toISOString(),
  undoAddress: newId('address', ctx.now),
  undoEvent: newId('event', ctx.now),
  undoJob: newId('job', ctx.now),
  undoMergedEvent: newId('event', ctx.now),
  undoMergedJob: newId('job', ctx.now),
  undoGroupEvent: newId('event', ctx.now),
  undoGroupJob: newId('job', ctx.now),
})
