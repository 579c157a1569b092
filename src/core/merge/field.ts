import * as z from 'zod'
import { type FieldsOf, viewsOf } from '#db/field'
import type { mergeTable } from '#db/schema'
import { Address } from '#field/address'

export const MergeState = z.enum(['pending', 'done', 'undone'])
type MergeState = z.output<typeof MergeState>

/** A merge changes by its state only. */
export const versionOf: Readonly<Record<MergeState, number>> = { pending: 1, done: 2, undone: 3 }

/** How long a merge can be undone. */
export const UNDO_DAYS = 30

const Moment = z.iso.datetime()
const By = z.strictObject({ type: z.string(), id: z.string().nullable() })

const Conflict = z.strictObject({
  type: z.enum(['order', 'address', 'profile', 'metadata', 'group']),
  id: z.string(),
  reason: z.enum(['moved', 'changed', 'deleted']),
})

/** A merge as the API shows it. */
export const mergeFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['mrg_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  state: {
    column: 'state',
    view: MergeState.meta({ description: 'pending: it is due and will be done by itself' }),
  },
  survivorId: { column: 'survivorId', view: z.string() },
  mergedId: {
    column: 'mergedId',
    view: z.string().meta({ description: 'Who became part of the survivor' }),
  },
  automatic: {
    column: 'automatic',
    view: z.boolean().meta({
      description: 'Nobody asked: the customer has proven that the guest is itself',
    }),
  },
  ordersOnly: {
    column: 'ordersOnly',
    view: z.boolean().meta({ description: 'The guest came after that proof' }),
  },
  actor: { column: 'actor', view: By.nullable().meta({ description: 'Who did it' }) },
  requestId: { column: 'requestId', view: z.string().nullable() },
  orders: { view: z.int().meta({ description: 'How many moved' }) },
  addresses: { view: z.int().meta({ description: 'How many moved' }) },
  groups: {
    column: 'groupKeys',
    view: z.array(z.string()).meta({ description: 'That the survivor joined' }),
  },
  profile: {
    view: z.array(z.string()).meta({ description: "The survivor's blank fields, filled" }),
  },
  metadata: {
    view: z.array(z.string()).meta({ description: 'The keys that the survivor lacked' }),
  },
  conflicts: {
    column: 'conflicts',
    view: z.array(Conflict).meta({
      description: 'What an undo could not put back, for it was touched since',
    }),
  },
  createdAt: { column: 'createdAt', view: Moment },
  mergedAt: { column: 'mergedAt', view: Moment.nullable() },
  undoableUntil: { view: Moment.nullable() },
  undoneAt: { column: 'undoneAt', view: Moment.nullable() },
  undoneBy: { column: 'undoneBy', view: By.nullable() },
} as const satisfies FieldsOf<typeof mergeTable>

/** What else a merge shows that is looked at by itself. */
const MergeDetail = z.strictObject({
  orderIds: z.array(z.string()),
  addressIds: z.array(z.string()),
  leftAddresses: z.array(Address).meta({ description: 'That did not move, kept here' }),
  leftMetadata: z.record(z.string(), z.string()),
})

export const Merge = z
  .strictObject({
    ...viewsOf(mergeFields),
    detail: MergeDetail.optional().meta({ description: 'Not in lists' }),
  })
  .meta({ id: 'Merge' })
export type Merge = z.output<typeof Merge>
