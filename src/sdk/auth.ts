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
import { pageLoginApi } from './page-login.ts'
import { passkeysApi } from './passkeys.ts'
import type { CallOptions, Send } from './request.ts'
import type { Credentials, Sessions } from './shopper-sessions.ts'

/** All that a shopper does to log in and out. Each part keeps its own type, so that an editor shows its texts. */
export type Auth = ReturnType<typeof logins> &
  ReturnType<typeof pageLoginApi> & {
    /** The passkeys of the shopper: log in with one, add, list, rename and remove them. */
    readonly passkey: ReturnType<typeof passkeysApi>
    /** The shopper's logins at other providers, such as Google: list and remove them. */
    readonly identity: ReturnType<typeof identitiesApi>
  }

export const authApi = (send: Send, sessions: Sessions, credentials: Credentials): Auth => ({
  ...logins(send, sessions),
  ...pageLoginApi(send, credentials),
  passkey: passkeysApi(send, sessions),
  identity: identitiesApi(send),
})

/**
 * Registration and sessions. A login and a request for a mail carry the `deviceToken` of the latest session that was set, unless the input has
 * a `deviceToken` of its own (`undefined`: none). With the right one, attempts of strangers do not count. A wrong one changes nothing. A login
 * is sent again only after a 429 with a wait of at most two seconds, and at most twice. After a lost reply it is not sent again, because the
 * attempt may have counted.
 */
function logins(send: Send, sessions: Sessions) {
  function refresh(token?: string | Pick<Session, 'refreshToken'>, options?: CallOptions) {
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
    /**
     * Registers a shopper. A storefront gets `{status: 'accepted'}`, whether or not the address has an account; only the mail tells. A
     * service gets the customer, or `email_taken`. `invalid_input`, `too_many_requests`.
     */
    register: (input: CreateCustomer, options?: CallOptions): Promise<Accepted | Customer> =>
      send({ method: 'POST', path: '/customer', body: input, keyed: true, as: 'client', options }),

    /**
     * Logs in by the password. Resolves with a session, to pass to `setToken`. `invalid_credentials`, `email_unverified`, `customer_disabled`, `too_many_attempts`
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
     * Mails a code to log in with, for `loginWithCode`. The answer is the same for every address. The code works only together with the
     * `handle` of the answer. Keep the `handle` until the shopper has typed the code, and send it with a request for another code.
     * `too_many_requests`.
     */
    requestCode: (input: RequestCode, options?: CallOptions): Promise<CodeRequested> =>
      prove('/auth/code', fromHere(input), options),

    /**
     * Logs in by the code of a mail, or by the token of its link. Resolves with a session, to pass to `setToken`. `invalid_credentials` for a
     * code that is wrong, spent, or older than 600 seconds, `too_many_attempts`.
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
     * Renews a session by its refresh token. Without one, it renews the session that is set. The client does this by itself when an access
     * token has expired. `session_ended`, `no_session`.
     */
    refresh: refresh as (
      token?: string | Pick<Session, 'refreshToken'>,
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

    /** The customer who is logged in. `session_ended`. */
    me: (options?: CallOptions): Promise<Customer> =>
      send({ method: 'GET', path: '/auth/me', options }),

    /** The sessions of the shopper, the newest first. `current` marks that of this call. `session_ended`. */
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
     * Proves the address by the token of a mail, together with the password of the registration, a new password, or the session that is
     * set. Resolves with a session, to pass to `setToken`. `mail_token_invalid`, `invalid_input`, `too_many_attempts`.
     */
    verifyEmail: async (input: VerifyEmail, options?: CallOptions): Promise<Session> =>
      sessions.seen(await prove<Session>('/auth/verify-email', input, options)),

    /** Mails the link to verify an address again. The answer is the same for every address. `too_many_requests`. */
    resendVerification: (input: ResendVerification, options?: CallOptions): Promise<Accepted> =>
      prove('/auth/verify-email/resend', fromHere(input), options),

    /** Mails the owner of an account a link to choose a new password. The answer is the same for every address. `too_many_requests`. */
    requestPasswordReset: (input: ForgotPassword, options?: CallOptions): Promise<Accepted> =>
      prove('/auth/password/forgot', fromHere(input), options),

    /** Sets a new password by the link of a mail and ends all sessions. `mail_token_invalid`, `invalid_input`. */
    resetPassword: (input: ResetPassword, options?: CallOptions): Promise<void> =>
      prove('/auth/password/reset', input, options),

    /**
     * Proves the shopper anew, by the password, or by a code with its `handle`. The answer replaces the session that is set, which has ended.
     * For 600 seconds it allows the calls that otherwise fail with `fresh_proof_required`. `invalid_credentials`, `too_many_attempts`.
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

    /** Mails the new address a link to confirm it. Without the password it needs a fresh proof. `invalid_credentials`, `too_many_attempts`, `fresh_proof_required`, `invalid_input`. */
    changeEmail: (input: ChangeEmail, options?: CallOptions): Promise<Accepted> =>
      post('/auth/email/change', input, options),

    /** Confirms a new address by the token of that mail, with the password or the session that is set. Resolves with a session, to pass to `setToken`. `mail_token_invalid`, `email_taken`. */
    confirmEmail: async (input: ConfirmEmail, options?: CallOptions): Promise<Session> =>
      sessions.seen(await prove<Session>('/auth/email/confirm', input, options)),

    /** Moves the account back by the link of the mail to the old address, which is enough. `mail_token_invalid`. */
    undoEmailChange: (input: UndoEmail, options?: CallOptions): Promise<void> =>
      prove('/auth/email/undo', input, options),
  }
}
