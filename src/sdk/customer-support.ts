import { path } from './encode.ts'
import { type List, list } from './list.ts'
import type { Accepted, Event, Merge, MergeCustomers, MergePreview, SessionInfo } from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** What support does for a customer. What any call may reject with: see `customers`. */
export function customerSupport(send: Send) {
  return {
    /** What `merge` would do, with the `planId` to do exactly that. `merge_with_itself`, `guest_cannot_survive`, `customer_merged`. */
    previewMerge: (id: string, from: string, options?: CallOptions): Promise<MergePreview> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/merge/preview`,
        body: { from },
        harmless: true,
        options,
      }),

    /**
     * Makes another customer part of this one. `precondition_failed` when a side has changed since the preview, `merge_with_itself`,
     * `guest_cannot_survive`, `customer_merged`.
     */
    merge: (id: string, input: MergeCustomers, options?: CallOptions): Promise<Merge> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/merge`,
        body: input,
        keyed: true,
        options,
      }),

    /** What happened to a customer, the latest first. */
    listEvents: (id: string, query?: { limit?: number }, options?: CallOptions): List<Event> =>
      list(send, path`/customer/${id}/event`, query, options),

    /** Mails a link to set a new password. `customer_is_guest`, `customer_disabled`, `customer_merged`. */
    sendPasswordReset: (id: string, options?: CallOptions): Promise<Accepted> =>
      send({ method: 'POST', path: path`/customer/${id}/password-reset`, keyed: true, options }),

    /** Mails the link to verify the address once more. `email_already_verified`, `customer_is_guest`, `customer_disabled`. */
    resendVerification: (id: string, options?: CallOptions): Promise<Accepted> =>
      send({
        method: 'POST',
        path: path`/customer/${id}/verify-email/resend`,
        keyed: true,
        options,
      }),

    /** Where a customer is logged in. */
    listSessions: (id: string, options?: CallOptions): List<SessionInfo> =>
      list(send, path`/customer/${id}/session`, {}, options),

    /** Logs a customer out of one session, or of all. `session_not_found`. */
    endSessions: (id: string, sessionId?: string, options?: CallOptions): Promise<void> =>
      send({
        method: 'DELETE',
        path: path`/customer/${id}/session` + (sessionId ? path`/${sessionId}` : ''),
        options,
      }),
  }
}
