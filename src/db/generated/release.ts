/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '18d0a26d931024f8'
