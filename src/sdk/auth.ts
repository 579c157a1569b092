import { path } from './encode.ts'
import { CommerceError } from './error.ts'
import { type List, list } from './list.ts'
import type { Accepted, CreateCustomer, Customer, LogIn, Session, SessionInfo } from './model.ts'
import type { CallOptions, Send } from './request.ts'
import type { SessionKeeper, Tokens } from './token.ts'

/** Registration and sessions. Logging in is not repeated by itself: a try that is lost may have counted. */
export function auth(send: Send, sessions: SessionKeeper) {
  function refresh(token?: string | { refreshToken: string }, options?: CallOptions) {
    const refreshToken = typeof token === 'object' ? token.refreshToken : token
    return sessions.refresh(refreshToken, options)
  }

  return {
    /**
     * A storefront gets `{status: 'accepted'}`, whether or not the address has an account: a mail says which. A service gets the
     * customer, or `email_taken`.
     */
    register: (input: CreateCustomer, options?: CallOptions): Promise<Accepted | Customer> =>
      send({ method: 'POST', path: '/customer', body: input, keyed: true, as: 'client', options }),

    /**
     * A session, to hand to `setToken`. `invalid_credentials`, `email_unverified`, `customer_disabled`, `too_many_attempts`
     * (with `retryAfter` in seconds).
     */
    login: async (input: LogIn, options?: CallOptions): Promise<Session> =>
      sessions.seen(
        await send<Session>({
          method: 'POST',
          path: '/auth/login',
          body: input,
          as: 'client',
          options,
        }),
      ),

    /**
     * The next session of a refresh token, or of the session that is set: then it is set in its place. It happens by itself when an
     * access token has expired. `session_ended`.
     */
    refresh: refresh as (
      token?: string | { refreshToken: string },
      options?: CallOptions,
    ) => Promise<Session>,

    /** Ends the session that is set, here in any case. */
    logout: async (options?: CallOptions): Promise<void> => {
      const { refreshToken } = sessions.current() ?? ({} as Partial<Tokens>)
      const body = refreshToken === undefined ? {} : { refreshToken }
      try {
        await send({ method: 'POST', path: '/auth/logout', body, harmless: true, options })
      } catch (error) {
        if (!(error instanceof CommerceError && error.status === 401)) throw error
      } finally {
        sessions.set(null)
      }
    },

    /** Who is logged in. */
    me: (options?: CallOptions): Promise<Customer> =>
      send({ method: 'GET', path: '/auth/me', options }),

    /** Where the shopper is logged in. */
    listSessions: (options?: CallOptions): List<SessionInfo> =>
      list(send, '/auth/session', {}, options),

    /** Logs out of another session, or of all of them. `session_not_found`. */
    endSessions: (sessionId?: string, options?: CallOptions): Promise<void> =>
      send({
        method: 'DELETE',
        path: `/auth/session${sessionId ? path`/${sessionId}` : ''}`,
        options,
      }),
  }
}
