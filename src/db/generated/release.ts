/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '0b26c4bd9c40cce5'
