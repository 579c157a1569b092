/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'ff53d66401250800'
