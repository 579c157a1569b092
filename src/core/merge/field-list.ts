import * as z from 'zod'
import { type FieldsOf, viewShape } from '#db/field'
import type { mergeTable } from '#db/schema'
import { Address } from '#field/address'
import { EventActor } from '#field/event'

export const MergeState = z.enum(['pending', 'done', 'undone'])
type MergeState = z.output<typeof MergeState>

/** The version of a merge, which changes only with its state. */
export const mergeVersionByState: Readonly<Record<MergeState, number>> = {
  pending: 1,
  done: 2,
  undone: 3,
}

/** The days for which a merge can be undone. */
export const MERGE_UNDO_DAYS = 30

const Moment = z.iso.datetime()

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
    view: MergeState.meta({ description: 'pending: the merge is due, and the service will do it' }),
  },
  survivorId: { column: 'survivorId', view: z.string() },
  mergedId: {
    column: 'mergedId',
    view: z.string().meta({ description: 'The customer that was merged into the survivor' }),
  },
  automatic: {
    column: 'automatic',
    view: z.boolean().meta({
      description:
        'true: the service merged by itself, because the customer has proven the guest’s address',
    }),
  },
  ordersOnly: {
    column: 'ordersOnly',
    view: z.boolean().meta({ description: 'The guest was created after that proof' }),
  },
  actor: {
    column: 'actor',
    view: EventActor.nullable().meta({ description: 'The caller who merged' }),
  },
  requestId: { column: 'requestId', view: z.string().nullable() },
  orders: { view: z.int().meta({ description: 'The number that moved' }) },
  addresses: { view: z.int().meta({ description: 'The number that moved' }) },
  groups: {
    column: 'groupKeys',
    view: z.array(z.string()).meta({
      description:
        'The groups that the survivor joined, or where a membership by hand was added to a membership by rule',
    }),
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
      description: 'The data that an undo could not restore, because it has changed since',
    }),
  },
  createdAt: { column: 'createdAt', view: Moment },
  mergedAt: { column: 'mergedAt', view: Moment.nullable() },
  undoableUntil: { view: Moment.nullable() },
  undoneAt: { column: 'undoneAt', view: Moment.nullable() },
  undoneBy: { column: 'undoneBy', view: EventActor.nullable() },
} as const satisfies FieldsOf<typeof mergeTable>

/** The details that a single merge shows, and a list does not. */
const MergeDetail = z.strictObject({
  orderIds: z.array(z.string()),
  addressIds: z.array(z.string()),
  leftAddresses: z
    .array(Address)
    .meta({ description: 'The addresses that did not move, in the record of the merge' }),
  leftMetadata: z.record(z.string(), z.string()),
})

export const Merge = z
  .strictObject({
    ...viewShape(mergeFields),
    detail: MergeDetail.optional().meta({ description: 'Not in lists' }),
  })
  .meta({ id: 'Merge' })
export type Merge = z.output<typeof Merge>
