/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'ff3803fb3f8de6bc'
