/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '3e451031f76f995b'
