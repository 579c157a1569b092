import { encodePath } from './encode.ts'
import type {
  ConfirmConsent,
  ConfirmedConsent,
  Consent,
  Consents,
  CustomerExport,
  EraseCustomer,
  Erasure,
  SetConsent,
} from './model.ts'
import type { CallOptions, Line, Send } from './request.ts'

/** The personal data of a customer. See `customers` for the errors of every call. */
export function personalDataApi(send: Send) {
  return {
    /** Everything that is held about a customer, all pages of it in one. A shopper needs a fresh proof for each page. `customer_merged`, `fresh_proof_required`. */
    export: async (id = 'me', options?: CallOptions): Promise<CustomerExport> => {
      const line: Line = {}
      const read = (cursor?: string): Promise<CustomerExport> =>
        send({
          method: 'GET',
          path: encodePath`/customer/${id}/export`,
          query: { cursor },
          line,
          options,
        })
      const all = await read()
      for (let next = all.nextCursor; next; ) {
        const page = await read(next)
        for (const [name, rows] of Object.entries(page.sections)) all.sections[name]?.push(...rows)
        next = page.nextCursor
      }
      return { ...all, nextCursor: null }
    },

    /**
     * Erases a customer for good, with those who were merged into it; orders stay and name nobody. A shopper sends its `currentPassword`, or has a session with a fresh proof (`fresh_proof_required`).
     * `state` is `running` while a long history is being emptied. `customer_merged` with the error's `survivorId`, `precondition_failed`,
     * `invalid_credentials`, `too_many_attempts`.
     */
    erase: (id: string, input: EraseCustomer = {}, options?: CallOptions): Promise<Erasure> =>
      send({
        method: 'POST',
        path: encodePath`/customer/${id}/erase`,
        body: input,
        keyed: true,
        options,
      }),

    /** The consents of a customer, with everything that was ever said. */
    listConsents: (id = 'me', options?: CallOptions): Promise<Consents> =>
      send({ method: 'GET', path: encodePath`/customer/${id}/consent`, options }),

    /** A consent of a customer, with its history. `consent_not_found` for a purpose that the customer was never asked about. */
    retrieveConsent: (id: string, purpose: string, options?: CallOptions): Promise<Consent> =>
      send({ method: 'GET', path: encodePath`/customer/${id}/consent/${purpose}`, options }),

    /**
     * Grants or withdraws a consent. A grant of `marketing` is `pending` until the link of a mail is confirmed. `customer_merged`,
     * `precondition_failed`, `too_many_requests`.
     */
    setConsent: (
      id: string,
      purpose: string,
      input: SetConsent,
      options?: CallOptions,
    ): Promise<Consent> =>
      send({
        method: 'PUT',
        path: encodePath`/customer/${id}/consent/${purpose}`,
        body: input,
        options,
      }),

    /** Confirms the consent of a link in a mail: for the page that the link leads to, after a click there. `mail_token_invalid`. */
    confirmConsent: (input: ConfirmConsent, options?: CallOptions): Promise<ConfirmedConsent> =>
      send({
        method: 'POST',
        path: '/consent/confirm',
        body: input,
        harmless: true,
        as: 'either',
        options,
      }),

    /** The receipt of an erasure: whose data, when, why, and which webhooks have received it. `customer_not_found`. */
    retrieveErasure: (id: string, options?: CallOptions): Promise<Erasure> =>
      send({ method: 'GET', path: encodePath`/customer/${id}/erasure`, options }),
  }
}
