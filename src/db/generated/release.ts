/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6b4d81627c2ea7c2'
