/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5c76da59fff0bf47'
