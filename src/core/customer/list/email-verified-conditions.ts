import { sqlFragment } from '#db/fragment'
import type { CustomerFilter } from '../filter.ts'
import type { Condition } from './condition.ts'
import { columnFragment } from './sql.ts'

/** Conditions without a source: many customers meet them, and entries have their columns. */
export const emailVerifiedConditions = ({ emailVerified }: CustomerFilter): Condition[] =>
  emailVerified === undefined
    ? []
    : [
        {
          holds: sqlFragment`${columnFragment('emailVerified', 'c')} = ${emailVerified}`,
          reads: 'nothing',
          source: null,
          range: null,
        },
      ]
