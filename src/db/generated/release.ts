/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'e48d51f691f0b725'
