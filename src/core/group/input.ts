import * as z from 'zod'
import { CustomerFilter, gatherMetadata, Metadata, MetadataPatch, selectsAll } from '#core/customer'
import { inputShape } from '#db/field'
import { idPattern } from '#kernel/id'
import { Moment } from '#kernel/moment'
import { whenFieldsAreValid } from '#kernel/when-fields-are-valid'
import { groupFields } from './field-list.ts'
import { GroupKeyOrName } from './key.ts'

const { key, ...texts } = inputShape(groupFields)

const rule = {
  rule: z
    .record(z.string(), z.unknown(), { error: 'Must be an object.' })
    .nullable()
    .optional()
    .meta({
      description:
        'A filter of the list of customers. Customers are in the group while they match it. It cannot have `id`, `externalId`, `email`, `q`, `updatedAfter` and `updatedBefore`. A metadata key may be written as `metadata.tier`. null: members are added by hand only',
      examples: [{ minOrders: 5, lastOrderAfter: '-90d' }],
    }),
  allowShopperValues: z.boolean({ error: 'Must be true or false.' }).optional().meta({
    description:
      'Allows a rule that reads values that shoppers can change, such as `country`. Then shoppers can put themselves into the group',
  }),
}

export const CreateGroup = z
  .strictObject({
    key,
    ...z.object(texts).partial().shape,
    metadata: Metadata.optional(),
    ...rule,
  })
  .meta({ id: 'CreateGroup', examples: [{ key: 'wholesale', name: 'Wholesale' }] })
export type CreateGroup = z.output<typeof CreateGroup>

/** An absent field stays as it is; null clears it; metadata is a merge patch (RFC 7396). */
export const UpdateGroup = z
  .strictObject({
    ...z.object(texts).partial().shape,
    metadata: MetadataPatch.optional(),
    ...rule,
  })
  .meta({ id: 'UpdateGroup', examples: [{ metadata: { priceList: 'b2b' } }] })
export type UpdateGroup = z.output<typeof UpdateGroup>

export const AddMembership = z
  .strictObject({
    group: GroupKeyOrName,
    expiresAt: Moment.nullable().optional().meta({
      description:
        'The end of the membership; null: never. Default: never for a new member, unchanged for a member',
    }),
  })
  .meta({ id: 'AddMembership', examples: [{ group: 'vip' }] })
export type AddMembership = z.output<typeof AddMembership>

/** The most customers that one call may add, and the most that it may remove. */
export const MAX_CUSTOMERS_PER_CALL = 1000

const Ids = z.array(
  z
    .string({ error: 'Must be text.' })
    .regex(idPattern('customer'), { error: "Must be a customer's id." }),
  { error: 'Must be a list.' },
)

/** All customers who match a filter of the list. */
const Matching = z.strictObject({
  filter: z.preprocess(
    gatherMetadata,
    CustomerFilter.refine((filter) => !selectsAll(filter), {
      error: 'Must have a filter.',
      params: { code: 'too_small' },
    }).meta({ id: 'CustomerFilter' }),
  ),
})

export const ChangeMembers = z
  .strictObject({
    add: z
      .union([Ids, Matching], { error: 'Must be a list of ids, or a filter.' })
      .default([])
      .meta({
        description:
          'Ids, or a filter of the list of customers. Up to 1,000 matching customers are added at once. A job adds more, and the group shows its progress',
      }),
    remove: Ids.default([]),
  })
  .superRefine(
    ({ add, remove }, ctx) => {
      const [name, other] = remove.length > 0 ? ['remove', 'add'] : ['add', 'remove']
      const refuse = (code: string, message: string) =>
        ctx.addIssue({ code: 'custom', path: [name], params: { code }, message })
      if (!Array.isArray(add)) {
        if (remove.length > 0) refuse('filter_and_ids', 'Must be empty if `add` has a filter.')
        return
      }
      if (add.length + remove.length > MAX_CUSTOMERS_PER_CALL) {
        refuse('too_big', `Must name at most 1,000 customers, together with \`${other}\`.`)
      }
      const added = new Set(add)
      if (remove.some((id) => added.has(id))) {
        refuse('added_and_removed', 'Must not name a customer that `add` names.')
      }
    },
    { when: whenFieldsAreValid('add', 'remove') },
  )
  .meta({
    id: 'ChangeMembers',
    examples: [
      { add: ['cust_01jz5qk8f3e8ar1vp0h2n4x6ab'] },
      { add: { filter: { minSpent: 100_000 } } },
    ],
  })
export type ChangeMembers = z.output<typeof ChangeMembers>
