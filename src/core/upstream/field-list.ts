import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { linkedIdentityTable } from '#db/schema'

const Moment = z.iso.datetime()

/** A linked identity as the owner of the account sees it. */
export const linkedIdentityFields = {
  id: {
    column: 'identity',
    view: z.string().meta({ examples: ['XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg'] }),
  },
  provider: {
    column: 'provider',
    view: z.string().meta({
      description: 'The provider’s name in the settings when it was linked',
      examples: ['google'],
    }),
  },
  createdAt: { column: 'createdAt', view: Moment },
  lastUsedAt: {
    column: 'lastUsedAt',
    view: Moment.meta({ description: 'The last login with it, or the moment when it was linked' }),
  },
} as const satisfies FieldsOf<typeof linkedIdentityTable>
