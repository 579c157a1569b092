/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '252be8c2bf9b1d68'
