/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '11d538b5270dd04e'
