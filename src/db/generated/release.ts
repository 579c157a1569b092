/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a051706b2e9b7ed0'
