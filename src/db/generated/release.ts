/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'c1b0941ac2914855'
