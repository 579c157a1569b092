import * as z from 'zod'
import { WebhookTest } from '#core/delivery'
import { CountedPaging, pageSchema } from '#core/page'
import {
  CreateWebhook,
  createWebhook,
  deleteWebhook,
  findWebhook,
  listWebhooks,
  ReplayAccepted,
  ReplayRange,
  replayToWebhook,
  rotateWebhookSecret,
  testWebhook,
  UpdateWebhook,
  updateWebhook,
  Webhook,
  WebhookWithSecret,
} from '#core/webhook'
import { etag } from './precondition.ts'
import { querySchema } from './query-schema.ts'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  pathIdReader,
  route,
} from './route.ts'

const tags: [string] = ['Webhook']

export const WebhookPath = z.object({
  id: z.string().meta({ examples: ['whk_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
})

export const webhookIdOf = pathIdReader('webhook', 'webhook_not_found')

export const webhookRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /webhook', {
      tags,
      summary: 'List webhooks',
      request: { query: querySchema(CountedPaging.shape) },
      responses: {
        200: openapiJsonAnswer(pageSchema(Webhook, 'WebhookPage'), 'A page of webhooks'),
      },
      refusals: ['invalid_input', 'invalid_cursor'],
    }),
    async (c) => c.json(await listWebhooks(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route('POST /webhook', {
      tags,
      summary: 'Create a webhook',
      description:
        'The service sends each event by POST, at least once and in any order, signed according to Standard Webhooks 1.0. `webhook-id` is the id of the event. After an answer other than 2xx, it tries again, ten times over three days.',
      request: { body: jsonRequestBody(CreateWebhook) },
      responses: {
        201: openapiJsonAnswer(
          WebhookWithSecret,
          'The webhook, with its secret in this answer only',
          'ETag',
          'Location',
        ),
      },
      refusals: ['invalid_input', 'malformed_json'],
    }),
    async (c) => {
      const { value, version } = await createWebhook(c.get('ctx'), c.req.valid('json'))
      return c.json(value, 201, { ETag: etag(version), Location: `/webhook/${value.id}` })
    },
  )
  .openapi(
    route('GET /webhook/{id}', {
      tags,
      summary: 'Retrieve a webhook',
      request: { params: WebhookPath },
      responses: { 200: openapiJsonAnswer(Webhook, 'The webhook', 'ETag') },
      refusals: ['webhook_not_found'],
    }),
    async (c) => {
      const { value, version } = await findWebhook(c.get('ctx'), webhookIdOf(c))
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('PATCH /webhook/{id}', {
      tags,
      summary: 'Change a webhook, disable it or enable it again',
      request: { params: WebhookPath, body: jsonRequestBody(UpdateWebhook) },
      responses: { 200: openapiJsonAnswer(Webhook, 'The webhook as it is now', 'ETag') },
      refusals: ['invalid_input', 'malformed_json', 'webhook_not_found'],
    }),
    async (c) => {
      const { value, version } = await updateWebhook(
        c.get('ctx'),
        webhookIdOf(c),
        c.req.valid('json'),
      )
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('DELETE /webhook/{id}', {
      tags,
      summary: 'Delete a webhook',
      request: { params: WebhookPath },
      responses: { 204: { description: 'It is deleted' } },
      refusals: ['webhook_not_found'],
    }),
    async (c) => {
      await deleteWebhook(c.get('ctx'), webhookIdOf(c))
      return c.body(null, 204)
    },
  )
  .openapi(
    route('POST /webhook/{id}/rotate-secret', {
      tags,
      summary: 'Get a new secret',
      description:
        'Send an `Idempotency-Key`: the new secret is in this answer only, and a repeat under the same key returns it again. Without a key, a lost reply loses the new secret until the next rotation is possible. For 24 hours, until `previousSecretUntil`, every message is signed with both secrets. A second rotation within that time is refused with 409 `rotation_in_progress`, because it would end the secret that receivers still use. If the old secret leaked, receivers can stop trusting it at once, because the new one signs too. If the new secret leaked within the 24 hours, create another webhook with the same URL, have receivers trust its secret, and delete this one.',
      request: { params: WebhookPath },
      responses: {
        200: openapiJsonAnswer(WebhookWithSecret, 'The webhook and its new secret', 'ETag'),
      },
      refusals: ['webhook_not_found', 'rotation_in_progress'],
    }),
    async (c) => {
      const { value, version } = await rotateWebhookSecret(c.get('ctx'), webhookIdOf(c))
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('POST /webhook/{id}/test', {
      tags,
      summary: 'Send a test message now',
      request: { params: WebhookPath },
      responses: { 200: openapiJsonAnswer(WebhookTest, 'What came of it') },
      refusals: ['webhook_not_found'],
    }),
    async (c) => c.json(await testWebhook(c.get('ctx'), webhookIdOf(c)), 200),
  )
  .openapi(
    route('POST /webhook/{id}/replay', {
      tags,
      summary: 'Send past events once more',
      request: { params: WebhookPath, body: jsonRequestBody(ReplayRange) },
      responses: {
        202: openapiJsonAnswer(ReplayAccepted, 'The events are sent in the background'),
      },
      refusals: [
        'invalid_input',
        'malformed_json',
        'webhook_not_found',
        'webhook_disabled',
        'event_not_found',
      ],
    }),
    async (c) =>
      c.json(await replayToWebhook(c.get('ctx'), webhookIdOf(c), c.req.valid('json')), 202),
  )
