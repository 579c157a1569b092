import type { Context } from '#core/context'
import { newId } from '#kernel/id'

/** The values of `merging` of a use case that calls `enqueueMergeByEmail`. */
export const newMergeValues = (ctx: Context) => ({
  mergeId: newId('merge', ctx.now),
  mergeJob: newId('job', ctx.now),
  mergesGuests: ctx.settings.auto_merge_guest,
})
