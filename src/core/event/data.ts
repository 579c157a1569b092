import * as z from 'zod'
import { viewShape } from '#db/field'
import { Address } from '#field/address'
import { ConsentState } from '#field/consent'
import { Status } from '#field/customer'
import { orderFields } from '#field/order'

const id = z.string()
const ids = z.array(id)
const count = z.int()
const Moment = z.iso.datetime()

/** A customer in an event: identity and standing after the change. */
const EventCustomer = z.looseObject({ id, status: Status, version: z.int() })

const EventOrder = z.strictObject({
  ...viewShape(orderFields),
  movedFrom: id.optional(),
  movedTo: id.optional(),
})

const EventAddress = z.strictObject({
  ...Address.partial().shape,
  action: z.enum(['added', 'changed', 'removed']),
  id,
  changed: z.array(z.string()).optional(),
})

const EventConsent = z.strictObject({
  purpose: z.string(),
  state: ConsentState,
  source: z.string().nullable(),
  textVersion: z.string().nullable(),
})

type Field = {
  readonly view: z.ZodType
  /** What remains after an erasure: `all` (ids, names of fields, amounts), only the named parts, or `nothing`. */
  readonly stays: 'all' | 'nothing' | readonly string[]
}

/** Each field that the data of an event may have. Another one compiles nowhere, and no answer with it passes its schema. */
export const eventDataFields = {
  customerId: { view: id, stays: 'all' },
  customer: { view: EventCustomer, stays: 'nothing' },
  changed: { view: z.array(z.string()), stays: 'all' },
  address: { view: EventAddress, stays: ['action', 'id', 'changed'] },
  defaultAddresses: {
    view: z.strictObject({ shipping: id.nullable(), billing: id.nullable() }),
    stays: 'all',
  },
  /** A text that a person wrote, or a fixed word. */
  reason: { view: z.string().nullable(), stays: 'nothing' },
  group: { view: id, stays: 'all' },
  source: { view: z.string(), stays: 'all' },
  expiresAt: { view: Moment.nullable(), stays: 'all' },
  order: { view: EventOrder, stays: 'all' },
  orderCount: { view: count, stays: 'all' },
  totalSpent: { view: count, stays: 'all' },
  currency: { view: z.string(), stays: 'all' },
  mergeId: { view: id, stays: 'all' },
  survivorId: { view: id, stays: 'all' },
  mergedId: { view: id, stays: 'all' },
  mergedIds: { view: ids, stays: 'all' },
  guestIds: { view: ids, stays: 'all' },
  role: { view: z.enum(['survivor', 'merged']), stays: 'all' },
  automatic: { view: z.boolean(), stays: 'all' },
  orders: { view: count, stays: 'all' },
  addresses: { view: count, stays: 'all' },
  orderIds: { view: ids, stays: 'all' },
  addressIds: { view: ids, stays: 'all' },
  groups: { view: ids, stays: 'all' },
  /** It names keys of metadata, which are a person's own words. */
  conflicts: { view: z.array(z.record(z.string(), z.string())), stays: 'nothing' },
  consent: { view: EventConsent, stays: ['purpose', 'state'] },
  sessionId: { view: id, stays: 'all' },
  passkeyId: { view: id, stays: 'all' },
  passkeyIds: { view: ids, stays: 'all' },
  provider: { view: z.string(), stays: 'all' },
  until: { view: Moment, stays: 'all' },
  webhookId: { view: id, stays: 'all' },
  failingSince: { view: z.string().nullable(), stays: 'all' },
  limit: { view: z.string(), stays: 'all' },
  since: { view: Moment, stays: 'all' },
  clientId: { view: id, stays: 'all' },
  /** An erasure has taken the rest. */
  erased: { view: z.literal(true), stays: 'all' },
} as const satisfies Readonly<Record<string, Field>>

export type EventField = keyof typeof eventDataFields

/** The data of an event. Which fields it has depends on the type. */
export const EventData = z
  .strictObject(viewShape(eventDataFields))
  .partial()
  .meta({ id: 'EventData' })
