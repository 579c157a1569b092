/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'cb274524fc4ddb3f'
