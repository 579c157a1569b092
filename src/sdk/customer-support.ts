import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  Accepted,
  Event,
  GetCustomerEventQuery,
  Merge,
  MergeCustomers,
  MergePreview,
  OpenSession,
  Session,
  SessionInfo,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** The calls of support for a customer. See `customers` for the errors of every call. */
export function customerSupportApi(send: Send) {
  return {
    /** Shows what `merge` would do, with the `planId` for exactly that. `merge_with_itself`, `guest_cannot_survive`, `customer_merged`. */
    previewMerge: (id: string, from: string, options?: CallOptions): Promise<MergePreview> =>
      send({
        method: 'POST',
        path: encodePath`/customer/${id}/merge/preview`,
        body: { from },
        harmless: true,
        options,
      }),

    /**
     * Merges another customer into this one. `precondition_failed` when a side has changed since the preview, `merge_with_itself`,
     * `guest_cannot_survive`, `customer_merged`.
     */
    merge: (id: string, input: MergeCustomers, options?: CallOptions): Promise<Merge> =>
      send({
        method: 'POST',
        path: encodePath`/customer/${id}/merge`,
        body: input,
        keyed: true,
        options,
      }),

    /** The events of a customer, the latest first. */
    listEvents: (id: string, query?: GetCustomerEventQuery, options?: CallOptions): List<Event> =>
      list(send, encodePath`/customer/${id}/event`, query, options),

    /**
     * Invites the owner of an account that was created without a password: mails a link to choose one. The link works for 7 days. An earlier
     * invitation becomes void. `customer_is_active`, `customer_is_guest`, `customer_disabled`, `customer_merged`.
     */
    invite: (id: string, options?: CallOptions): Promise<Accepted> =>
      send({ method: 'POST', path: encodePath`/customer/${id}/invite`, keyed: true, options }),

    /** Mails a link to set a new password. `customer_is_guest`, `customer_disabled`, `customer_merged`. */
    sendPasswordReset: (id: string, options?: CallOptions): Promise<Accepted> =>
      send({
        method: 'POST',
        path: encodePath`/customer/${id}/password-reset`,
        keyed: true,
        options,
      }),

    /** Mails the link to verify the address once more. `email_already_verified`, `customer_is_guest`, `customer_disabled`. */
    resendVerification: (id: string, options?: CallOptions): Promise<Accepted> =>
      send({
        method: 'POST',
        path: encodePath`/customer/${id}/verify-email/resend`,
        keyed: true,
        options,
      }),

    /** The sessions of a customer, the newest first. */
    listSessions: (id: string, options?: CallOptions): List<SessionInfo> =>
      list(send, encodePath`/customer/${id}/session`, {}, options),

    /**
     * Opens a session for a customer whose login the shop has checked itself. It is no proof: what is dangerous needs
     * `auth.reauthenticate`. It is not repeated, for each request opens one. `customer_is_guest`, `customer_disabled`,
     * `email_unverified`, `customer_merged`, `identity_elsewhere`.
     */
    openSession: (id: string, input?: OpenSession, options?: CallOptions): Promise<Session> =>
      send({ method: 'POST', path: encodePath`/customer/${id}/session`, body: input, options }),

    /** Ends one session of a customer, or all. `session_not_found`. */
    endSessions: (id: string, sessionId?: string, options?: CallOptions): Promise<void> =>
      send({
        method: 'DELETE',
        path: encodePath`/customer/${id}/session` + (sessionId ? encodePath`/${sessionId}` : ''),
        options,
      }),
  }
}
