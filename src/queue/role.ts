/** The queues of wrangler.toml by what they are for. */
export const queueRoles = [
  'customer-order',
  'customer-delivery',
  'customer-dead',
  'customer',
] as const
export type QueueRole = (typeof queueRoles)[number]

/** What a queue is for. Another environment has the same queues under names of its own: `customer-order-staging`. */
export const queueRole = (name: string): QueueRole | undefined =>
  queueRoles.find((role) => name === role || name.startsWith(`${role}-`))
