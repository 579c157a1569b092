/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '4e3bc7bc1bc00977'
