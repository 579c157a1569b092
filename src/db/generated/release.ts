/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2e5c5fd64591a3a6'
