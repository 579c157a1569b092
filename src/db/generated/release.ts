/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '9b31ee0a5d1dc20e'
