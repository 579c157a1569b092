import type { Context } from '#core/context'
import { newId } from '#kernel/id'

/** The parameters of a use case that ends a linked identity besides what it does itself. */
export const idsToEndLinkedIdentity = ({ now }: Context) => ({
  endEvent: newId('event', now),
  endJob: newId('job', now),
  endMail: newId('mail', now),
  endMailJob: newId('job', now),
})
