import * as z from 'zod'
import { CountedPaging } from '#core/page'
import { idPattern } from '#kernel/id'
import { MergeState } from './field-list.ts'

const CustomerId = z
  .string({ error: 'Must be text.' })
  .regex(idPattern('customer'), { error: 'Must be the id of a customer.' })
  .meta({ examples: ['cust_01jz5qk8f3e8ar1vp0h2n4x6ab'] })

export const PreviewMerge = z
  .strictObject({
    from: CustomerId.meta({ description: 'The customer that is merged into the other' }),
  })
  .meta({ id: 'PreviewMerge', examples: [{ from: 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab' }] })
export type PreviewMerge = z.output<typeof PreviewMerge>

export const PlanId = z
  .string({ error: 'Must be text.' })
  .regex(/^plan_\d{1,9}_\d{1,9}_[\w-]{43}$/, { error: 'Must be the `planId` of a preview.' })

export const MergeCustomers = z
  .strictObject({
    ...PreviewMerge.shape,
    planId: PlanId.optional().meta({
      description:
        'The plan of a preview. The addresses, groups and fields of that plan move, or the merge is refused with the fields that have changed since. Orders that were recorded since move too',
    }),
  })
  .meta({ id: 'MergeCustomers', examples: [{ from: 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab' }] })
export type MergeCustomers = z.output<typeof MergeCustomers>

export const ListMerges = z.strictObject({
  ...CountedPaging.shape,
  state: MergeState.optional(),
  customer: CustomerId.optional().meta({ description: 'Either side' }),
})
export type ListMerges = z.output<typeof ListMerges>
