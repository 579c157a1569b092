/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '20d0ff64743629e5'
