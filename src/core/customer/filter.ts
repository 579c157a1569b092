import * as z from 'zod'
import { GroupKey } from '#field/group'
import { OrderId } from '#field/order'
import { idPattern } from '#kernel/id'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { cleanTextSchema } from '#kernel/text'
import { addressFilters } from './address-filters.ts'
import { Email, EmailDomain } from './email.ts'
import { FilterMoment } from './filter-moment.ts'
import { withForwardRangesOnly } from './filter-range.ts'
import { Locale } from './locale.ts'
import { Metadata } from './metadata.ts'
import { Status } from './view.ts'

/** A purpose and its state. */
const ConsentFilter = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}:(granted|pending|withdrawn)$/, {
    error:
      'Must be a purpose and its state, `granted`, `pending` or `withdrawn`: `marketing:granted`.',
  })
  .meta({
    description:
      'A purpose and its state: `marketing:granted`. A consent that waits for the double opt-in is `marketing:pending`',
    examples: ['marketing:granted'],
  })

/** Nobody finds an erased customer. */
const FoundStatus = Status.exclude(['erased'])

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

/** The list sorted and without duplicates, so that equal filters have equal text. One item may stand alone. */
const listOf = <S extends z.ZodType<string>>(item: S, max: number) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? [given] : given),
    z
      .array(item)
      .check(lengthAtLeast(1), lengthAtMost(max))
      .overwrite((items) => [...new Set(items)].sort()),
  )

const flag = z.boolean({ error: 'Must be true or false.' })

/** Values that metadata must have, in one order. A filter without any would match everybody. */
const MetadataValues = Metadata.refine((values) => Object.keys(values).length > 0, {
  error: 'Must name a key.',
  params: { code: 'too_small' },
})
  .overwrite((values) => Object.fromEntries(Object.entries(values).sort()))
  .meta({
    param: { style: 'deepObject', explode: true, example: {} },
    description:
      'The value of a metadata key, exactly as stored: `metadata.tier=gold`. Only keys of the settings `metadata_filter_keys` and `metadata_service_keys`',
  })

/**
 * Selects the customers that match every given field. It is the query string of a list and, stored, the rule of a group. Without
 * `status` it leaves out merged and erased customers.
 */
export const CustomerFilter = withForwardRangesOnly(
  z
    .strictObject({
      id: listOf(
        z.string().regex(idPattern('customer'), { error: "Must be a customer's id." }),
        100,
      ),
      externalId: cleanTextSchema(200),
      group: listOf(GroupKey, 20).meta({ description: 'In any of these groups' }),
      groupNot: listOf(GroupKey, 20).meta({
        description: 'Customers in none of these groups. A customer without groups matches',
      }),
      groupMode: z.enum(['any', 'all']).meta({ description: '`all`: in every one of them' }),
      email: Email,
      orderId: OrderId.meta({
        description: 'The customer of this order. A canceled order counts, too',
      }),
      q: cleanTextSchema(300).meta({
        description:
          'Any of these: words of the name or their beginnings, in any order, joined or not, with or without accents and optional marks; the beginning of the e-mail address; a phone as in `phone`; an order number; a postal code as in `postalCode`, of three or more characters with a digit. A phone, a postal code or an order number with a digit may also stand before, behind or between words of the name, which must fit as well: `felix 10115`. If no customer matches it together with the other filters, each word of a name may have one typo: a letter dropped, added, replaced or swapped with its neighbour. Then customers with the fewest wrong words come first, and the search considers at most the newest 2,000 customers. It does not guess numbers: a number beside a misspelt name must be right. It does not guess mail addresses, and never guesses in an addition to a group',
      }),
      status: listOf(FoundStatus, FoundStatus.options.length).meta({ description: 'Any of these' }),
      emailVerified: flag,
      emailDomain: EmailDomain.meta({
        description:
          'The domain of the verified e-mail address, in any case, as letters or in ASCII. A subdomain is another domain',
      }),
      locale: Locale.meta({
        description:
          'The language tag or its beginning: `de` is also `de-AT`, `de-AT` is not `de`. Case does not matter; `de_AT` is read as `de-AT`',
      }),
      metadata: MetadataValues,
      consent: ConsentFilter,
      ...addressFilters,
      minOrders: orders,
      maxOrders: orders,
      hasOrders: flag.meta({
        description:
          'Whether there is an order. A canceled order does not count, a refunded one does',
      }),
      minSpent: amount,
      maxSpent: amount,
      createdAfter: from,
      createdBefore: until,
      updatedAfter: from,
      updatedBefore: until,
      lastOrderAfter: lastOrder(from),
      lastOrderBefore: lastOrder(until),
    })
    .partial(),
)
export type CustomerFilter = z.output<typeof CustomerFilter>
