/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '9719f206c4fd7a38'
