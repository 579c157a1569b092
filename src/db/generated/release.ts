/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5dabe9171704000c'
