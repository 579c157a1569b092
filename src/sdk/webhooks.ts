import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type {
  CreateWebhook,
  Delivery,
  GetWebhookDeliveryQuery,
  GetWebhookQuery,
  ReplayAccepted,
  ReplayRange,
  UpdateWebhook,
  Webhook,
  WebhookTest,
  WebhookWithSecret,
} from './model.ts'
import type { CallOptions, Send } from './request.ts'

/** Endpoints that get events. Their receivers use `verifyWebhook`. */
export function webhooksApi(send: Send) {
  const act = <T>(path: string, options?: CallOptions, body?: unknown): Promise<T> =>
    send({ method: 'POST', path, body, keyed: true, options })

  return {
    /** Only this answer has the `secret`. */
    create: (input: CreateWebhook, options?: CallOptions): Promise<WebhookWithSecret> =>
      act('/webhook', options, input),

    list: (query?: GetWebhookQuery, options?: CallOptions): List<Webhook> =>
      list(send, '/webhook', query, options),

    /** `webhook_not_found`. */
    retrieve: (id: string, options?: CallOptions): Promise<Webhook> =>
      send({ method: 'GET', path: encodePath`/webhook/${id}`, options }),

    /** Changes the named fields. `webhook_not_found`, `precondition_failed`. */
    update: (id: string, input: UpdateWebhook, options?: CallOptions): Promise<Webhook> =>
      send({ method: 'PATCH', path: encodePath`/webhook/${id}`, body: input, options }),

    /** `webhook_not_found`, `precondition_failed`. */
    delete: (id: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: encodePath`/webhook/${id}`, options }),

    /**
     * Makes a new secret; the previous one signs too until `previousSecretUntil`, 24 hours later. `webhook_not_found`,
     * `rotation_in_progress` until then. Only this answer has the secret. It is sent under an Idempotency-Key, so a lost reply is
     * repeated and answered with the same secret; give an `idempotencyKey` of your own to repeat it after a restart too.
     */
    rotateSecret: (id: string, options?: CallOptions): Promise<WebhookWithSecret> =>
      act(encodePath`/webhook/${id}/rotate-secret`, options),

    /** Sends one request now and reports its result. */
    test: (id: string, options?: CallOptions): Promise<WebhookTest> =>
      send({ method: 'POST', path: encodePath`/webhook/${id}/test`, options }),

    /** Sends past events once more. `webhook_disabled`, `event_not_found`. */
    replay: (id: string, range: ReplayRange, options?: CallOptions): Promise<ReplayAccepted> =>
      act(encodePath`/webhook/${id}/replay`, options, range),

    /** The deliveries, newest first. */
    listDeliveries: (
      id: string,
      query?: GetWebhookDeliveryQuery,
      options?: CallOptions,
    ): List<Delivery> => list(send, encodePath`/webhook/${id}/delivery`, query, options),

    /** Starts a delivery again, with a new schedule. `delivery_not_found`, `webhook_disabled`. */
    retryDelivery: (deliveryId: string, options?: CallOptions): Promise<Delivery> =>
      act(encodePath`/delivery/${deliveryId}/retry`, options),
  }
}
