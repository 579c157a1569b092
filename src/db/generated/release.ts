/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'ff0c6b913d086861'
