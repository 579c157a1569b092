import type {
  driftTable,
  erasureTable,
  groupTable,
  groupTaskTable,
  membershipTable,
  orderTable,
  ruleMomentTable,
} from '#db/schema'
import type { Holding } from './holding.ts'

const order: Holding<typeof orderTable> = {
  why: 'The amounts and states of orders. They name no person, and stay after an erasure',
  basis: 'legal obligation',
  kept: 'order',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'orders',
  erased: 'keep',
  columns: {
    tenant: 'none',
    id: 'none',
    customerId: 'none',
    currency: 'none',
    gross: 'none',
    refunded: 'none',
    state: 'none',
    placedAt: 'none',
    version: 'none',
    createdAt: 'none',
    updatedAt: 'none',
  },
}

const drift: Holding<typeof driftTable> = {
  why: 'Corrections of wrong order counters',
  basis: 'legitimate interest',
  kept: 'order',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'corrections',
  erased: 'keep',
  columns: {
    tenant: 'none',
    customerId: 'none',
    counted: 'none',
    ledger: 'none',
    createdAt: 'none',
  },
}

const group: Holding<typeof groupTable> = {
  why: "The shop's groups of customers, their rules and price lists",
  basis: 'legitimate interest',
  kept: 'operation',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: {
    tenant: 'none',
    key: 'none',
    name: 'none',
    description: 'none',
    metadata: 'none',
    rule: 'none',
    allowShopperValues: 'none',
    ruleNumber: 'none',
    ruleStopped: 'none',
    mayHoldShoppers: 'none',
    ruleUntrusted: 'none',
    ruleReads: 'none',
    version: 'none',
    changedAt: 'none',
    createdAt: 'none',
    updatedAt: 'none',
    dissolvedAt: 'none',
  },
}

const membership: Holding<typeof membershipTable> = {
  why: 'The groups of each customer, for prices',
  basis: 'contract',
  kept: 'group',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'groups',
  erased: 'delete',
  columns: {
    tenant: 'none',
    groupKey: 'none',
    customerId: 'none',
    source: 'none',
    byRule: 'none',
    addedAt: 'none',
    expiresAt: 'none',
  },
}

const ruleMoment: Holding<typeof ruleMomentTable> = {
  why: 'The moments at which time alone changes whether a rule holds a customer',
  basis: 'contract',
  kept: 'group',
  owner: { by: 'customer', columns: ['customerId'] },
  exported: 'groupMoments',
  erased: 'delete',
  columns: { tenant: 'none', groupKey: 'none', customerId: 'none', nextAt: 'none' },
}

const groupTask: Holding<typeof groupTaskTable> = {
  why: 'Changes of a whole group. The filter of an addition is deleted when the task ends',
  basis: 'legitimate interest',
  kept: 'job',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: {
    tenant: 'none',
    groupKey: 'none',
    id: 'none',
    kind: 'none',
    ruleNumber: 'none',
    filter: 'text',
    startedAt: 'none',
    finishedAt: 'none',
    after: 'none',
    done: 'none',
    total: 'none',
  },
}

/** What belongs to the shop: orders, groups, rules. */
const erasure: Holding<typeof erasureTable> = {
  why: 'The proof of each erasure: which customer, by whom and why',
  basis: 'legal obligation',
  kept: 'erasure',
  owner: { by: 'nobody', columns: [] },
  exported: null,
  erased: 'keep',
  columns: {
    tenant: 'none',
    id: 'none',
    customerId: 'none',
    customerIds: 'none',
    guestIds: 'none',
    state: 'none',
    reason: 'none',
    actor: 'none',
    requestId: 'none',
    eventId: 'none',
    place: 'none',
    createdAt: 'none',
    finishedAt: 'none',
  },
}

export const shopTables = { erasure, order, drift, group, membership, ruleMoment, groupTask }
