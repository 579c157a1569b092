/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd4fad37b9f8c7df4'
