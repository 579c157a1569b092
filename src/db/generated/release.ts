/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '46e7ff700ee9bdf5'
