/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'c761df36a67f3e9c'
