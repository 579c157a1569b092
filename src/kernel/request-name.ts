/** Names of answers and of other requests, each with what requests call the same thing. A caller who writes what was read means that. */
const others: Readonly<Record<string, readonly string[]>> = {
  key: ['group'],
  customerId: ['customer', 'from'],
  mergedId: ['from'],
  survivorId: ['customer'],
  nextCursor: ['cursor', 'after'],
  cursor: ['after'],
  after: ['cursor'],
  addresses: ['address'],
  disabledReason: ['reason'],
  createdAt: ['createdAfter'],
  updatedAt: ['updatedAfter'],
  lastOrderAt: ['lastOrderAfter'],
  orderCount: ['minOrders'],
  totalSpent: ['minSpent'],
  spent: ['minSpent'],
}

/** The known name of what is called so elsewhere. */
export const requestNameOf = (name: string, known: readonly string[]): string | undefined =>
  Object.hasOwn(others, name) ? others[name]?.find((other) => known.includes(other)) : undefined
