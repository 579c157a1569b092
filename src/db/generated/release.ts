/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2b2b6ed1d513a2b0'
