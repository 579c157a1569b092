import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type { LinkedIdentity } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** The logins at other providers, such as Google or Apple, that open the shopper's account. The hosted page links them. */
export function identitiesApi(send: Send) {
  return {
    /** The shopper's logins at other providers, the oldest first. `session_ended`. */
    list: (options?: CallOptions): List<LinkedIdentity> =>
      list(send, '/auth/identity', {}, options),

    /** Removes a login at a provider: it no longer opens the account. `fresh_proof_required`, `identity_not_found`. */
    remove: (id: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: encodePath`/auth/identity/${id}`, options }),
  }
}
