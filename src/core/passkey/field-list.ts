import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { passkeyTable } from '#db/schema'
import { cleanTextSchema } from '#kernel/text'

const Moment = z.iso.datetime()

/** A passkey as its owner sees it. */
export const passkeyFields = {
  id: { column: 'id', view: z.string().meta({ examples: ['psk_01jz5qk8f3e8ar1vp0h2n4x6ab'] }) },
  name: { column: 'name', view: z.string(), input: cleanTextSchema(100) },
  deviceType: {
    column: 'deviceType',
    view: z.enum(['singleDevice', 'multiDevice']).meta({
      description: 'Whether it stays on one device or can be on several',
    }),
  },
  backedUp: {
    column: 'backedUp',
    view: z.boolean().meta({ description: 'Whether it was synchronised when it was last used' }),
  },
  transports: {
    column: 'transports',
    view: z.array(z.string()).meta({
      description:
        'How a browser reaches it, according to the authenticator: `internal`, `hybrid`, …',
    }),
  },
  aaguid: {
    column: 'aaguid',
    view: z.string().meta({
      description: 'The model of the authenticator, according to itself. Many send only zeros',
    }),
  },
  createdAt: { column: 'createdAt', view: Moment },
  lastUsedAt: {
    column: 'lastUsedAt',
    view: Moment.nullable().meta({ description: 'The last login with it; null: none yet' }),
  },
} as const satisfies FieldsOf<typeof passkeyTable>
