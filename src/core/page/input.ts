import * as z from 'zod'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'

/** The parameters of every list. */
export const Paging = z.strictObject({
  limit: z.int().min(1).max(100).default(20).meta({ description: 'How many items at most' }),
  cursor: z
    .string()
    .check(lengthAtLeast(1), lengthAtMost(4000))
    .optional()
    .meta({ description: "The last page's `nextCursor`, with the same filters and sort" }),
})
export type Paging = z.output<typeof Paging>
