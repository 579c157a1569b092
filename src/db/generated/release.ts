/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd02391680318eb4a'
