import * as z from 'zod'
import { Metadata, MetadataPatch } from '#core/customer'
import { inputsOf } from '#db/field'
import { idPattern } from '#kernel/id'
import { Moment } from '#kernel/moment'
import { groupFields } from './field.ts'
import { GroupText } from './key.ts'

const { key, ...texts } = inputsOf(groupFields)

export const CreateGroup = z
  .strictObject({
    key,
    ...z.object(texts).partial().shape,
    metadata: Metadata.optional(),
  })
  .meta({ id: 'CreateGroup', examples: [{ key: 'wholesale', name: 'Wholesale' }] })
export type CreateGroup = z.output<typeof CreateGroup>

/** An absent field stays as it is; null clears it; metadata is a merge patch (RFC 7396). */
export const UpdateGroup = z
  .strictObject({ ...z.object(texts).partial().shape, metadata: MetadataPatch.optional() })
  .meta({ id: 'UpdateGroup', examples: [{ metadata: { priceList: 'b2b' } }] })
export type UpdateGroup = z.output<typeof UpdateGroup>

export const AddMembership = z
  .strictObject({
    group: GroupText,
    expiresAt: Moment.nullable().optional().meta({
      description:
        'When the membership ends; null: never. Absent: never; for a member, the end stays as it is',
    }),
  })
  .meta({ id: 'AddMembership', examples: [{ group: 'vip' }] })
export type AddMembership = z.output<typeof AddMembership>

/** The most customers that one call may add, and the most that it may remove. */
const AT_ONCE = 1000

const Ids = z
  .array(
    z
      .string({ error: 'Must be text.' })
      .regex(idPattern('customer'), { error: "Must be a customer's id." }),
    { error: 'Must be a list.' },
  )
  .default([])

export const ChangeMembers = z
  .strictObject({ add: Ids, remove: Ids })
  .superRefine(({ add, remove }, ctx) => {
    const refuse = (code: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: ['remove'], params: { code }, message })
    if (add.length + remove.length > AT_ONCE) {
      refuse('too_big', `Must name at most ${AT_ONCE} customers, together with \`add\`.`)
    }
    const added = new Set(add)
    if (remove.some((id) => added.has(id))) {
      refuse('added_and_removed', 'Must not name a customer that `add` names.')
    }
  })
  .meta({ id: 'ChangeMembers', examples: [{ add: ['cust_01jz5qk8f3e8ar1vp0h2n4x6ab'] }] })
export type ChangeMembers = z.output<typeof ChangeMembers>
