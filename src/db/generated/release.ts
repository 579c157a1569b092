/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6c6604e8cef7de5f'
