/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'cd1c0f059efa005f'
