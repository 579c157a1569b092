import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import {
  ConfirmConsent,
  Consent,
  Consents,
  confirmConsent,
  findConsent,
  listConsents,
  SetConsent,
  setConsent,
} from '#core/consent'
import type { Env } from './env.ts'
import { etag } from './precondition.ts'
import {
  CustomerPath,
  customerIdOf,
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Consent']

const ConsentPath = CustomerPath.extend({
  purpose: z.string().meta({
    description: 'The purpose: 1 to 40 lower-case letters, digits, _ and -',
    examples: ['marketing'],
  }),
})

const purposeIn = (c: HonoContext<Env>): string => c.req.param('purpose') ?? ''

const ConfirmedConsent = Consent.pick({ purpose: true, state: true, updatedAt: true }).meta({
  id: 'ConfirmedConsent',
})

export const consentRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /customer/{id}/consent', {
      tags,
      summary: 'List the consents of a customer',
      description: 'With the whole history. For a merged customer, the answer is the survivor’s.',
      request: { params: CustomerPath },
      responses: { 200: openapiJsonAnswer(Consents, 'One entry for each purpose with an answer') },
      refusals: ['customer_not_found'],
    }),
    async (c) => c.json(await listConsents(c.get('ctx'), customerIdOf(c)), 200),
  )
  .openapi(
    route('GET /customer/{id}/consent/{purpose}', {
      tags,
      summary: 'Retrieve a consent of a customer',
      request: { params: ConsentPath },
      responses: { 200: openapiJsonAnswer(Consent, 'The present state, and its history', 'ETag') },
      refusals: ['customer_not_found', 'consent_not_found', 'invalid_input'],
    }),
    async (c) => {
      const { value, version } = await findConsent(c.get('ctx'), customerIdOf(c), purposeIn(c))
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('PUT /customer/{id}/consent/{purpose}', {
      tags,
      summary: 'Grant or withdraw a consent',
      description:
        'A grant of `marketing` waits for the double opt-in: a mail asks the address of the customer, and the state is `pending` until the page behind its link confirms it (`POST /consent/confirm`). A withdrawal takes effect at once. Repeating the present state makes no new record; while a grant is pending, a repeat sends the mail again.',
      request: { params: ConsentPath, body: jsonRequestBody(SetConsent) },
      responses: { 200: openapiJsonAnswer(Consent, 'The consent as it is now', 'ETag') },
      refusals: ['invalid_input', 'malformed_json', 'customer_not_found', 'customer_merged'],
    }),
    async (c) => {
      const input = c.req.valid('json')
      const { value, version } = await setConsent(
        c.get('ctx'),
        customerIdOf(c),
        purposeIn(c),
        input,
      )
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('POST /consent/confirm', {
      tags,
      summary: 'Confirm a consent with the link of a mail',
      description:
        'The link in the mail leads to a page of the shop (`/confirm-consent?token=…`), which asks again and sends this. Opening the link changes nothing. A repeat gets the same answer. After a withdrawal the link is void.',
      request: { body: jsonRequestBody(ConfirmConsent) },
      responses: { 200: openapiJsonAnswer(ConfirmedConsent, 'It is granted') },
      refusals: ['invalid_input', 'malformed_json', 'mail_token_invalid'],
    }),
    async (c) => c.json(await confirmConsent(c.get('ctx'), c.req.valid('json')), 200),
  )
