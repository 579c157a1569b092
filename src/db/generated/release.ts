/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'ee0c691c78a6e349'
