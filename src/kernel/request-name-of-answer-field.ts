/** Field names of answers and other requests, each with its names in requests. A caller who copies such a name means these. */
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

/** The request's name for a field that has another name elsewhere, if `known` has one. */
export const requestNameOfAnswerField = (
  name: string,
  known: readonly string[],
): string | undefined =>
  Object.hasOwn(others, name) ? others[name]?.find((other) => known.includes(other)) : undefined
