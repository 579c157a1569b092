/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '78262525225d17e4'
