/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '9d8717689b21f89b'
