import { type Asking, askForPasskey, createPasskey } from './browser-passkey.ts'
import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  RegisterPasskey,
  RenamePasskey,
  Session,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'
import type { Sessions } from './shopper-sessions.ts'

/** `signal` ends the call and the browser's question. */
export type PasskeyOptions = CallOptions & Pick<Asking, 'mediation'>

/**
 * Passkeys, on a page of the shop: the browser is asked for them. What the browser refuses is its own `DOMException`: `NotAllowedError` if the
 * person declines, `InvalidStateError` if the authenticator has a passkey of the account already.
 */
export function passkeysApi(send: Send, sessions: Sessions) {
  const post = <T>(step: string, body: unknown, options?: CallOptions, as?: 'client'): Promise<T> =>
    send({ method: 'POST', path: `/auth/${step}`, body, options, ...(as && { as }) })

  async function ask({ mediation, ...options }: PasskeyOptions = {}, as?: 'client') {
    const request = await post<PasskeyRequest>('passkey/login/options', {}, options, as)
    return askForPasskey(request, { mediation, signal: options.signal })
  }

  return {
    /**
     * Makes a passkey for the shopper's account. `fresh_proof_required` asks for `auth.reauthenticate`; `passkey_limit_reached`,
     * `passkey_invalid` if the person took more than 300 seconds.
     */
    register: async (
      input: Pick<RegisterPasskey, 'name'> = {},
      options?: CallOptions,
    ): Promise<Passkey> => {
      const creation = await post<PasskeyCreation>('passkey/register/options', {}, options)
      const made = await createPasskey(creation, options?.signal)
      return post('passkey/register/verify', { ...made, ...input }, options)
    },

    /**
     * Logs in by a passkey, without an address or a password. Resolves with a session, to pass to `setToken`. `invalid_credentials`, `email_unverified`, `customer_disabled`,
     * `too_many_attempts`.
     */
    login: async (options?: PasskeyOptions): Promise<Session> =>
      sessions.seen(
        await post<Session>(
          'passkey/login/verify',
          await ask(options, 'client'),
          options,
          'client',
        ),
      ),

    /** Proves the shopper anew, like `auth.reauthenticate`, by a passkey. The answer replaces the session that is set. `invalid_credentials`, `too_many_attempts`. */
    reauthenticate: async (options?: PasskeyOptions): Promise<Session> => {
      const passkey = await ask(options)
      const before = sessions.current()
      const session = await post<Session>('reauthenticate', { passkey }, options)
      sessions.replace(before, session)
      return session
    },

    /** The passkeys of the shopper, the oldest first. `session_ended`. */
    list: (options?: CallOptions): List<Passkey> => list(send, '/auth/passkey', {}, options),

    /** Gives a passkey another name. `passkey_not_found`. */
    rename: (id: string, input: RenamePasskey, options?: CallOptions): Promise<Passkey> =>
      send({ method: 'PATCH', path: encodePath`/auth/passkey/${id}`, body: input, options }),

    /** Removes a passkey: it no longer opens the account. `fresh_proof_required`, `passkey_not_found`. */
    remove: (id: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: encodePath`/auth/passkey/${id}`, options }),
  }
}
