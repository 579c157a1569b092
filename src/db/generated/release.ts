/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'b8953fa84871ce51'
