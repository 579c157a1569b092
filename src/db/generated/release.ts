/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6a049d2b9e97f73b'
