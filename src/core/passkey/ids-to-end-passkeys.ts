import type { Context } from '#core/context'
import { newId } from '#kernel/id'

/** The parameters of a use case that ends passkeys besides what it does itself. */
export const idsToEndPasskeys = ({ now }: Context) => ({
  passkeyEvent: newId('event', now),
  passkeyJob: newId('job', now),
})
