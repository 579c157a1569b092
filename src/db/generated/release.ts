/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a9216204720af8dc'
