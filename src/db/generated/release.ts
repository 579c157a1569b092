/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '52686937dde0ccb5'
