/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '868f3a01ed1a1b97'
