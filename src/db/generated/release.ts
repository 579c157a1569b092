/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a3fe7bf8001abd4b'
