/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'c00a4128beceb25b'
