/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '58e140837eabc9cf'
