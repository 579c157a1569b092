/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '3ce0b754ff83818e'
