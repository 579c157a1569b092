/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '83ba8b00c5c93ce7'
