/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5318d90463047e59'
