/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6ac958f97b215585'
