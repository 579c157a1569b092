/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'b1b99de0eb1c5e06'
