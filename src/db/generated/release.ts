/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd5f887b9f06a3a3e'
