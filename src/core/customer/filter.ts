import * as z from 'zod'
import { Country } from '#core/address'
import { GroupKey } from '#field/group'
import { idPattern } from '#kernel/id'
import { cleanText } from '#kernel/text'
import { Email } from './email.ts'
import { FilterMoment } from './moment.ts'
import { Status } from './view.ts'

const orders = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .meta({
    description: 'Orders in every currency. A canceled order does not count, a refunded one does',
  })
const amount = z.int().min(0).meta({
  description:
    "Minor units of the tenant's currency, less refunds; canceled orders and other currencies do not count",
})
const from = FilterMoment.meta({ description: 'Includes that moment' })
const until = FilterMoment.meta({ description: 'Excludes that moment' })

const lastOrder = (moment: typeof FilterMoment) =>
  moment.meta({
    ...moment.meta(),
    description: `${moment.meta()?.description}. A canceled order does not count`,
  })

/** The list sorted and without duplicates, so that equal filters have equal text. */
const listOf = <S extends z.ZodType<string>>(item: S, max: number) =>
  z
    .array(item)
    .min(1)
    .max(max)
    .overwrite((items) => [...new Set(items)].sort())

/**
 * Selects the customers that match every given field. It is the query string of a list and, stored, the rule of a group. Without
 * `status` it leaves out merged and erased customers.
 */
export const CustomerFilter = z
  .strictObject({
    id: listOf(z.string().regex(idPattern('customer'), { error: "Must be a customer's id." }), 100),
    externalId: cleanText(200),
    group: listOf(GroupKey, 20).meta({ description: 'In any of these groups' }),
    groupMode: z.enum(['any', 'all']).meta({ description: '`all`: in every one of them' }),
    email: Email,
    q: cleanText(300).meta({
      description:
        'Words of the name or their beginnings, in any order, joined or not, with or without accents and optional marks; or the beginning of the e-mail address',
    }),
    status: Status,
    country: Country,
    minOrders: orders,
    maxOrders: orders,
    minSpent: amount,
    maxSpent: amount,
    createdAfter: from,
    createdBefore: until,
    updatedAfter: from,
    updatedBefore: until,
    lastOrderAfter: lastOrder(from),
    lastOrderBefore: lastOrder(until),
  })
  .partial()
export type CustomerFilter = z.output<typeof CustomerFilter>
