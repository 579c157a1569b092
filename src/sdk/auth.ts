import { path } from './encode.ts'
import { CommerceError } from './error.ts'
import { type List, list } from './list.ts'
import type {
  Accepted,
  ChangeEmail,
  ChangePassword,
  ConfirmEmail,
  CreateCustomer,
  Customer,
  ForgotPassword,
  LogIn,
  ResendVerification,
  ResetPassword,
  Session,
  SessionInfo,
  UndoEmail,
  VerifyEmail,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'
import type { SessionKeeper, Tokens } from './token.ts'

/** Registration and sessions. Logging in is not repeated by itself: a try that is lost may have counted. */
export function auth(send: Send, sessions: SessionKeeper) {
  function refresh(token?: string | { refreshToken: string }, options?: CallOptions) {
    const refreshToken = typeof token === 'object' ? token.refreshToken : token
    return sessions.refresh(refreshToken, options)
  }

  const post = <T>(path: string, body: unknown, options?: CallOptions): Promise<T> =>
    send({ method: 'POST', path, body, options })

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

    /**
     * The link of a mail together with the password of the registration, or with the session that is set: proves the address and
     * gives a session. `mail_token_invalid`, `invalid_credentials`, `too_many_attempts`.
     */
    verifyEmail: async (input: VerifyEmail, options?: CallOptions): Promise<Session> =>
      sessions.seen(await post<Session>('/auth/verify-email', input, options)),

    /** Accepted for every address alike. */
    resendVerification: (input: ResendVerification, options?: CallOptions): Promise<Accepted> =>
      post('/auth/verify-email/resend', input, options),

    /** Accepted for every address alike; whoever has an account gets a mail. */
    requestPasswordReset: (input: ForgotPassword, options?: CallOptions): Promise<Accepted> =>
      post('/auth/password/forgot', input, options),

    /** Sets a new password with the link of a mail and ends every session. `mail_token_invalid`, `invalid_input`. */
    resetPassword: (input: ResetPassword, options?: CallOptions): Promise<void> =>
      post('/auth/password/reset', input, options),

    /** Sets another password and ends every other session. `invalid_credentials`, `too_many_attempts`, `invalid_input`. */
    changePassword: (input: ChangePassword, options?: CallOptions): Promise<void> =>
      post('/auth/password/change', input, options),

    /** A mail asks the new address to confirm. `invalid_credentials`, `too_many_attempts`. */
    changeEmail: (input: ChangeEmail, options?: CallOptions): Promise<Accepted> =>
      post('/auth/email/change', input, options),

    /** The link of that mail, with the password or the session that is set. `mail_token_invalid`, `email_taken`. */
    confirmEmail: async (input: ConfirmEmail, options?: CallOptions): Promise<Session> =>
      sessions.seen(await post<Session>('/auth/email/confirm', input, options)),

    /** The link of the mail to the old address takes the account back there, with nothing else. `mail_token_invalid`. */
    undoEmailChange: (input: UndoEmail, options?: CallOptions): Promise<void> =>
      post('/auth/email/undo', input, options),
  }
}
