/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '7fd003ff354d6ae7'
