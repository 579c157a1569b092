/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '11062cbb76b8053f'
