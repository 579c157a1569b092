/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2a304514d6721a10'
