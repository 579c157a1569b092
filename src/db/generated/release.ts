/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '1f26960bdfa6eb02'
