/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2ec82c66e7c4ca4f'
