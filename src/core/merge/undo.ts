import {
  acceptedVersions,
  type Context,
  commit,
  mustHaveScope,
  type Versioned,
} from '#core/context'
import { newMailValues } from '#core/mail'
import { actorRequestAndTimeValues } from '#core/outbox'
import { newId } from '#kernel/id'
import { MERGE_UNDO_DAYS } from './field-list.ts'
import * as query from './generated/query.ts'
import { type Merge, toMerge } from './view.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Undoes a merge. The merged customer returns to its old state, with the orders that moved in their newest state. Data that was added
 * or changed since stays with the survivor; `conflicts` lists it. The owner of an account that has its login again is told by mail. A
 * repeat changes nothing. The pair is merged again only on request.
 * Refuses `merge_not_found`, `precondition_failed`, and `merge_not_undoable` if the merge is not done or too old, if the survivor is
 * gone or merged itself, or if another account has the address.
 */
export async function undoMerge(ctx: Context, id: string): Promise<Versioned<Merge>> {
  mustHaveScope(ctx, 'merge:write')
  const call = query.undoMerge({ ...undoing(ctx), id, accepted: acceptedVersions(ctx) })
  const { answer } = await commit(ctx, {
    told: query.tellOfMergeUndo({ ...newMailValues(ctx), id }),
    answer: call.asAnswer(id),
  })
  return toMerge(answer[0])
}

/**
 * Belongs at the head of the commit that returns an account to an old e-mail address. Undoes its merges with guests of its later addresses, and its merge into another account by staff. A merge that cannot be undone any more stays.
 * @param tokenId the token of the link that undoes the first of these moves.
 */
export const undoEmailMoveMerges = (ctx: Context, customerId: string, tokenId: string) =>
  query.undoEmailMoveMerges({ ...undoing(ctx), customerId, tokenId })

const undoing = (ctx: Context) => ({
  ...actorRequestAndTimeValues(ctx),
  undoCurrency: ctx.settings.currency,
  undoSince: new Date(ctx.now.getTime() - MERGE_UNDO_DAYS * DAY_MS).toISOString(),
  undoAddress: newId('address', ctx.now),
  undoEvent: newId('event', ctx.now),
  undoJob: newId('job', ctx.now),
  undoMergedEvent: newId('event', ctx.now),
  undoMergedJob: newId('job', ctx.now),
  undoGroupEvent: newId('event', ctx.now),
  undoGroupJob: newId('job', ctx.now),
})
