import { path } from './encode.ts'
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

/** Endpoints that events are delivered to. `verifyWebhook` is for whoever receives them. */
export function webhooks(send: Send) {
  const act = <T>(path: string, options?: CallOptions, body?: unknown): Promise<T> =>
    send({ method: 'POST', path, body, keyed: true, options })

  return {
    /** The `secret` is in this answer and in no other. */
    create: (input: CreateWebhook, options?: CallOptions): Promise<WebhookWithSecret> =>
      act('/webhook', options, input),

    list: (query?: GetWebhookQuery, options?: CallOptions): List<Webhook> =>
      list(send, '/webhook', query, options),

    /** `webhook_not_found`. */
    retrieve: (id: string, options?: CallOptions): Promise<Webhook> =>
      send({ method: 'GET', path: path`/webhook/${id}`, options }),

    /** Changes what is named. `webhook_not_found`, `precondition_failed`. */
    update: (id: string, input: UpdateWebhook, options?: CallOptions): Promise<Webhook> =>
      send({ method: 'PATCH', path: path`/webhook/${id}`, body: input, options }),

    /** `webhook_not_found`, `precondition_failed`. */
    delete: (id: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: path`/webhook/${id}`, options }),

    /** A new secret; the one before signs too until `previousSecretUntil`. */
    rotateSecret: (id: string, options?: CallOptions): Promise<WebhookWithSecret> =>
      act(path`/webhook/${id}/rotate-secret`, options),

    /** Sends one request now and tells what came of it. */
    test: (id: string, options?: CallOptions): Promise<WebhookTest> =>
      send({ method: 'POST', path: path`/webhook/${id}/test`, options }),

    /** Sends past events once more. `webhook_disabled`, `event_not_found`. */
    replay: (id: string, range: ReplayRange, options?: CallOptions): Promise<ReplayAccepted> =>
      act(path`/webhook/${id}/replay`, options, range),

    /** What was and is on its way, the newest first. */
    listDeliveries: (
      id: string,
      query?: GetWebhookDeliveryQuery,
      options?: CallOptions,
    ): List<Delivery> => list(send, path`/webhook/${id}/delivery`, query, options),

    /** Begins a delivery's schedule anew. `delivery_not_found`, `webhook_disabled`. */
    retryDelivery: (deliveryId: string, options?: CallOptions): Promise<Delivery> =>
      act(path`/delivery/${deliveryId}/retry`, options),
  }
}
