/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '4440e1e6135ed4ef'
