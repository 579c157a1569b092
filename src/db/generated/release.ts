/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'fed6008f2478e9ae'
