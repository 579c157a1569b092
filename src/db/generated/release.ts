/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd247c53133b2e76a'
