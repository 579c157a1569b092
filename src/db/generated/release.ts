/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'e3ae36546fd4d36f'
