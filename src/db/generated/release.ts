/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '62b7042b1854e0d6'
