/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6f20580cd0db414c'
