/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'f08dbb6d9cffd8b1'
