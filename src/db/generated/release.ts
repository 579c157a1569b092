/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '9dae3302ba1ffb22'
