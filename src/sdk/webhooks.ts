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
    /** Creates a webhook. Only this answer has the `secret`. `invalid_input`. */
    create: (input: CreateWebhook, options?: CallOptions): Promise<WebhookWithSecret> =>
      act('/webhook', options, input),

    /** The webhooks of the shop. `invalid_cursor`. */
    list: (query?: GetWebhookQuery, options?: CallOptions): List<Webhook> =>
      list(send, '/webhook', query, options),

    /** A webhook by its id. `webhook_not_found`. */
    retrieve: (id: string, options?: CallOptions): Promise<Webhook> =>
      send({ method: 'GET', path: encodePath`/webhook/${id}`, options }),

    /** Changes the named fields. `webhook_not_found`, `precondition_failed`. */
    update: (id: string, input: UpdateWebhook, options?: CallOptions): Promise<Webhook> =>
      send({ method: 'PATCH', path: encodePath`/webhook/${id}`, body: input, options }),

    /** Deletes a webhook. `webhook_not_found`, `precondition_failed`. */
    delete: (id: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: encodePath`/webhook/${id}`, options }),

    /**
     * Makes a new secret. Only this answer has it. The previous secret signs too until `previousSecretUntil`, 24 hours later, and until then
     * another rotation is refused (`rotation_in_progress`). After a lost reply, the call is sent again and gets the same secret. To repeat it
     * after a restart of your program, give an `idempotencyKey` of your own. `webhook_not_found`.
     */
    rotateSecret: (id: string, options?: CallOptions): Promise<WebhookWithSecret> =>
      act(encodePath`/webhook/${id}/rotate-secret`, options),

    /** Sends one request to the webhook now, and resolves with its result. `webhook_not_found`. */
    test: (id: string, options?: CallOptions): Promise<WebhookTest> =>
      send({ method: 'POST', path: encodePath`/webhook/${id}/test`, options }),

    /** Sends the past events of a range again, in the background. `webhook_not_found`, `webhook_disabled`, `event_not_found`. */
    replay: (id: string, range: ReplayRange, options?: CallOptions): Promise<ReplayAccepted> =>
      act(encodePath`/webhook/${id}/replay`, options, range),

    /** The deliveries of a webhook, the newest first. `webhook_not_found`. */
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
