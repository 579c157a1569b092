import type { Sessions } from './client-sessions.ts'
import { encodePath } from './encode.ts'
import { CommerceError } from './error.ts'
import { identitiesApi } from './identities.ts'
import { type List, list } from './list.ts'
import type {
  Accepted,
  ChangeEmail,
  ChangePassword,
  CodeRequested,
  ConfirmEmail,
  CreateCustomer,
  Customer,
  ForgotPassword,
  LogIn,
  Reauthenticate,
  RequestCode,
  ResendVerification,
  ResetPassword,
  Session,
  SessionInfo,
  UndoEmail,
  VerifyCode,
  VerifyEmail,
} from './model.ts'
import { passkeysApi } from './passkeys.ts'
import type { CallOptions, Send } from './request.ts'

/**
 * Registration and sessions. The `deviceToken` of the latest session that was set goes with a login and a request for a mail, unless the
 * input has one of its own; `undefined` there means none. The tries of others then do not count. A wrong one changes nothing. A login whose reply is lost is not retried, because it may have counted. A login refused with 429 and a wait of at most two seconds is retried, at most twice.
 */
export function authApi(send: Send, sessions: Sessions) {
  function refresh(token?: string | { refreshToken: string }, options?: CallOptions) {
    const refreshToken = typeof token === 'object' ? token.refreshToken : token
    return sessions.refresh(refreshToken, options)
  }

  const post = <T>(path: string, body: unknown, options?: CallOptions): Promise<T> =>
    send({ method: 'POST', path, body, options })

  /** For calls with the proof in the body: they are sent even if the session that is set has ended. */
  const prove = <T>(path: string, body: unknown, options?: CallOptions): Promise<T> =>
    send({ method: 'POST', path, body, as: 'either', options })

  /** With the token of this device, if the input says nothing of one. */
  const fromHere = <T extends { deviceToken?: string | undefined }>(input: T): T => ({
    deviceToken: sessions.device() ?? undefined,
    ...input,
  })

  return {
    /** Passkeys. */
    passkey: passkeysApi(send, sessions),

    /** Logins at other providers. */
    identity: identitiesApi(send),

    /**
     * A storefront gets `{status: 'accepted'}`, whether or not the address has an account; the mail depends on it. A service gets
     * the customer, or `email_taken`.
     */
    register: (input: CreateCustomer, options?: CallOptions): Promise<Accepted | Customer> =>
      send({ method: 'POST', path: '/customer', body: input, keyed: true, as: 'client', options }),

    /**
     * A session, to pass to `setToken`. `invalid_credentials`, `email_unverified`, `customer_disabled`, `too_many_attempts`
     * (with `retryAfter` in seconds).
     */
    login: async (input: LogIn, options?: CallOptions): Promise<Session> =>
      sessions.seen(
        await send<Session>({
          method: 'POST',
          path: '/auth/login',
          body: fromHere(input),
          as: 'client',
          options,
        }),
      ),

    /**
     * Mails a code to log in with, for `loginWithCode`; the answer is the same for every address. Its `handle` makes the code good: keep it
     * until the code is typed, and send it with a request for another code.
     */
    requestCode: (input: RequestCode, options?: CallOptions): Promise<CodeRequested> =>
      prove('/auth/code', fromHere(input), options),

    /**
     * A session, to pass to `setToken`, for the code of a mail, or the token of its link. `invalid_credentials` for a code that is wrong,
     * spent, or older than ten minutes, `too_many_attempts`.
     */
    loginWithCode: async (input: VerifyCode, options?: CallOptions): Promise<Session> =>
      sessions.seen(
        await send<Session>({
          method: 'POST',
          path: '/auth/code/verify',
          body: fromHere(input),
          as: 'client',
          options,
        }),
      ),

    /**
     * The next session of a refresh token. Without one, it renews the session that is set. It happens automatically when an access
     * token has expired. `session_ended`.
     */
    refresh: refresh as (
      token?: string | { refreshToken: string },
      options?: CallOptions,
    ) => Promise<Session>,

    /** Ends the session that is set; without one, nothing is sent. This client drops it even if the call fails. */
    logout: async (options?: CallOptions): Promise<void> => {
      const session = sessions.current()
      const body = session?.refreshToken === undefined ? {} : { refreshToken: session.refreshToken }
      try {
        if (session)
          await send({ method: 'POST', path: '/auth/logout', body, harmless: true, options })
      } catch (error) {
        if (!(error instanceof CommerceError)) throw error
        if (error.status !== 401 && error.code !== 'session_ended') throw error
      } finally {
        sessions.drop(session)
      }
    },

    /** The customer who is logged in. */
    me: (options?: CallOptions): Promise<Customer> =>
      send({ method: 'GET', path: '/auth/me', options }),

    /** The sessions of the shopper. */
    listSessions: (options?: CallOptions): List<SessionInfo> =>
      list(send, '/auth/session', {}, options),

    /** Ends another session, or all of them. `session_not_found`. */
    endSessions: (sessionId?: string, options?: CallOptions): Promise<void> =>
      send({
        method: 'DELETE',
        path: `/auth/session${sessionId ? encodePath`/${sessionId}` : ''}`,
        options,
      }),

    /**
     * Proves the address by the link of a mail, together with the password of the registration, a new password, or the session that is
     * set. Answers with a session. `mail_token_invalid`, `invalid_input`, `too_many_attempts`.
     */
    verifyEmail: async (input: VerifyEmail, options?: CallOptions): Promise<Session> =>
      sessions.seen(await prove<Session>('/auth/verify-email', input, options)),

    /** The answer is the same for every address. */
    resendVerification: (input: ResendVerification, options?: CallOptions): Promise<Accepted> =>
      prove('/auth/verify-email/resend', fromHere(input), options),

    /** The answer is the same for every address; the owner of an account gets a mail. */
    requestPasswordReset: (input: ForgotPassword, options?: CallOptions): Promise<Accepted> =>
      prove('/auth/password/forgot', fromHere(input), options),

    /** Sets a new password by the link of a mail and ends all sessions. `mail_token_invalid`, `invalid_input`. */
    resetPassword: (input: ResetPassword, options?: CallOptions): Promise<void> =>
      prove('/auth/password/reset', input, options),

    /**
     * Proves the shopper anew, by the password or by a code with its handle. The answer takes the place of the session that is set, which has ended. For ten minutes it
     * allows what is dangerous: `fresh_proof_required` asks for it. `invalid_credentials`, `too_many_attempts`.
     */
    reauthenticate: async (input: Reauthenticate, options?: CallOptions): Promise<Session> => {
      const before = sessions.current()
      const session = await post<Session>('/auth/reauthenticate', input, options)
      sessions.replace(before, session)
      return session
    },

    /**
     * Sets another password and ends all other sessions. Without the present one it needs a fresh proof. `invalid_credentials`,
     * `too_many_attempts`, `fresh_proof_required`, `invalid_input`.
     */
    changePassword: (input: ChangePassword, options?: CallOptions): Promise<void> =>
      post('/auth/password/change', input, options),

    /** A mail asks the new address to confirm. Without the password it needs a fresh proof. `invalid_credentials`, `too_many_attempts`, `fresh_proof_required`. */
    changeEmail: (input: ChangeEmail, options?: CallOptions): Promise<Accepted> =>
      post('/auth/email/change', input, options),

    /** Confirms by the link of that mail, with the password or the session that is set. `mail_token_invalid`, `email_taken`. */
    confirmEmail: async (input: ConfirmEmail, options?: CallOptions): Promise<Session> =>
      sessions.seen(await prove<Session>('/auth/email/confirm', input, options)),

    /** Moves the account back by the link of the mail to the old address, which is enough. `mail_token_invalid`. */
    undoEmailChange: (input: UndoEmail, options?: CallOptions): Promise<void> =>
      prove('/auth/email/undo', input, options),
  }
}
