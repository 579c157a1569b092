/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2c9136fc32e0cb50'
