import type {
  findKeyTable,
  listEntryTable,
  nameSpellingTable,
  nameWordTable,
  releaseTable,
  scanProgressTable,
  tickTable,
} from '#db/schema'
import type { Holding } from './holding.ts'

/** What triggers make from other tables, so that customers are found. */
const search = { basis: 'legitimate interest', kept: 'account', exported: null } as const

const findKey: Holding<typeof findKeyTable> = {
  ...search,
  why: 'The keys by which search finds a customer, made from the account and its addresses',
  owner: { by: 'customer', columns: ['customerId'] },
  erased: 'follow',
  columns: { tenant: 'none', kind: 'none', value: 'text', customerId: 'none' },
}

const listEntry: Holding<typeof listEntryTable> = {
  ...search,
  why: 'The values that lists sort and filter by, made from the account',
  owner: { by: 'customer', columns: ['id'] },
  erased: 'follow',
  columns: {
    tenant: 'none',
    id: 'none',
    status: 'none',
    listed: 'none',
    orderCount: 'none',
    totalSpent: 'none',
    lastOrderKey: 'none',
    updatedAt: 'none',
    groupKeys: 'none',
    emailVerified: 'none',
  },
}

const nameWord: Holding<typeof nameWordTable> = {
  ...search,
  why: 'The words by which a name is found, made from the account',
  owner: { by: 'customer', columns: ['customerId'] },
  erased: 'follow',
  columns: { tenant: 'none', word: 'name', customerId: 'none' },
}

const nameSpelling: Holding<typeof nameSpellingTable> = {
  ...search,
  why: 'The dictionary of all words of names, made from the accounts. Unused words are deleted',
  owner: { by: 'nobody', columns: [] },
  erased: 'empty',
  columns: { tenant: 'none', spelling: 'name', word: 'name' },
}

const scanProgress: Holding<typeof scanProgressTable> = {
  why: 'The progress of tasks that go through all rows. One task goes in the order of e-mail addresses',
  basis: 'legitimate interest',
  kept: 'operation',
  owner: { by: 'email', columns: ['position'] },
  exported: null,
  erased: 'empty',
  columns: {
    tenant: 'none',
    task: 'none',
    position: 'email',
    examined: 'none',
    hits: 'none',
    startedAt: 'none',
  },
}

const tick: Holding<typeof tickTable> = {
  why: 'The tasks of the clock',
  basis: 'legitimate interest',
  kept: 'operation',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: { tenant: 'none', task: 'none', dueAt: 'none', leasedUntil: 'none', told: 'none' },
}

const release: Holding<typeof releaseTable> = {
  why: 'The releases that use this database',
  basis: 'legitimate interest',
  kept: 'operation',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: { id: 'none', functions: 'none', appliedAt: 'none', calledAt: 'none' },
}

/** What is made from other tables, and what the tasks of the clock keep. */
export const derivedAndClockTables = {
  findKey,
  listEntry,
  nameWord,
  nameSpelling,
  scanProgress,
  tick,
  release,
}
