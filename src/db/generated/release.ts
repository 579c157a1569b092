/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '18809d721a580557'
