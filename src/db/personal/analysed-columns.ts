import type { personalDataByTable } from './index.ts'

type Columns = {
  readonly [T in keyof typeof personalDataByTable]?: readonly (keyof (typeof personalDataByTable)[T]['columns'])[]
}

/**
 * The columns with personal data that an index has: the planner needs to know how their values are spread, and PostgreSQL keeps some of
 * the values for that. They are read anew every night, so that no value of an erased person stays. For all other columns with personal
 * data PostgreSQL keeps no values at all (`src/db/schema/generated/statistics.sql`).
 */
export const analysedColumns = {
  customer: ['emailKey', 'firstNameKey', 'lastNameKey', 'externalId', 'passwordHash'],
  address: ['sameness'],
  attempt: ['emailKey', 'passwordHash'],
  emailChange: ['oldEmailKey'],
  mailToken: ['emailKey'],
  sessionToken: ['hash'],
  passkey: ['credentialId'],
  linkedIdentity: ['identity'],
  findKey: ['value'],
  nameWord: ['word'],
  nameSpelling: ['spelling', 'word'],
} as const satisfies Columns
