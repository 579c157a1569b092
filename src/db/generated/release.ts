/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6e4f6aad7467c597'
