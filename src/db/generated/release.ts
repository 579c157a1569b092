/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '13193e359902c459'
