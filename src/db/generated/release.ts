/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'ee8a59cb8f534265'
