import type { CreateCustomer, Customer } from './model.ts'
import type { CallOptions, Send } from './request.ts'
import type { Session, SessionKeeper } from './token.ts'

/** Registration and sessions. None of these is repeated by itself: each is for one use. */
export function auth(send: Send, sessions: SessionKeeper) {
  return {
    /** A storefront is told `accepted`, whether or not the address has an account; a service gets the customer. */
    register: (
      input: CreateCustomer,
      options?: CallOptions,
    ): Promise<Customer | { status: 'accepted' }> =>
      send({ method: 'POST', path: '/customer', body: input, keyed: true, as: 'client', options }),

    /** The session's next one; `setToken` is not needed. Without an argument: of the session that is set. */
    refresh: (): Promise<Session> => sessions.refresh(),
  }
}
