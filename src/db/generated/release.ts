/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'b2876bc1d6665762'
