/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6aad96ea086343f7'
