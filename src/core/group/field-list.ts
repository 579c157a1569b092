import * as z from 'zod'
import type { FieldsOf } from '#db/field'
import type { groupTable, membershipTable } from '#db/schema'
import { optionalTextSchema } from '#kernel/text'
import { GroupKeyOrName } from './key.ts'

export { GroupKey } from './key.ts'

const Moment = z.iso.datetime().meta({ examples: ['2024-06-01T08:00:00.000Z'] })
const text = z.string().nullable()

/** A group as the API shows it. */
export const groupFields = {
  key: { column: 'key', view: z.string().meta({ examples: ['vip'] }), input: GroupKeyOrName },
  name: {
    column: 'name',
    view: text,
    input: optionalTextSchema(100).meta({
      description: 'Default: the text that named the new group',
    }),
  },
  description: {
    column: 'description',
    view: text,
    input: optionalTextSchema(1000, { lines: true }),
  },
  metadata: {
    column: 'metadata',
    view: z.record(z.string(), z.string()).meta({ description: 'For price lists' }),
  },
  rule: {
    column: 'rule',
    view: z.record(z.string(), z.unknown()).nullable().meta({
      description:
        'The filter whose customers are in the group, as in the list of customers. null: members are added by hand only',
    }),
  },
  allowShopperValues: {
    column: 'allowShopperValues',
    view: z.boolean().meta({ description: 'The rule may read values that shoppers can change' }),
  },
  state: {
    view: z.enum(['ready', 'running', 'stopped']).meta({
      description:
        'running: the service carries out a new rule or a large addition. stopped: a setting has made the rule invalid, and its members stay',
    }),
  },
  done: {
    view: z.int().meta({ description: 'The customers that the newest work has examined so far' }),
  },
  total: {
    view: z.int().nullable().meta({
      description:
        'The customers that the newest work has to examine. null: they are not counted yet',
    }),
  },
  createdAt: { column: 'createdAt', view: Moment },
  updatedAt: { column: 'updatedAt', view: Moment },
} as const satisfies FieldsOf<typeof groupTable>

/** The origin of a membership. */
const Source = z.enum(['manual', 'rule', 'merge', 'import'])

const term = {
  source: {
    column: 'source',
    view: Source.meta({
      description:
        'The origin of the membership; `rule`: only the rule of the group holds the customer in it',
    }),
  },
  addedAt: { column: 'addedAt', view: Moment },
  expiresAt: {
    column: 'expiresAt',
    view: Moment.nullable().meta({
      description:
        'The membership by hand ends within a minute after this time. The rule may keep the customer in the group',
    }),
  },
} as const satisfies FieldsOf<typeof membershipTable>

/** A membership in the list of its customer. */
export const membershipFields = {
  key: { column: 'groupKey', view: z.string().meta({ description: 'The key of the group' }) },
  ...term,
} as const satisfies FieldsOf<typeof membershipTable>

/** A membership in the list of its group. */
export const memberFields = {
  customerId: { column: 'customerId', view: z.string() },
  ...term,
} as const satisfies FieldsOf<typeof membershipTable>
