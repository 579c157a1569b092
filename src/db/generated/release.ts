/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '81e6c004ad990eb5'
