import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { Address } from '#core/address'
import type { Versioned } from '#core/context'
import { Refusal } from '#kernel/error'
import { MergeState } from './input.ts'

/** How long a merge can be undone. */
export const UNDO_DAYS = 30

const Moment = z.iso.datetime()
const By = z.strictObject({ type: z.string(), id: z.string().nullable() })

const Conflict = z.strictObject({
  type: z.enum(['order', 'address', 'profile', 'metadata', 'group']),
  id: z.string(),
  reason: z.enum(['moved', 'changed', 'deleted']),
})

export const Merge = z
  .strictObject({
    id: z.string().meta({ examples: ['mrg_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    state: MergeState.meta({ description: 'pending: it is due and will be done by itself' }),
    survivorId: z.string(),
    mergedId: z.string().meta({ description: 'Who became part of the survivor' }),
    automatic: z.boolean().meta({
      description: 'Nobody asked: the customer has proven that the guest is itself',
    }),
    ordersOnly: z.boolean().meta({ description: 'The guest came after that proof' }),
    actor: By.nullable().meta({ description: 'Who did it' }),
    requestId: z.string().nullable(),
    orders: z.int().meta({ description: 'How many moved' }),
    addresses: z.int().meta({ description: 'How many moved' }),
    groups: z.array(z.string()).meta({ description: 'That the survivor joined' }),
    profile: z.array(z.string()).meta({ description: "The survivor's blank fields, filled" }),
    metadata: z.array(z.string()).meta({ description: 'The keys that the survivor lacked' }),
    conflicts: z.array(Conflict).meta({
      description: 'What an undo could not put back, for it was touched since',
    }),
    createdAt: Moment,
    mergedAt: Moment.nullable(),
    undoableUntil: Moment.nullable(),
    undoneAt: Moment.nullable(),
    undoneBy: By.nullable(),
    detail: z
      .strictObject({
        orderIds: z.array(z.string()),
        addressIds: z.array(z.string()),
        leftAddresses: z.array(Address).meta({ description: 'That did not move, kept here' }),
        leftMetadata: z.record(z.string(), z.string()),
      })
      .optional()
      .meta({ description: 'Not in lists' }),
  })
  .meta({ id: 'Merge' })
export type Merge = z.output<typeof Merge>

export type MergeDocument = Omit<Merge, 'detail'> & { readonly detail: Merge['detail'] | null }

/** The document of the row `it`. */
export const mergeDocument = (it: SQL, detail: boolean): SQL =>
  sql`merge_document(${it}, ${`${UNDO_DAYS} days`}::interval, ${detail}::boolean)`

export const mergeDocumentOf = (tenant: string, id: string): SQL =>
  sql`select ${mergeDocument(sql`it`, true)} from merge it where it.tenant = ${tenant} and it.id = ${id}`

/** A merge changes by its state only. */
const versionOf = { pending: 1, done: 2, undone: 3 } as const

/** Refuses `merge_not_found` for a document of nothing. */
export function toMerge(found: MergeDocument | null): Versioned<Merge> {
  if (found === null) throw new Refusal('merge_not_found')
  return { value: withoutNothing(found), version: versionOf[found.state] }
}

export function withoutNothing({ detail, ...merge }: MergeDocument): Merge {
  return detail === null ? merge : { ...merge, detail }
}

/** The version of a merge's row, as the database sees it. */
export const mergeVersion = sql`case state when 'pending' then 1 when 'done' then 2 else 3 end`
