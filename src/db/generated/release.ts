/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '7ff12615d9a69d27'
