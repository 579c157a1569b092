/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '4b14075087d887c5'
