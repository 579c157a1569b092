/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '9ea605f3b0a24342'
