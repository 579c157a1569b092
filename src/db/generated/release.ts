/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '0cedf18dfbda85d4'
