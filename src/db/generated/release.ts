/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '8094bbba3a99517f'
