/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '4e6395119a77a1a8'
